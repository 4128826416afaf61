// What a reader may do on every page: choose colours, mark a bydel, open the menu on a phone, look behind a
// number. The pages say all they have to say without it.
"use strict";
(function () {
  const up = document.body.dataset.opp;

  // A browser that keeps nothing still lets the reader choose for this page.
  function keep(name, value) {
    try {
      if (value) {
        window.localStorage.setItem(name, value);
      } else {
        window.localStorage.removeItem(name);
      }
    } catch (error) {
      return;
    }
  }

  function kept(name) {
    try {
      return window.localStorage.getItem(name) || "";
    } catch (error) {
      return "";
    }
  }

  function tell(words) {
    document.getElementById("kg-melding").textContent = words;
  }

  function element(tag, words, kind) {
    const made = document.createElement(tag);
    made.textContent = words;
    if (kind) {
      made.className = kind;
    }
    return made;
  }

  // ------------------------------------------------------------------------------ colours

  function colours() {
    const select = document.getElementById("kg-tema");
    select.value = document.documentElement.dataset.theme || "";
    select.addEventListener("change", () => {
      if (select.value) {
        document.documentElement.dataset.theme = select.value;
      } else {
        delete document.documentElement.dataset.theme;
      }
      keep("kg-tema", select.value);
    });
  }

  // ------------------------------------------------------------------------------ a bydel

  const MARKED = "kg-valgt";
  const PART = "kg-valgt-del";

  function squeezed(text) {
    return text.replace(/\s+/g, " ").trim();
  }

  // Rows of the bydel itself, and more quietly those of its delbydeler: «Fossum (Stovner)».
  function markRows(name) {
    for (const head of document.querySelectorAll(".kg-item tbody th")) {
      const words = squeezed(head.textContent);
      if (words === name) {
        // A bydel may have a row for each year.
        for (let row = head.parentElement, left = head.rowSpan; row && left > 0; left -= 1) {
          row.classList.add(MARKED);
          row = row.nextElementSibling;
        }
        head.append(element("span", " (valgt bydel)", "kg-skjult kg-valgt-ord"));
      } else if (words.endsWith(" (" + name + ")")) {
        head.parentElement.classList.add(PART);
      }
    }
  }

  // What a drawing draws for the bydel itself, in one year or in several.
  function markShapes(key) {
    for (const shape of document.querySelectorAll(".kg-item [data-adresse]")) {
      if (shape.dataset.adresse.split(" ").some((address) => address.split("/").includes(key))) {
        shape.classList.add(MARKED);
      }
    }
  }

  // A drawing may break a name over two lines: «Nordre» and «Aker» are two texts.
  function markTexts(name, names) {
    for (const drawing of document.querySelectorAll(".kg-item svg")) {
      const texts = [...drawing.querySelectorAll("text")];
      texts.forEach((text, at) => {
        const words = squeezed(text.textContent);
        const before = at > 0 ? squeezed(texts[at - 1].textContent) + " " + words : "";
        if (before === name) {
          texts[at - 1].classList.add(MARKED);
          text.classList.add(MARKED);
        } else if (words === name && !names.includes(before)) {
          text.classList.add(MARKED);
        }
      });
    }
  }

  function unmark() {
    document.querySelectorAll(".kg-valgt-ord").forEach((words) => words.remove());
    for (const kind of [MARKED, PART]) {
      document.querySelectorAll("." + kind).forEach((each) => each.classList.remove(kind));
    }
  }

  function bydel() {
    const select = document.getElementById("kg-bydel");
    const clear = document.getElementById("kg-bydel-fjern");
    const names = [...select.options].filter((option) => option.value).map((option) => option.text);
    const heads = [...document.querySelectorAll(".kg-item tbody th")];
    const choice = document.getElementById("kg-bydel-valg");
    const profile = document.getElementById("kg-bydel-profil");
    // Without profiles, and where no table has a row for a bydel, there is nothing to choose one for.
    choice.hidden = !choice.dataset.profiler && !heads.some((head) => names.includes(squeezed(head.textContent)));

    function mark(key, name) {
      unmark();
      markRows(name);
      markTexts(name, names);
      markShapes(key);
    }

    // An item's own page marks other areas too.
    window.KG_MERK = mark;

    function show() {
      unmark();
      clear.hidden = !select.value;
      profile.hidden = !select.value || !choice.dataset.profiler;
      if (!select.value) {
        return 0;
      }
      const name = select.selectedOptions[0].text;
      profile.textContent = "Profilen for " + name;
      profile.href = choice.dataset.profiler + select.value + ".html";
      mark(select.value, name);
      return [...document.querySelectorAll(".kg-item")].filter((item) => item.querySelector("." + MARKED)).length;
    }

    function choose(value) {
      select.value = value;
      keep("kg-bydel", select.value);
      const count = show();
      const name = select.selectedOptions[0].text;
      const where = count === 1 ? "1 figur eller tabell" : count + " figurer og tabeller";
      const marked = count ? " er merket i " + where + " på denne siden." : " er valgt.";
      tell(value ? name + marked : "Ingen bydel er valgt.");
    }

    const asked = new URLSearchParams(window.location.search).get("bydel");
    const known = [...select.options].some((option) => option.value === asked);
    if (asked && known) {
      choose(asked);
    } else {
      select.value = kept("kg-bydel");
      if (select.selectedIndex < 0) {
        select.value = "";
      }
      show();
    }
    select.addEventListener("change", () => choose(select.value));
    clear.addEventListener("click", () => {
      choose("");
      select.focus();
    });
  }

  // ------------------------------------------------------------------------------ menu and print

  function menu() {
    const button = document.querySelector(".kg-menyknapp");
    const panel = document.getElementById(button.getAttribute("aria-controls"));

    function set(open) {
      button.setAttribute("aria-expanded", String(open));
      button.textContent = open ? "Lukk" : "Meny";
      (open ? panel : button).focus();
    }

    button.addEventListener("click", () => set(button.getAttribute("aria-expanded") !== "true"));
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && button.getAttribute("aria-expanded") === "true") {
        set(false);
      }
    });
    panel.addEventListener("click", (event) => {
      if (event.target.closest("a") && button.getAttribute("aria-expanded") === "true") {
        set(false);
      }
    });
  }

  // On paper nothing can be unfolded.
  function print() {
    let opened = [];
    window.addEventListener("beforeprint", () => {
      opened = [...document.querySelectorAll("main details:not([open])")];
      opened.forEach((each) => each.setAttribute("open", ""));
    });
    window.addEventListener("afterprint", () => opened.forEach((each) => each.removeAttribute("open")));
  }

  // ------------------------------------------------------------------------------ behind a number

  const loading = new Map();

  // A script and not a request: a page opened from a folder may load the one and not make the other.
  function traces(item) {
    if (!loading.has(item)) {
      loading.set(item, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = up + "sporing/" + item + ".js";
        script.addEventListener("load", () => resolve(window.KG_SPOR[item]));
        script.addEventListener("error", reject);
        document.head.append(script);
      }));
    }
    return loading.get(item);
  }

  function provenance() {
    const WAIT_IN = 200;
    const WAIT_OUT = 300;
    const box = element("div", "", "kg-sprett");
    box.id = "kg-sprett";
    box.setAttribute("role", "tooltip");
    box.hidden = true;
    document.body.append(box);
    let shown = null;
    let wanted = null;
    let timer = 0;

    function place(link) {
      const line = link.getClientRects()[0] || link.getBoundingClientRect();
      box.style.top = window.scrollY + line.bottom + 6 + "px";
      const most = document.documentElement.clientWidth - box.offsetWidth - 8;
      box.style.left = window.scrollX + Math.max(8, Math.min(line.left, most)) + "px";
    }

    function fill(held, anchor) {
      const [words, measure, origin, band, cells, printed] = held.tall[anchor];
      const made = held.mal[measure];
      box.replaceChildren(
        element("p", words + (made.enhet ? " " + made.enhet : ""), "kg-sprett-tall"),
        ...(band ? [element("p", band)] : []),
        element("p", held.navn),
        element("p", "Slik er det laget: " + made.formel),
        element("p", "Kilde: " + held.kilder.join("; ")),
        ...(cells ? [element("p", "Celle: " + cells)] : []),
        ...(printed ? [element("p", "Trykt: " + printed)] : []),
        element("p", "Opphav: " + held.opphav[origin]),
      );
    }

    function hide() {
      window.clearTimeout(timer);
      wanted = null;
      if (shown) {
        shown.removeAttribute("aria-describedby");
        shown = null;
      }
      box.hidden = true;
    }

    async function show(link) {
      const [page, anchor] = link.getAttribute("href").split("#");
      const item = page.split("/").pop().replace(/\.html$/, "");
      let held;
      try {
        held = await traces(item);
      } catch (error) {
        return;
      }
      if (wanted !== link || !held || !held.tall[anchor]) {
        return;
      }
      fill(held, anchor);
      box.hidden = false;
      place(link);
      shown = link;
      link.setAttribute("aria-describedby", box.id);
    }

    function soon(link) {
      window.clearTimeout(timer);
      if (shown === link) {
        return;
      }
      hide();
      wanted = link;
      timer = window.setTimeout(() => show(link), WAIT_IN);
    }

    // The pointer may cross the gap to the box, and rest there; focus holds it open.
    function later() {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        if (document.activeElement !== shown) {
          hide();
        }
      }, WAIT_OUT);
    }

    // The explorer makes its numbers later than this.
    function on(event, act) {
      document.addEventListener(event, (happened) => {
        const link = happened.target.closest && happened.target.closest("a.kg-tall");
        if (link) {
          act(link);
        }
      });
    }

    on("mouseover", soon);
    on("mouseout", later);
    on("focusin", soon);
    on("focusout", () => {
      if (!box.matches(":hover")) {
        hide();
      }
    });
    box.addEventListener("mouseenter", () => window.clearTimeout(timer));
    box.addEventListener("mouseleave", later);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && (shown || wanted)) {
        hide();
      }
    });
  }

  // ------------------------------------------------------------------------------ tables by keyboard

  const WAYS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

  function numbersOf(row) {
    // What a choice of years has hidden is passed over.
    return [...row.querySelectorAll("td")].map((cell) => (row.hidden || cell.hidden ? null : cell.querySelector("a[href]")));
  }

  // Where an arrow leads: the next cell that has a number, along the row or down its column.
  function next(row, at, [down, across]) {
    if (across) {
      const links = numbersOf(row);
      let to = at + across;
      while (to >= 0 && to < links.length && !links[to]) {
        to += across;
      }
      return links[to];
    }
    const rows = [...row.parentElement.rows];
    for (let to = row.sectionRowIndex + down; to >= 0 && to < rows.length; to += down) {
      const link = numbersOf(rows[to])[at];
      if (link) {
        return link;
      }
    }
    return null;
  }

  // The numbers of a row are one stop; arrows, Home and End lead from number to number.
  function byArrows(body) {
    const rows = [...body.rows].map((row) => numbersOf(row).filter(Boolean));
    const box = body.closest(".kg-ramme");
    if (!rows.some((links) => links.length > 1)) {
      return;
    }
    rows.forEach((links) => links.slice(1).forEach((link) => {
      link.tabIndex = -1;
    }));
    if (!box.nextElementSibling || !box.nextElementSibling.classList.contains("kg-taster")) {
      const hint = element("p", "Piltastene går fra tall til tall.", "kg-taster");
      hint.setAttribute("aria-hidden", "true");
      box.after(hint);
    }
    body.addEventListener("focusin", (event) => {
      const row = event.target.closest("tr");
      if (event.target.closest("td")) {
        numbersOf(row).filter(Boolean).forEach((link) => {
          link.tabIndex = link === event.target ? 0 : -1;
        });
      }
    });
    body.addEventListener("keydown", (event) => {
      const row = event.target.closest("tr");
      const links = numbersOf(row);
      const at = links.indexOf(event.target);
      if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) {
        return;
      }
      const own = links.filter(Boolean);
      const ends = { Home: own[0], End: own[own.length - 1] };
      const to = WAYS[event.key] ? next(row, at, WAYS[event.key]) : ends[event.key];
      if (to) {
        event.preventDefault();
        to.focus();
      }
    });
  }

  function tables() {
    document.querySelectorAll(".kg-ramme tbody").forEach(byArrows);
    // The explorer makes its table anew.
    window.KG_TASTER = byArrows;
  }

  // ------------------------------------------------------------------------------ a choice from a list

  const MANY = 20;

  function chooser(name, options) {
    const label = element("label", name);
    const field = document.createElement(options ? "select" : "input");
    if (options) {
      field.append(...["Alle", ...options].map((words, at) => new Option(words, at ? words : "")));
    } else {
      field.type = "search";
    }
    label.append(field);
    return { label, field };
  }

  // The cards of a list, by chapter, kind and words; without a choice all of them.
  function choosing() {
    const groups = [];
    for (const each of document.querySelectorAll("main h2, main .kg-kort")) {
      if (each.matches("h2")) {
        groups.push({ head: each, cards: [] });
      } else if (groups.length) {
        groups[groups.length - 1].cards.push({ card: each, words: squeezed(each.textContent).toLowerCase() });
      }
    }
    const listed = groups.filter((group) => group.cards.length);
    const cards = listed.flatMap((group) => group.cards);
    if (cards.length < MANY) {
      return;
    }
    const chapter = chooser("Kapittel", listed.map((group) => squeezed(group.head.textContent)));
    const kind = chooser("Slag", [...new Set(cards.map(({ card }) => card.dataset.slag))]);
    const words = chooser("Ord i teksten");
    const count = element("p", "");
    count.setAttribute("role", "status");
    const form = element("form", "", "kg-utvalg");
    form.append(chapter.label, kind.label, words.label, count);

    function show() {
      const asked = squeezed(words.field.value).toLowerCase();
      let left = 0;
      for (const group of listed) {
        const here = !chapter.field.value || chapter.field.value === squeezed(group.head.textContent);
        for (const { card, words: text } of group.cards) {
          card.hidden = !here || (kind.field.value && kind.field.value !== card.dataset.slag) || !text.includes(asked);
        }
        const shown = group.cards.filter(({ card }) => !card.hidden).length;
        group.head.hidden = !shown;
        left += shown;
      }
      count.textContent = "Viser " + left + " av " + cards.length + ".";
    }

    form.addEventListener("input", show);
    form.addEventListener("submit", (event) => event.preventDefault());
    // A link that leads to a card shows it, whatever was chosen before.
    window.addEventListener("hashchange", () => {
      const aim = document.getElementById(window.location.hash.slice(1));
      if (aim && aim.closest("[hidden]")) {
        form.reset();
        show();
        aim.scrollIntoView();
      }
    });
    const first = listed[0].head;
    (first.closest("section.kg-kapittel") || first).before(form);
    show();
  }

  // On a phone the contents of a page would fill the screen.
  function contents() {
    const box = document.querySelector(".kg-innhold");
    if (box && window.matchMedia("(max-width: 52rem)").matches) {
      box.open = false;
    }
  }

  // ------------------------------------------------------------------------------ an item's own page

  const NUMBER = /[−-]?\d[\d\s\u00a0]*(?:,\d+)?/;

  // What a cell is sorted by: its number, or its words where it has none.
  function valueOf(cell) {
    const words = squeezed((cell.querySelector("a") || cell).textContent);
    const found = cell.matches("td") && words.match(NUMBER);
    return found ? Number(found[0].replace(/[\s\u00a0]/g, "").replace("−", "-").replace(",", ".")) : words;
  }

  function compare(one, other) {
    if (typeof one === typeof other) {
      return typeof one === "number" ? one - other : one.localeCompare(other, "nb");
    }
    return typeof one === "number" ? -1 : 1;
  }

  // A table in which each row is of its own, with one row of heads.
  function sorting() {
    for (const table of document.querySelectorAll(".kg-alene table")) {
      const heads = [...table.tHead.rows[0].cells];
      const body = table.tBodies[0];
      if (table.tHead.rows.length > 1 || table.querySelector("tbody [rowspan]") || body.rows.length < 3) {
        continue;
      }
      heads.forEach((head, at) => {
        const button = element("button", head.textContent, "kg-sorter");
        button.type = "button";
        head.replaceChildren(button);
        button.addEventListener("click", () => {
          // Numbers from the highest, names from A; the other way when asked again.
          const numbers = head.classList.contains("kg-n");
          const before = head.getAttribute("aria-sort");
          const falling = before ? before === "ascending" : numbers;
          heads.forEach((each) => each.removeAttribute("aria-sort"));
          head.setAttribute("aria-sort", falling ? "descending" : "ascending");
          const rows = [...body.rows].map((row) => [valueOf(row.cells[at]), row]);
          // What has no number stays last.
          rows.sort(([one], [other]) => compare(one, other) * (falling && typeof one === typeof other ? -1 : 1));
          body.append(...rows.map(([, row]) => row));
          tell("Sortert etter " + button.textContent + (falling ? ", synkende." : ", stigende."));
        });
      });
    }
  }

  // A search for a number leads to the cell that it stands in: `?tall=` and the number's id.
  function sought() {
    const anchor = new URLSearchParams(window.location.search).get("tall");
    const cell = anchor && [...document.querySelectorAll(".kg-alene td a")].find((each) => each.getAttribute("href").endsWith("#" + anchor));
    if (cell) {
      cell.closest("td").classList.add("kg-sokt");
      cell.focus();
      cell.scrollIntoView({ block: "center", inline: "center" });
    }
  }

  // The words of an element, or the address of the page as it is.
  function copying() {
    for (const button of document.querySelectorAll(".kg-kopier")) {
      const source = document.getElementById(button.dataset.kopier);
      button.addEventListener("click", async () => {
        try {
          await navigator.clipboard.writeText(source ? source.textContent : window.location.href.split("#")[0]);
          tell(button.dataset.melding);
        } catch (error) {
          tell("Nettleseren lot oss ikke kopiere. Merk teksten og kopier den selv.");
        }
      });
    }
  }

  document.querySelectorAll("[data-krever-skript]").forEach((each) => {
    each.hidden = false;
  });
  colours();
  bydel();
  menu();
  print();
  provenance();
  tables();
  choosing();
  contents();
  sorting();
  sought();
  copying();
})();
