// What a mark in a drawing shows, on hover, by touch and by the arrow keys. The words are those of the table
// in the same figure, which holds every number of the drawing: nobody needs this to read the page.
"use strict";
(function () {
  const NEAR = { mouse: 14, pen: 18, touch: 24 };
  const WAIT_IN = 60;
  const WAIT_OUT = 300;
  const PAD = 4;
  const NS = "http://www.w3.org/2000/svg";
  const FORWARD = ["ArrowRight", "ArrowDown"];
  const WALKING = "kg-vandrer";
  const BACK = ["ArrowLeft", "ArrowUp"];

  function element(tag, words, kind) {
    const made = document.createElement(tag);
    made.textContent = words;
    made.className = kind || "";
    return made;
  }

  // ------------------------------------------------------------------------------ the table

  // The words of a head without those that mark a chosen bydel.
  function wordsOf(cell) {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll(".kg-skjult").forEach((each) => each.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  // Every cell at its row and column, as spans lay them out.
  function laidOut(rows) {
    const grid = rows.map(() => []);
    rows.forEach((row, at) => {
      let column = 0;
      for (const cell of row.cells) {
        while (grid[at][column]) {
          column += 1;
        }
        for (let down = 0; down < cell.rowSpan && at + down < rows.length; down += 1) {
          for (let across = 0; across < cell.colSpan; across += 1) {
            grid[at + down][column + across] = cell;
          }
        }
      }
    });
    return grid;
  }

  function joined(cells) {
    return [...new Set(cells)].map(wordsOf).filter(Boolean).join(", ");
  }

  // Address -> its place in the table, the names of its row and column, and its text.
  function numbersOf(table) {
    const heads = laidOut([...table.tHead.rows]);
    const found = new Map();
    laidOut([...table.tBodies[0].rows]).forEach((row) => {
      row.forEach((cell, column) => {
        const link = cell.tagName === "TD" && cell.querySelector("a[href]");
        if (link) {
          const address = link.getAttribute("href").split("/").pop().replace(".html#", "/").replaceAll(".", "/");
          const name = joined(row.filter((each) => each.tagName === "TH"));
          const measure = joined(heads.map((level) => level[column]).filter(Boolean));
          // Not squeezed: the text is that of the cell, with its non-breaking spaces.
          found.set(address, { order: found.size, name, measure, text: cell.textContent });
        }
      });
    });
    return found;
  }

  // The marks in the order of the table, each with the lines that its box says.
  function marksOf(drawing, numbers) {
    const marks = [...drawing.querySelectorAll("[data-adresse]")].map((shape) => {
      const own = shape.dataset;
      const lines = own.adresse.split(" ").map((address) => numbers.get(address)).filter(Boolean);
      if (own.tekst) {
        lines.push({ order: numbers.size, name: own.navn, measure: own.mal, text: own.tekst });
      }
      return { shape, lines };
    });
    return marks.filter((mark) => mark.lines.length).sort((a, b) => a.lines[0].order - b.lines[0].order);
  }

  // Of a drawing in two widths the marks that can be seen: those of the one that is shown.
  function seen(marks) {
    return marks.filter((mark) => mark.shape.getClientRects().length > 0);
  }

  // ------------------------------------------------------------------------------ places

  // Where a mark is on the screen: the two ends of a line, or the box of anything else.
  function placeOf(shape) {
    const box = shape.getBoundingClientRect();
    if (shape.tagName !== "path" || shape.getAttribute("fill") !== "none") {
      return { box };
    }
    const on = shape.getScreenCTM();
    const ends = [0, shape.getTotalLength()].map((at) => shape.getPointAtLength(at).matrixTransform(on));
    return { box, ends };
  }

  function distance(place, x, y) {
    if (!place.ends) {
      const { left, right, top, bottom } = place.box;
      return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
    }
    const [a, b] = place.ends;
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const share = ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1);
    const at = Math.min(1, Math.max(0, share));
    return Math.hypot(x - a.x - at * dx, y - a.y - at * dy);
  }

  // Of marks that lie on each other the smallest: a dot on a bar, and a bar within a bar.
  function nearest(marks, x, y, most) {
    let best = null;
    for (const mark of marks) {
      const place = placeOf(mark.shape);
      const far = distance(place, x, y);
      const size = place.ends ? 0 : place.box.width * place.box.height;
      if (far <= most && (!best || far < best.far - 0.01 || (far < best.far + 0.01 && size < best.size))) {
        best = { mark, far, size };
      }
    }
    return best && best.mark;
  }

  // The corners of a ring around a mark, on the screen.
  function corners(place) {
    if (!place.ends) {
      const { left, right, top, bottom } = place.box;
      return [[left - PAD, top - PAD], [right + PAD, top - PAD], [right + PAD, bottom + PAD], [left - PAD, bottom + PAD]];
    }
    const [a, b] = place.ends;
    const long = Math.hypot(b.x - a.x, b.y - a.y) || 1;
    const [x, y] = [((b.y - a.y) / long) * PAD, (-(b.x - a.x) / long) * PAD];
    return [[a.x + x, a.y + y], [b.x + x, b.y + y], [b.x - x, b.y - y], [a.x - x, a.y - y]];
  }

  function ringAround(svg, place) {
    const back = svg.getScreenCTM().inverse();
    const points = corners(place).map(([x, y]) => new DOMPoint(x, y).matrixTransform(back));
    const path = "M" + points.map((p) => p.x.toFixed(1) + " " + p.y.toFixed(1)).join("L") + "Z";
    const ring = document.createElementNS(NS, "g");
    ring.setAttribute("class", "kg-ring");
    for (const kind of ["kg-ring-ut", "kg-ring-inn"]) {
      const line = document.createElementNS(NS, "path");
      line.setAttribute("class", kind);
      line.setAttribute("d", path);
      ring.append(line);
    }
    svg.append(ring);
    return ring;
  }

  // ------------------------------------------------------------------------------ the box

  const box = element("div", "", "kg-sprett kg-tallboks");
  // What it says is told in words (by keys), and stands in the table.
  box.setAttribute("aria-hidden", "true");
  box.hidden = true;
  let shown = null;
  let ring = null;
  let timer = 0;
  // Whether keys have opened the box: a pointer that happens to lie there does not close it.
  let keyed = false;

  function hide() {
    window.clearTimeout(timer);
    box.hidden = true;
    keyed = false;
    if (ring) {
      ring.remove();
    }
    ring = shown = null;
  }

  function later() {
    window.clearTimeout(timer);
    if (!keyed) {
      timer = window.setTimeout(hide, WAIT_OUT);
    }
  }

  function fill(mark) {
    const names = [...new Set(mark.lines.map((line) => line.name))];
    box.replaceChildren(...names.map((name) => element("p", name, "kg-tallboks-navn")));
    for (const line of mark.lines) {
      const row = element("p", line.measure ? line.measure + ": " : "");
      row.append(element("span", line.text, "kg-tallboks-tall"));
      box.append(row);
    }
  }

  // Beside what is wide and above what is high, so that the box lies on no neighbour's way.
  function put(at) {
    const [wide, high] = [box.offsetWidth, box.offsetHeight];
    const [most, low] = [document.documentElement.clientWidth - wide - 8, window.innerHeight - high - 8];
    const beside = at.width > at.height && at.right + 8 <= most;
    const left = beside ? at.right + 8 : Math.max(8, Math.min((at.left + at.right - wide) / 2, most));
    const above = at.top - high - 8;
    const top = beside ? Math.max(8, Math.min((at.top + at.bottom - high) / 2, low)) : above >= 8 ? above : at.bottom + 8;
    box.style.left = window.scrollX + left + "px";
    box.style.top = window.scrollY + top + "px";
  }

  function show(mark) {
    if (shown === mark) {
      return;
    }
    hide();
    const place = placeOf(mark.shape);
    fill(mark);
    box.hidden = false;
    put(place.box);
    ring = ringAround(mark.shape.ownerSVGElement, place);
    shown = mark;
  }

  function tell(mark, at, count) {
    const names = [...new Set(mark.lines.map((line) => line.name))];
    const said = mark.lines.map((line) => (line.measure ? line.measure + ": " : "") + line.text);
    const live = document.getElementById("kg-melding");
    if (live) {
      live.textContent = [...names, ...said].filter(Boolean).join(", ") + ". Tall " + (at + 1) + " av " + count + ".";
    }
  }

  // ------------------------------------------------------------------------------ a drawing

  // A mark may lie outside a frame that scrolls sideways, or outside the window.
  function intoView(frame, mark) {
    const [own, all] = [mark.shape.getBoundingClientRect(), frame.getBoundingClientRect()];
    if (own.left < all.left + PAD || own.right > all.right - PAD) {
      frame.scrollLeft += (own.left + own.right - all.left - all.right) / 2;
    }
    if (own.top < 0 || own.bottom > window.innerHeight) {
      window.scrollBy(0, (own.top + own.bottom - window.innerHeight) / 2);
    }
  }

  function byKeys(frame, all) {
    let at = -1;
    frame.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) {
        return;
      }
      const marks = seen(all);
      const last = marks.length - 1;
      if (FORWARD.includes(event.key)) {
        at = Math.min(at + 1, last);
      } else if (BACK.includes(event.key)) {
        at = Math.max(at - 1, 0);
      } else if (event.key === "Home" || event.key === "End") {
        at = event.key === "Home" ? 0 : last;
      } else {
        return;
      }
      event.preventDefault();
      intoView(frame, marks[at]);
      show(marks[at]);
      keyed = true;
      frame.classList.add(WALKING);
      tell(marks[at], at, marks.length);
    });
    frame.addEventListener("blur", () => {
      at = -1;
      frame.classList.remove(WALKING);
      if (shown && all.includes(shown)) {
        hide();
      }
    });
  }

  function byPointer(frame, marks) {
    frame.addEventListener("pointermove", (event) => {
      // When the page scrolls below a pointer at rest, browsers say that it moves, by nothing.
      if (event.pointerType === "touch" || (keyed && !event.movementX && !event.movementY)) {
        return;
      }
      const mark = nearest(seen(marks), event.clientX, event.clientY, NEAR[event.pointerType] || NEAR.mouse);
      if (mark === shown && mark) {
        window.clearTimeout(timer);
      } else if (mark) {
        window.clearTimeout(timer);
        timer = window.setTimeout(() => show(mark), WAIT_IN);
      } else {
        later();
      }
    });
    frame.addEventListener("pointerleave", (event) => {
      if (event.pointerType !== "touch") {
        later();
      }
    });
    frame.addEventListener("click", (event) => {
      const mark = nearest(seen(marks), event.clientX, event.clientY, NEAR[event.pointerType] || NEAR.touch);
      if (mark) {
        show(mark);
      } else {
        hide();
      }
    });
    frame.addEventListener("scroll", () => {
      // A walk by keys scrolls the frame too, and then shows its mark again.
      if (shown) {
        put(placeOf(shown.shape).box);
      }
    });
  }

  function prepare(item, number) {
    const frame = item.querySelector(".kg-tegning");
    const table = item.querySelector(".kg-ramme table");
    const marks = frame && table ? marksOf(frame, numbersOf(table)) : [];
    if (!marks.length) {
      return;
    }
    const keys = element("p", "Piltastene går fra tall til tall i tegningen. Escape lukker.", "kg-taster");
    keys.id = "kg-taster-" + number;
    frame.after(keys);
    frame.setAttribute("aria-describedby", keys.id);
    byKeys(frame, marks);
    byPointer(frame, marks);
  }

  document.body.append(box);
  box.addEventListener("pointerenter", () => window.clearTimeout(timer));
  box.addEventListener("pointerleave", later);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      hide();
    }
  });
  document.addEventListener("pointerdown", (event) => {
    if (shown && !event.target.closest(".kg-tegning, .kg-tallboks")) {
      hide();
    }
  });
  // A turned phone may show the other width of a drawing.
  window.addEventListener("resize", hide);
  document.querySelectorAll(".kg-item").forEach(prepare);
})();
