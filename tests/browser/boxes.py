"""How a page lies on the screen, measured by the boxes of its parts."""

# Drawings and tables that are cut, boxes that scroll inside the page, words that lie on each other
# in a drawing, words that are hidden by their own box, words and numbers that are broken on two
# lines without a hyphen, and the size of the smallest words.
BOXES = """() => {
  const words = (e) => e.textContent.trim().slice(0, 60);
  const style = (e) => getComputedStyle(e);
  const seen = (e) => e.checkVisibility({ visibilityProperty: true });
  const wide = document.documentElement.clientWidth;
  // The part of the screen that an element may be seen in: the window, and boxes that clip.
  const frame = (e) => {
    let [left, right] = [0, wide];
    for (let at = e.parentElement; at && at !== document.body; at = at.parentElement) {
      if (!['visible', ''].includes(style(at).overflowX)) {
        const box = at.getBoundingClientRect();
        [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
      }
    }
    return { left, right };
  };
  const outside = (box, at) => box.width && (box.left < at.left - 1 || box.right > at.right + 1);

  const [drawings, overlaps] = [[], []];
  let count = 0;
  for (const svg of document.querySelectorAll('main svg')) {
    const at = frame(svg);
    const texts = [...svg.querySelectorAll('text')].filter(seen);
    if (!seen(svg) || !svg.getBoundingClientRect().width) continue;
    count += 1;
    const boxes = texts.map((t) => t.getBoundingClientRect());
    const cut = texts.filter((t, n) => outside(boxes[n], at));
    if (outside(svg.getBoundingClientRect(), at) || cut.length) {
      drawings.push([svg.closest('[id]')?.id, ...cut.slice(0, 3).map(words)]);
    }
    // The ink of a line is less high than its box.
    const ink = boxes.map((b) => [b.left, b.right, b.top + b.height / 5, b.bottom - b.height / 5]);
    ink.forEach(([l, r, t, b], one) => ink.slice(0, one).forEach(([l2, r2, t2, b2], other) => {
      if (Math.min(r, r2) - Math.max(l, l2) > 1 && Math.min(b, b2) - Math.max(t, t2) > 0) {
        overlaps.push([svg.closest('[id]')?.id, words(texts[one]), words(texts[other])]);
      }
    }));
  }

  const tables = [...document.querySelectorAll('main table')].filter(seen).filter((table) => {
    const box = table.closest('.kg-ramme');
    if (!box) return outside(table.getBoundingClientRect(), frame(table));
    if (box.scrollHeight > box.clientHeight + 1) return true;
    // One that goes sideways keeps the names of its rows, and can be reached.
    const first = table.querySelector('tbody tr > :first-child');
    const names = !first || style(first).position === 'sticky';
    const grouped = table.querySelector('th[scope="rowgroup"]');
    const goes = box.scrollWidth > box.clientWidth + 1;
    return goes && !(style(box).overflowX === 'auto' && box.tabIndex === 0 && (names || grouped));
  }).map((table) => table.closest('[id]')?.id);

  const [inner, hidden, sizes] = [[], [], new Map()];
  for (const e of document.querySelectorAll('main *')) {
    if (e.closest('svg, .kg-skjult, .kg-forbi, .kg-taster') || !seen(e)) continue;
    const { overflowX, overflowY } = style(e);
    const [high, long] = [e.scrollHeight > e.clientHeight + 1, e.scrollWidth > e.clientWidth + 1];
    if (high && ['auto', 'scroll'].includes(overflowY)) inner.push(words(e));
    if (long && ['hidden', 'clip'].includes(overflowX)) hidden.push(words(e));
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (sizes.has(e) || !walker.currentNode.data.trim()) continue;
    if (e.closest('script, style, noscript, title, desc, .kg-skjult') || !seen(e)) continue;
    const scale = e.closest('svg') ? e.getScreenCTM().a : 1;
    if (e.getClientRects().length) sizes.set(e, parseFloat(style(e).fontSize) * scale);
  }
  // Parts of addresses may be broken anywhere.
  const broken = [];
  const alone = /(?<![\\p{L}\\d/.:_?=&%-])(\\p{L}{7,}|\\d[\\d\u00a0]{3,}\\d)(?![\\p{L}\\d/_=?-])/gu;
  const range = document.createRange();
  for (const e of sizes.keys()) {
    if (e.closest('svg, pre, code, .kg-taster, .kg-fil')) continue;
    const hyphens = style(e).hyphens === 'auto';
    for (const text of [...e.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)) {
      for (const word of text.data.matchAll(alone)) {
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const tops = [...range.getClientRects()].map((box) => Math.round(box.top));
        if (new Set(tops).size > 1 && !(hyphens && /\\p{L}/u.test(word[0]))) broken.push(word[0]);
      }
    }
  }
  const smallest = [...sizes].reduce((least, one) => (one[1] < least[1] ? one : least));
  return { count, drawings, tables, overlaps, inner, hidden, broken,
    smallest: [Math.round(smallest[1] * 10) / 10, words(smallest[0])],
    sideways: document.documentElement.scrollWidth - wide };
}"""
