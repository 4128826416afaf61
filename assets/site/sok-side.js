// The search page: reads the question from the address, shows the answers, keeps the address in step.
"use strict";
(function () {
  const MOST = 30;
  const form = document.getElementById("kg-sokefelt");
  const input = form.querySelector("input");
  const count = document.getElementById("kg-sok-antall");
  const list = document.getElementById("kg-sok-treff");
  const ready = window.KgSok.prepare(window.KG_SOK);

  function entry(hit, query) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = hit.page.lenke;
    link.textContent = (hit.page.nr ? hit.page.nr + ": " : "") + hit.page.tittel;
    const where = document.createElement("p");
    where.className = "kg-sok-sted";
    where.textContent = hit.page.sted;
    const words = document.createElement("p");
    words.textContent = window.KgSok.excerpt(hit.page, query);
    item.append(link, where, words);
    return item;
  }

  function show() {
    const query = input.value.trim();
    const hits = window.KgSok.search(ready, query);
    list.replaceChildren(...hits.slice(0, MOST).map((hit) => entry(hit, query)));
    if (query === "") {
      count.textContent = "";
    } else if (hits.length === 0) {
      count.textContent = "Ingen treff på «" + query + "». Prøv færre eller andre ord.";
    } else {
      const more = hits.length > MOST ? " De " + MOST + " beste vises." : "";
      count.textContent = hits.length + " treff på «" + query + "»." + more;
    }
    const address = query ? "?q=" + encodeURIComponent(query) : window.location.pathname;
    try {
      window.history.replaceState(null, "", address);
    } catch (error) {
      // Pages opened from a folder may not change their address; the answers are shown all the same.
    }
  }

  input.value = new URLSearchParams(window.location.search).get("q") || "";
  input.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  show();
})();
