// The explorer: chosen areas and one measure over time, or all measures side by side. Every number is
// the report's own, as it is written there; the page works out changes and an index, and says so.
"use strict";
(function () {
  const LEVELS = window.KG_PROFIL;
  for (const each of Object.values(LEVELS)) {
    each.omrader = Object.fromEntries(each.omrader);
  }
  const MOST = 5;
  const ALL = "alle";
  const MONTHS = ["januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"];
  const SVG = "http://www.w3.org/2000/svg";
  const at = (name) => document.getElementById("utforsk-" + name);
  let level = null;
  let key = "";
  let redraw = () => {};

  // ------------------------------------------------------------------------------ numbers

  // A number as it is written: «1 172», «−0,6»; NaN for a sign that stands for none.
  function parsed(text) {
    const plain = text.replace(/[\s\u00a0]/g, "").replace("\u2212", "-").replace(",", ".");
    return /^[+-]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : NaN;
  }

  function written(number, decimals, signed) {
    const digits = Math.abs(number).toFixed(decimals).replace(".", ",").replace(/\B(?=(\d{3})+(?!\d))/g, "\u00a0");
    const isZero = Number(number.toFixed(decimals)) === 0;
    return (isZero ? "" : number < 0 ? "\u2212" : signed ? "+" : "") + digits;
  }

  function spoken(time) {
    const [year, month] = time.split("-");
    return month ? MONTHS[Number(month) - 1] + " " + year : year;
  }

  function years(time) {
    const [year, month] = time.split("-");
    return Number(year) + (month ? (Number(month) - 1) / 12 : 0);
  }

  // Whether a break lies between two times; it may come in any month of its year.
  function broken(measure, from, to) {
    const room = from.includes("-") && from !== to ? 1 : 0;
    return measure.brudd.some((year) => years(from) < year + room && year <= years(to));
  }

  // ------------------------------------------------------------------------------ what is chosen

  function fill(select, options, chosen) {
    select.replaceChildren(...options.map(([value, words]) => new Option(words, value, false, value === chosen)));
    if (select.selectedIndex < 0) {
      select.selectedIndex = 0;
    }
  }

  function measureOf(id) {
    return level.mal.find((measure) => measure.id === id);
  }

  function timesOf(measure) {
    const all = new Set(Object.values(measure.serier).flatMap((series) => Object.keys(series)));
    return [...all].sort();
  }

  function areas() {
    return [...at("omrader").querySelectorAll("input:checked")].map((box) => box.value);
  }

  function asked() {
    const isShared = window.location.hash.length > 1;
    const wanted = new URLSearchParams(isShared ? window.location.hash.slice(1) : window.location.search);
    return { delt: isShared, niva: wanted.get("niva"), mal: wanted.get("mal"), omrade: (wanted.get("omrade") || "").split(","), fra: wanted.get("fra"), til: wanted.get("til"), vis: wanted.get("vis") };
  }

  function own() {
    try {
      return window.localStorage.getItem("kg-bydel") || "";
    } catch (error) {
      return "";
    }
  }

  function openLevel(name, wanted) {
    key = name in LEVELS ? name : Object.keys(LEVELS)[0];
    level = LEVELS[key];
    fill(at("niva"), Object.entries(LEVELS).map(([id, each]) => [id, each.navn]), key);
    at("niva-felt").hidden = Object.keys(LEVELS).length < 2;
    fill(at("mal"), [[ALL, "Alle mål side om side"], ...level.mal.map((each) => [each.id, each.tittel + ", " + each.enhet])], wanted.mal || level.mal[2].id);
    const known = wanted.omrade.filter((area) => area in level.omrader);
    const chosen = known.length ? known : [own()].filter((area) => area in level.omrader);
    // A profile names one area, which is seen against the whole; a shared address names them all.
    if (!chosen.includes(level.helhet) && !wanted.delt) {
      chosen.push(level.helhet);
    }
    chosen.splice(MOST + 1);
    at("omrader").replaceChildren(...Object.entries(level.omrader).map(([area, words]) => {
      const label = document.createElement("label");
      const box = document.createElement("input");
      box.type = "checkbox";
      box.value = area;
      box.checked = chosen.includes(area);
      label.append(box, " " + words);
      return label;
    }));
    openMeasure(wanted);
  }

  function openMeasure(wanted) {
    const measure = measureOf(at("mal").value);
    for (const name of ["fra", "til"]) {
      at(name).closest(".kg-felt").hidden = !measure;
    }
    at("vis").hidden = !measure;
    if (measure) {
      const times = timesOf(measure).map((time) => [time, spoken(time)]);
      fill(at("fra"), times, wanted.fra || times[0][0]);
      fill(at("til"), times, wanted.til || times[times.length - 1][0]);
      if (at("fra").value > at("til").value) {
        at("til").value = times[times.length - 1][0];
      }
    }
  }

  // ------------------------------------------------------------------------------ the answer

  function element(tag, words, attributes) {
    const made = document.createElement(tag);
    made.textContent = words;
    for (const [name, value] of Object.entries(attributes || {})) {
      made.setAttribute(name, value);
    }
    return made;
  }

  // A number that leads to its cells.
  function cell(measure, area, time) {
    const made = element("td", "", { class: "kg-n" });
    const held = measure.serier[area][time];
    if (!held) {
      return made;
    }
    const [name, group] = measure.id.split(".");
    const [year, month] = time.split("-");
    const anchor = [name, area, group || month, year].filter(Boolean).join(".");
    const link = element("a", held[0], { class: "kg-tall" + (held[1] ? " kg-anslag" : ""), href: "sporing/" + level.spor[area] + ".html#" + anchor });
    made.append(link);
    if (held[1]) {
      made.append(element("small", "(" + held[1] + ")", { class: "kg-band" }));
    }
    return made;
  }

  function head(words, number) {
    return element("th", words, number ? { scope: "col", class: "kg-n" } : { scope: "col" });
  }

  function row(tag, ...cells) {
    const made = document.createElement(tag);
    made.append(...cells);
    return made;
  }

  function table(heads, rows) {
    const body = row("tbody", ...rows);
    at("tabell").replaceChildren(row("thead", row("tr", ...heads)), body);
    if (window.KG_TASTER) {
      window.KG_TASTER(body);
    }
  }

  function showAll(chosen) {
    at("tittel").textContent = chosen.map((area) => level.omrader[area]).join(" og ");
    at("under").textContent = "Siste tall for hvert mål";
    redraw = () => at("tegning").replaceChildren();
    redraw();
    at("merknad").textContent = "Sitert fra eieren, og ikke med i nedlastingen: " + level.mal.filter((measure) => measure.sitert).map((measure) => measure.tittel.toLowerCase()).join(", ") + ".";
    at("merknad").hidden = !level.mal.some((measure) => measure.sitert);
    at("laget").textContent = "Trykk på et tall, så kommer du til cellene det er regnet ut av.";
    const rows = level.mal.filter((measure) => !measure.id.includes(".")).map((measure) => {
      const last = timesOf(measure).filter((time) => level.helhet in measure.serier && measure.serier[level.helhet][time]).pop() || timesOf(measure).pop();
      const name = element("th", measure.tittel, { scope: "row" });
      name.append(element("small", measure.enhet + ", " + (last.includes("-") ? spoken(last) : measure.nar.replace("{year}", last))));
      const made = row("tr", name, ...chosen.map((area) => cell(measure, area, last)));
      made.dataset.sitert = measure.sitert ? "ja" : "";
      return made;
    });
    table([head("Mål"), ...chosen.map((area) => head(level.omrader[area], true))], rows);
  }

  function show() {
    const chosen = areas();
    at("valgte").textContent = chosen.map((area) => level.omrader[area]).join(", ") || "ingen";
    const measure = measureOf(at("mal").value);
    const isIndex = document.querySelector("[name=vis]:checked").value === "indeks";
    const wanted = new URLSearchParams({ niva: key, mal: at("mal").value, omrade: chosen.join(",") });
    if (measure) {
      wanted.set("fra", at("fra").value);
      wanted.set("til", at("til").value);
      wanted.set("vis", isIndex ? "indeks" : "tall");
    }
    window.history.replaceState(null, "", "#" + wanted.toString().replace(/%2C/g, ","));
    at("csv").hidden = Boolean(measure && measure.sitert);
    if (!measure) {
      showAll(chosen);
    } else {
      showOne(measure, chosen, isIndex);
    }
    at("melding").textContent = at("tittel").textContent + ". " + at("under").textContent;
  }

  function showOne(measure, chosen, isIndex) {
    const times = timesOf(measure).filter((time) => time >= at("fra").value && time <= at("til").value);
    const first = times[0];
    const last = times[times.length - 1];
    at("tittel").textContent = measure.tittel;
    at("under").textContent = (isIndex ? "Indeks, " + spoken(first) + " = 100" : measure.enhet[0].toUpperCase() + measure.enhet.slice(1)) + ", " + spoken(first) + (first === last ? "" : "–" + spoken(last));
    const crossed = broken(measure, first, last);
    const lines = chosen.map((area) => {
      const held = measure.serier[area];
      const base = held[first] ? parsed(held[first][0]) : NaN;
      return {
        area: area,
        points: times.map((time) => {
          const number = held[time] ? parsed(held[time][0]) : NaN;
          // An index ends where a break begins.
          return [time, !isIndex ? number : broken(measure, first, time) ? NaN : (number / base) * 100];
        }),
      };
    });
    redraw = () => draw(measure, lines, isIndex);
    redraw();
    const note = ["Kilder: " + measure.kilder.join("; ") + "."];
    if (crossed) {
      note.unshift("Tallene før og etter et brudd kan ikke sammenlignes." + (isIndex ? " Indeksen slutter der bruddet kommer; velg et senere første år for å se årene etter." : ""), ...measure.merknad);
    }
    if (isIndex) {
      note.unshift("Tegningen viser indeksen, tabellen tallene den er regnet ut av.");
    }
    if (measure.sitert) {
      note.unshift("Tallene er sitert fra eieren og kan ikke lastes ned her.");
    }
    at("merknad").textContent = note.join(" ");
    at("merknad").hidden = false;
    // Twelve columns a year are too many: months go down, years across.
    const isMonthly = first.includes("-");
    const rows = isMonthly
      ? times.map((time) => row("tr", element("th", spoken(time), { scope: "row" }), ...chosen.map((area) => cell(measure, area, time))))
      : chosen.map((area) => row("tr", element("th", level.omrader[area], { scope: "row" }), ...times.map((time) => cell(measure, area, time)), changeCell(measure, area, first, last, crossed)));
    const heads = isMonthly
      ? [head("Måned"), ...chosen.map((area) => head(level.omrader[area], true))]
      : [head(level.ord.one[0].toUpperCase() + level.ord.one.slice(1)), ...times.map((time) => head(time, true)), head("Endring", true)];
    table(heads, rows);
    at("laget").textContent = "Slik er tallet laget: " + measure.formel + "." + (isMonthly ? "" : " Endringen er siste tall minus det første, slik de står i tabellen" + (crossed ? "; over et brudd er den ikke regnet ut." : ".")) + " Trykk på et tall, så kommer du til cellene det er regnet ut av.";
  }

  function changeCell(measure, area, first, last, crossed) {
    const [before, after] = [first, last].map((time) => measure.serier[area][time]).map((held) => (held ? parsed(held[0]) : NaN));
    const words = crossed || Number.isNaN(after - before) ? "–" : written(after - before, measure.desimaler, true);
    return element("td", words, { class: "kg-n" });
  }

  // ------------------------------------------------------------------------------ the drawing

  function part(svg, tag, attributes, words) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) {
      made.setAttribute(name, value);
    }
    if (words !== undefined) {
      made.textContent = words;
    }
    svg.append(made);
    return made;
  }

  function ticks(low, high) {
    const raw = (high - low) / 4 || 1;
    const power = Math.pow(10, Math.floor(Math.log10(raw)));
    const step = [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => each >= raw);
    const from = Math.floor(low / step) * step;
    const made = [];
    for (let at = from; at < high + step || made.length < 2; at += step) {
      made.push(Number(at.toFixed(6)));
    }
    return made;
  }

  function draw(measure, lines, isIndex) {
    const box = at("tegning");
    const known = lines.filter((line) => line.points.filter(([, number]) => !Number.isNaN(number)).length > 1);
    const times = lines.length ? lines[0].points.map(([time]) => time) : [];
    box.replaceChildren();
    if (!known.length || times.length < 2) {
      return;
    }
    const width = Math.max(280, Math.min(760, box.clientWidth || 340));
    const size = width < 600 ? 13 : 14;
    const numbers = known.flatMap((line) => line.points.map(([, number]) => number)).filter((number) => !Number.isNaN(number));
    const low = Math.min(...numbers);
    const scale = ticks(low > 0 && low < 0.5 * Math.max(...numbers) ? 0 : low, Math.max(...numbers));
    const names = known.map((line) => level.omrader[line.area]);
    const right = Math.min(width * 0.36, Math.max(...names.map((name) => name.length)) * size * 0.58 + 14);
    const left = Math.max(...scale.map((tick) => written(tick, tick % 1 ? 1 : 0).length)) * size * 0.6 + 8;
    const [top, high] = [28, 240];
    const [begin, end] = [years(times[0]), years(times[times.length - 1])];
    const x = (time) => left + ((years(time) - begin) / (end - begin)) * (width - left - right);
    const y = (number) => top + high - ((number - scale[0]) / (scale[scale.length - 1] - scale[0])) * high;
    const said = known.map((line) => {
      const own = line.points.filter(([, number]) => !Number.isNaN(number));
      return level.omrader[line.area] + ": " + written(own[0][1], isIndex ? 0 : measure.desimaler) + " i " + spoken(own[0][0]) + ", " + written(own[own.length - 1][1], isIndex ? 0 : measure.desimaler) + " i " + spoken(own[own.length - 1][0]);
    });
    const svg = document.createElementNS(SVG, "svg");
    for (const [name, value] of Object.entries({ viewBox: "0 0 " + width + " " + (top + high + 30), width: width, role: "img", "aria-label": said.join("; ") + ".", "font-size": size, class: "kg-linjer" })) {
      svg.setAttribute(name, value);
    }
    for (const tick of scale) {
      part(svg, "path", { d: "M" + left + " " + y(tick) + "H" + (width - right), class: "kg-rutenett" });
      part(svg, "text", { x: left - 6, y: y(tick) + size * 0.35, "text-anchor": "end", class: "kg-stille" }, written(tick, tick % 1 ? 1 : 0));
    }
    const whole = times.filter((time) => !time.includes("-") || time.endsWith("-01"));
    const room = Math.ceil((whole.length * size * 3.2) / (width - left - right));
    whole.forEach((time, place) => {
      if (place % room === 0) {
        part(svg, "text", { x: x(time), y: top + high + size * 1.5, "text-anchor": "middle", class: "kg-stille" }, time.slice(0, 4));
      }
    });
    let told = -Infinity;
    for (const year of measure.brudd.filter((each) => begin < each && each <= end)) {
      const place = x(String(year));
      part(svg, "path", { d: "M" + place + " " + (top - 6) + "V" + (top + high), class: "kg-bruddlinje" });
      // Where there is no room for a year, the note below says it.
      if (place - told > size * 2.6) {
        part(svg, "text", { x: place, y: top - 10, "text-anchor": "middle", class: "kg-stille" }, String(year));
        told = place;
      }
    }
    const ends = known.map((line, order) => {
      let path = "";
      let before = null;
      for (const [time, number] of line.points) {
        if (Number.isNaN(number)) {
          before = null;
          continue;
        }
        // A year that stands alone between breaks is a dot.
        const from = before && years(before);
        const joined = before && !measure.brudd.some((year) => from < year && year <= years(time));
        path += (joined ? "L" : "M") + x(time).toFixed(1) + " " + y(number).toFixed(1) + (joined ? "" : "h.1");
        before = time;
      }
      const kind = line.area === level.helhet ? "kg-linje-helhet" : "kg-linje-" + ((order % MOST) + 1);
      part(svg, "path", { d: path, class: kind });
      const own = line.points.filter(([, number]) => !Number.isNaN(number)).pop();
      part(svg, "circle", { cx: x(own[0]), cy: y(own[1]), r: 3.5, class: kind });
      return { words: level.omrader[line.area], y: y(own[1]), kind: kind };
    });
    // End labels keep clear of each other.
    ends.sort((one, other) => one.y - other.y);
    ends.forEach((each, place) => {
      const above = place ? ends[place - 1].y + size * 1.25 : 0;
      each.y = Math.max(each.y, above);
      part(svg, "text", { x: width - right + 8, y: each.y + size * 0.35, class: each.kind }, each.words);
    });
    const lowest = ends[ends.length - 1].y + size;
    if (lowest > top + high + 30) {
      svg.setAttribute("viewBox", "0 0 " + width + " " + lowest);
    }
    box.append(svg);
  }

  // ------------------------------------------------------------------------------ taking it along

  function csv() {
    const rows = [...at("tabell").rows].filter((each) => !each.dataset.sitert);
    const lines = rows.map((each) => [...each.cells].map((own) => {
      const band = own.querySelector(".kg-band");
      const words = ((band ? own : own.querySelector("a") || own.firstChild || own).textContent || "").trim();
      const number = parsed(words);
      return Number.isNaN(number) ? '"' + words.replace(/"/g, '""') + '"' : words.replace(/[\s\u00a0]/g, "").replace("\u2212", "-").replace("+", "");
    }).join(";"));
    const file = new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv" });
    const link = element("a", "", { href: URL.createObjectURL(file), download: "utforsk-" + at("mal").value + ".csv" });
    link.click();
    URL.revokeObjectURL(link.href);
  }

  // ------------------------------------------------------------------------------ begin

  function open() {
    const wanted = asked();
    openLevel(wanted.niva || "", wanted);
    document.querySelector("[name=vis][value=" + (wanted.vis === "indeks" ? "indeks" : "tall") + "]").checked = true;
  }

  open();
  at("niva").addEventListener("change", () => {
    openLevel(at("niva").value, { omrade: [] });
    show();
  });
  at("mal").addEventListener("change", () => {
    openMeasure({});
    show();
  });
  for (const name of ["fra", "til"]) {
    at(name).addEventListener("change", () => {
      if (at("fra").value > at("til").value) {
        at(name === "fra" ? "til" : "fra").value = at(name).value;
      }
      show();
    });
  }
  at("omrader").addEventListener("change", (event) => {
    const chosen = areas();
    if (chosen.length > MOST + 1) {
      event.target.checked = false;
      at("melding").textContent = "Du kan velge inntil " + (MOST + 1) + " områder. Fjern et før du velger et nytt.";
      return;
    }
    show();
  });
  at("vis").addEventListener("change", show);
  document.querySelector(".kg-utforsk").addEventListener("submit", (event) => event.preventDefault());
  at("csv").addEventListener("click", csv);
  at("lenke").hidden = !navigator.clipboard;
  at("lenke").addEventListener("click", async () => {
    await navigator.clipboard.writeText(window.location.href);
    at("melding").textContent = "Lenken er kopiert.";
  });
  window.addEventListener("resize", () => redraw());
  window.addEventListener("hashchange", () => {
    open();
    show();
  });
  // Scripts in order: what the page hides until there is script is shown by now.
  show();
})();
