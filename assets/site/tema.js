// Runs before anything is painted: the reader's choice of colours, so that no page flashes in the other.
"use strict";
(function () {
  const root = document.documentElement;
  root.classList.add("kg-skript");
  try {
    const chosen = window.localStorage.getItem("kg-tema");
    if (chosen === "light" || chosen === "dark") {
      root.dataset.theme = chosen;
    }
  } catch (error) {
    // A browser that keeps nothing follows the system.
  }
})();
