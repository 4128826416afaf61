// What a reader may choose on an item's own page: an area to hold against Oslo and the country, and the years
// that the table shows. All numbers are those of the table; the only arithmetic is the difference of two.
"use strict";
(function () {
  const form = document.getElementById("kg-kontroll");
  const table = document.querySelector(".kg-alene .kg-ramme table");
  if (!form || !table) {
    return;
  }
  const held = JSON.parse(form.dataset.tabell);
  const [areas, first, last] = ["kg-omrade", "kg-fra", "kg-til"].map((id) => document.getElementById(id));
  const result = document.getElementById("kg-sammenligning");
  const bydel = document.getElementById("kg-bydel");
  const measures = new Map(held.mal.map(([key, ...told]) => [key, told]));
  const EXACT = /^−?\d[\d\s\u00a0]*(,\d+)?$/;

  function element(tag, words, attributes) {
    const made = document.createElement(tag);
    made.textContent = words;
    Object.entries(attributes || {}).forEach(([name, value]) => made.setAttribute(name, value));
    return made;
  }

  function tell(words) {
    document.getElementById("kg-melding").textContent = words;
  }

  // ------------------------------------------------------------------------------ the table's numbers

  function number(words) {
    return Number(words.replace(/[\s\u00a0]/g, "").replace("−", "-").replace(",", "."));
  }

  // A cell with what its link says of it: measure, and the key in each dimension.
  function read(cell) {
    const link = cell.querySelector("a[href*='#']");
    if (!link) {
      return null;
    }
    const [measure, ...keys] = link.getAttribute("href").split("#")[1].split(".");
    const words = link.textContent.trim();
    const band = cell.querySelector(".kg-band");
    const bounds = band ? band.textContent.replace(/[()]/g, "").split("–").map(number) : [];
    const at = Object.fromEntries(held.dim.map((dim, place) => [dim, keys[place]]));
    return { measure, ...at, cell, words, bounds, value: EXACT.test(words) ? number(words) : null };
  }

  const numbers = [...table.tBodies[0].querySelectorAll("td")].map(read).filter(Boolean);

  // ------------------------------------------------------------------------------ years

  const inYears = (year) => !first || !year || (Number(first.value) <= Number(year) && Number(year) <= Number(last.value));
  const yearOf = (cells) => (cells.map(read).find(Boolean) || {}).year;

  // A head that covers several rows stands in the first of those that are shown.
  const groups = [...table.tBodies[0].querySelectorAll("th[rowspan]")].map((head) => {
    const rows = [...table.tBodies[0].rows];
    const at = rows.indexOf(head.parentElement);
    return { head, rows: rows.slice(at, at + head.rowSpan) };
  });

  function showRows() {
    const rows = [...table.tBodies[0].rows];
    rows.forEach((row) => {
      row.hidden = !inYears(yearOf([...row.cells]));
    });
    for (const { head, rows: own } of groups) {
      const shown = own.filter((row) => !row.hidden);
      if (shown.length) {
        shown[0].prepend(head);
        head.rowSpan = shown.length;
      }
    }
    return rows.filter((row) => !row.hidden).length + " rader";
  }

  function showColumns() {
    const rows = [...table.tBodies[0].rows];
    const inRow = (row) => [...row.cells].filter((cell) => cell.tagName === "TD");
    const kept = inRow(rows[0]).map((_, at) => inYears(yearOf(rows.map((row) => inRow(row)[at]))));
    const corners = rows[0].cells.length - kept.length;
    rows.forEach((row) => inRow(row).forEach((cell, at) => {
      cell.hidden = !kept[at];
    }));
    [...table.tHead.rows].forEach((row, level) => {
      let at = 0;
      [...row.cells].slice(level ? 0 : corners).forEach((head) => {
        head.dataset.bredde = head.dataset.bredde || head.colSpan;
        const shown = kept.slice(at, at + Number(head.dataset.bredde)).filter(Boolean).length;
        at += Number(head.dataset.bredde);
        head.hidden = !shown;
        head.colSpan = shown || 1;
      });
    });
    return kept.filter(Boolean).length + " kolonner";
  }

  // The stop of a row may have gone with its column.
  function keepStops() {
    for (const row of table.tBodies[0].rows) {
      [...row.querySelectorAll("td:not([hidden]) a[href]")].forEach((link, at) => {
        link.tabIndex = at ? -1 : 0;
      });
    }
  }

  function chooseYears(event) {
    // The other end follows one that is moved past it.
    if (Number(first.value) > Number(last.value)) {
      (event.target === first ? last : first).value = event.target.value;
    }
    const count = held.kolonner ? showColumns() : showRows();
    keepStops();
    if (areas && areas.value) {
      window.KG_MERK(areas.value, held.region[areas.value]);
    }
    compare();
    tell("Tabellen viser " + first.value + "–" + last.value + ": " + count + ".");
  }

  // ------------------------------------------------------------------------------ comparison

  const decimals = (words) => (words.split(",")[1] || "").length;

  function inWords(size, places) {
    const [whole, part] = size.toFixed(places).split(".");
    return whole.replace(/\B(?=(\d{3})+$)/g, "\u00a0") + (part ? "," + part : "");
  }

  const within = (one, other) => one.bounds.length > 1 && one.bounds[0] <= other.value && other.value <= one.bounds[1];

  // How an area's number lies to that of another, in words.
  function difference(own, other) {
    const [, unit] = measures.get(own.measure);
    if (!unit || own.value === null || other.value === null) {
      return "–";
    }
    if (within(own, other) || within(other, own)) {
      return "ingen sikker forskjell";
    }
    // Not more exact than the less exact of the two.
    const places = Math.min(decimals(own.words), decimals(other.words));
    const size = inWords(Math.abs(own.value - other.value), places);
    if (number(size) === 0) {
      return "likt";
    }
    const about = own.bounds.length || other.bounds.length ? "omtrent " : "";
    return about + size + "\u00a0" + unit + (own.value > other.value ? " høyere" : " lavere");
  }

  // Of each measure the last of the chosen years in which both are known.
  function pairs(area) {
    const order = [...measures.keys()];
    const kinds = [...new Set(numbers.map((each) => order.indexOf(each.measure) + " " + (each.category || "")))];
    kinds.sort((one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10));
    return kinds.map((kind) => {
      const [at, category] = kind.split(" ");
      const own = numbers.filter((each) => each.measure === order[at] && (each.category || "") === category && inYears(each.year));
      const like = (each, region) => own.find((other) => other.region === region && other.year === each.year);
      const mine = own.filter((each) => each.region === area && held.mot.some((region) => like(each, region)));
      const latest = mine.sort((one, other) => Number(one.year) - Number(other.year)).pop();
      return latest && { own: latest, others: held.mot.map((region) => like(latest, region)).filter(Boolean) };
    }).filter(Boolean);
  }

  function row(each, words) {
    const made = document.createElement("tr");
    const value = element("td", "", { class: "kg-n" });
    [...each.cell.cloneNode(true).childNodes].forEach((node) => {
      if (node.removeAttribute) {
        node.removeAttribute("tabindex");
      }
      value.append(node);
    });
    made.append(element("th", held.region[each.region], { scope: "row" }), value, element("td", words));
    return made;
  }

  function group({ own, others }) {
    const body = document.createElement("tbody");
    const head = document.createElement("tr");
    const what = [measures.get(own.measure)[0], own.category && held.category[own.category], own.year];
    head.append(element("th", what.filter(Boolean).join(", "), { scope: "rowgroup", colspan: 3 }));
    body.append(head, row(own, ""), ...others.map((other) => row(other, difference(own, other))));
    return body;
  }

  function compare() {
    if (!areas) {
      return;
    }
    const name = held.region[areas.value];
    const found = areas.value ? pairs(areas.value) : [];
    result.hidden = !areas.value;
    if (!found.length) {
      result.replaceChildren(element("p", "Tabellen har ingen tall å sammenligne med for " + name + " i disse årene."));
      return;
    }
    const made = document.createElement("table");
    const head = document.createElement("tr");
    head.append(element("th", "Område", { scope: "col" }), element("th", "Tall", { scope: "col", class: "kg-n" }),
      element("th", name + " ligger", { scope: "col" }));
    made.append(element("caption", name + " ved siden av " + held.mot.map((key) => held.region[key]).join(" og ").replace("Hele landet", "hele landet")),
      document.createElement("thead"), ...found.map(group));
    made.tHead.append(head);
    const frame = element("div", "", { class: "kg-ramme" });
    frame.append(made);
    result.replaceChildren(frame, element("p", "Siden har bare regnet ut forskjellene, av tallene slik de er avrundet i tabellen. "
      + "Antall og summer har ingen forskjell, fordi områdene er ulikt store.", { class: "kg-stille" }));
  }

  // The choice of bydel is the one of all pages; another area is chosen for this page.
  function chooseArea() {
    const isBydel = [...bydel.options].some((option) => option.value === areas.value);
    if (isBydel) {
      bydel.value = areas.value;
      bydel.dispatchEvent(new Event("change"));
    } else {
      window.KG_MERK(areas.value, held.region[areas.value]);
    }
    compare();
    tell(areas.value ? held.region[areas.value] + " er sammenlignet og merket." : "Ingen sammenligning.");
  }

  function followBydel() {
    areas.value = bydel.value;
    if (areas.selectedIndex < 0) {
      areas.value = "";
    }
    compare();
  }

  if (areas) {
    areas.addEventListener("change", chooseArea);
    bydel.addEventListener("change", followBydel);
    document.getElementById("kg-bydel-fjern").addEventListener("click", followBydel);
    followBydel();
  }
  if (first) {
    first.addEventListener("change", chooseYears);
    last.addEventListener("change", chooseYears);
  }
})();
