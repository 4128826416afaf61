// The search page: reads the question from the address, shows the answers by kind, keeps the address in step.
"use strict";
(function () {
  const BEST = 3;
  const AT_FIRST = 5;
  const WAIT = 150;
  const form = document.getElementById("kg-sokefelt");
  const input = form.querySelector("input");
  const count = document.getElementById("kg-sok-antall");
  const help = document.getElementById("kg-sok-hjelp");
  const notes = document.getElementById("kg-sok-merknad");
  const ways = document.getElementById("kg-sok-videre");
  const answers = document.getElementById("kg-sok-treff");

  function element(tag, words, kind) {
    const made = document.createElement(tag);
    made.append(...[words].flat());
    if (kind) {
      made.className = kind;
    }
    return made;
  }

  function link(address, words) {
    const made = element("a", words);
    made.href = address;
    return made;
  }

  function quoted(words) {
    const all = words.map((word) => "«" + word + "»");
    return all.length > 1 ? all.slice(0, -1).join(", ") + " og " + all[all.length - 1] : all[0];
  }

  // ------------------------------------------------------------------------------ one hit

  function hitEntry(hit, asked) {
    const { page, lacks } = hit;
    const excerpt = page.under || window.KgSok.excerpt(page, asked).flatMap(([word, isHit]) => [isHit ? element("mark", word) : word, " "]);
    const place = page.sted === page.tittel ? page.gruppe : page.gruppe + ": " + page.sted;
    return element("li", [
      link(page.lenke, page.navn),
      element("p", page.nr ? page.gruppe : place, "kg-sok-sted"),
      element("p", excerpt),
      ...(lacks.length > 0 ? [element("p", "Har ikke " + quoted(lacks) + ".", "kg-sok-sted")] : []),
    ]);
  }

  // A number leads to the cell that it stands in, and to its trace.
  function numberEntry(number, items) {
    const item = items.get(number.page);
    const trace = "sporing/" + number.page.split("/").pop() + "#" + number.anchor;
    const cell = number.page + "?tall=" + encodeURIComponent(number.anchor);
    return element("li", [
      link(number.atHand ? cell : trace, number.shown + (number.estimate ? " (anslag)" : "")),
      element("p", number.label),
      element("p", [item.nr + ": " + item.tittel + ". ", link(trace, "Spor tallet")], "kg-sok-sted"),
    ]);
  }

  // ------------------------------------------------------------------------------ hits by kind

  function group(title, entries, total) {
    const list = element("ol", entries.slice(0, AT_FIRST), "kg-treff");
    const made = element("section", [element("h2", title + (total ? " (" + total + ")" : "")), list]);
    const rest = entries.slice(AT_FIRST);
    if (rest.length > 0) {
      const more = element("button", "Vis " + rest.length + " til");
      more.type = "button";
      more.addEventListener("click", () => {
        list.append(...rest);
        more.remove();
        rest[0].querySelector("a").focus();
      });
      made.append(more);
    }
    return made;
  }

  function groups(asked, ready) {
    const items = new Map(ready.pages.filter((page) => page.nr).map((page) => [page.lenke, page]));
    const best = asked.hits.slice(0, BEST);
    const numbers = asked.numbers.length > 0
      ? [group("Tall", asked.numbers.map((number) => numberEntry(number, items)), asked.numbers.length)] : [];
    const made = best.length > 0 ? [group("Beste treff", best.map((hit) => hitEntry(hit, asked)))] : [];
    // Who asks for a number wants that before the pages; who asks in words, the pages.
    made.splice(asked.isNumber ? 0 : 1, 0, ...numbers);
    const byKind = new Map();
    for (const hit of asked.hits) {
      byKind.set(hit.page.gruppe, [...(byKind.get(hit.page.gruppe) || []), hit]);
    }
    // Corrections last, unless they were asked for.
    const last = ([kind]) => Number(kind.startsWith("Rettelser") && !asked.wantsCorrections);
    for (const [kind, hits] of [...byKind].sort((one, other) => last(one) - last(other))) {
      const rest = hits.filter((hit) => !best.includes(hit));
      if (rest.length > 0) {
        made.push(group(rest.length < hits.length ? "Flere: " + kind.toLowerCase() : kind, rest.map((hit) => hitEntry(hit, asked)), rest.length));
      }
    }
    return made;
  }

  // ------------------------------------------------------------------------------ what is said of them

  function notesOf(asked) {
    const made = [];
    if (asked.unanswered) {
      const { svar, tittel, lenke } = asked.unanswered;
      made.push(element("p", [element("strong", "Dette står ikke i rapporten."), " " + svar + " Nærmest kommer ", link(lenke, "«" + tittel + "»"), "."]));
    }
    const guessed = asked.terms.filter((term) => term.meant);
    if (guessed.length > 0) {
      made.push(element("p", "Rapporten har ikke " + quoted(guessed.map((term) => term.words)) + ". Treffene er på " + quoted(guessed.map((term) => term.meant)) + "."));
    }
    const absent = asked.terms.filter((term) => term.scores.size === 0).map((term) => term.words);
    if (absent.length > 0 && asked.hits.length > 0) {
      made.push(element("p", "Rapporten har ikke " + quoted(absent) + ". Treffene er på resten av spørsmålet."));
    } else if (asked.hits.length > 0 && asked.hits.every((hit) => hit.lacks.length > 0)) {
      made.push(element("p", "Ingen side har alle ordene. Det øverste treffet har ikke " + quoted(asked.hits[0].lacks) + "."));
    }
    return made;
  }

  function show(ready) {
    const query = input.value.trim();
    const asked = window.KgSok.search(ready, query);
    const total = asked.hits.length + asked.numbers.length;
    answers.removeAttribute("aria-busy");
    answers.replaceChildren(...groups(asked, ready));
    notes.replaceChildren(...notesOf(asked));
    help.hidden = query !== "";
    ways.hidden = query === "" || (total > 0 && notes.childElementCount === 0);
    if (query === "") {
      count.textContent = "";
    } else if (total === 0) {
      count.textContent = "Ingen treff på «" + query + "». Dette står ikke i rapporten, eller den bruker andre ord.";
    } else {
      count.textContent = total + " treff på «" + query + "».";
    }
    const address = query ? "?q=" + encodeURIComponent(query) : window.location.pathname;
    try {
      window.history.replaceState(null, "", address);
    } catch (error) {
      // Pages opened from a folder may not change their address; the answers are shown all the same.
    }
  }

  function start(ready) {
    let timer = 0;
    input.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => show(ready), WAIT);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      window.clearTimeout(timer);
      show(ready);
    });
    show(ready);
  }

  input.value = new URLSearchParams(window.location.search).get("q") || "";
  answers.setAttribute("aria-busy", "true");
  window.KgSok.unpack(window.KG_SOK).then(start, () => {
    answers.removeAttribute("aria-busy");
    count.textContent = "Søket trenger en nyere nettleser.";
    ways.hidden = false;
  });
})();
