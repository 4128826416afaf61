// Search over the whole site, in the browser: from a folder, from a file server, without network.
// The index (sok-data.js) holds words as they stand; stemming is done here, for index and query alike.
"use strict";
(function (root) {
  const VOWELS = "aeiouyæåø";

  // Snowball's stemmer for Norwegian (bokmål): snowballstem.org/algorithms/norwegian/stemmer.html
  const ENDINGS = ["hetenes", "hetene", "hetens", "heter", "heten", "endes", "ande", "ende", "edes", "enes", "erte",
    "ede", "ane", "ene", "ens", "ers", "ets", "het", "ast", "ert", "en", "ar", "er", "as", "es", "et", "a", "e", "s"];
  const TAILS = ["hetslov", "eleg", "elig", "elov", "slov", "leg", "eig", "lig", "els", "lov", "ig"];

  function regionOne(word) {
    for (let i = 1; i < word.length; i += 1) {
      if (!VOWELS.includes(word[i]) && VOWELS.includes(word[i - 1])) {
        return Math.max(i + 1, 3);
      }
    }
    return word.length;
  }

  function endsWithin(word, ending, start) {
    return word.endsWith(ending) && word.length - ending.length >= start;
  }

  function mayLoseS(word) {
    const before = word[word.length - 2];
    if ("bcdfghjlmnoprtvyz".includes(before)) {
      return true;
    }
    return before === "k" && word.length > 2 && !VOWELS.includes(word[word.length - 3]);
  }

  function stem(word) {
    const start = regionOne(word);
    let found = word;
    const ending = ENDINGS.find((each) => endsWithin(found, each, start));
    if (ending === "erte" || ending === "ert") {
      found = found.slice(0, found.length - ending.length) + "er";
    } else if (ending === "s") {
      found = mayLoseS(found) ? found.slice(0, -1) : found;
    } else if (ending) {
      found = found.slice(0, found.length - ending.length);
    }
    if (endsWithin(found, "dt", start) || endsWithin(found, "vt", start)) {
      found = found.slice(0, -1);
    }
    const tail = TAILS.find((each) => endsWithin(found, each, start));
    return tail ? found.slice(0, found.length - tail.length) : found;
  }

  // «Grunerlokka» finds «Grünerløkka»: letters that a foreign keyboard lacks are read as their neighbours.
  function plain(text) {
    return text.toLowerCase().normalize("NFC").replace(/ü/g, "u").replace(/é|è|ê/g, "e").replace(/ö/g, "ø").replace(/ä/g, "æ");
  }

  function bare(text) {
    return text.replace(/ø/g, "o").replace(/å/g, "a").replace(/æ/g, "ae");
  }

  function words(text) {
    return plain(text).match(/[0-9a-zæøå]+/g) || [];
  }

  // Stem -> [document, weight] pairs, made once from the words of the index.
  function prepare(data) {
    const index = new Map();
    for (const [word, places] of Object.entries(data.ord)) {
      const key = stem(word);
      const held = index.get(key) || new Map();
      for (let i = 0; i < places.length; i += 2) {
        held.set(places[i], (held.get(places[i]) || 0) + places[i + 1]);
      }
      index.set(key, held);
    }
    const loose = new Map();
    for (const key of index.keys()) {
      const without = bare(key);
      loose.set(without, [...(loose.get(without) || []), key]);
    }
    return { data, index, loose };
  }

  // How well a stem of the index fits one of the query: itself, its beginning, or a part of a compound word.
  function fit(key, wanted, last) {
    if (key === wanted) {
      return 1;
    }
    if (wanted.length >= 3 && key.startsWith(wanted)) {
      return last ? 0.6 : 0.4;
    }
    return wanted.length >= 4 && key.includes(wanted) ? 0.25 : 0;
  }

  function matches(ready, wanted, last) {
    const found = new Map();
    const total = ready.data.sider.length;
    const alike = (ready.loose.get(bare(wanted)) || []).filter((key) => key !== wanted);
    for (const [key, places] of ready.index) {
      const quality = alike.includes(key) ? 0.9 : fit(key, wanted, last);
      if (quality > 0) {
        const rarity = Math.log(1 + total / places.size);
        for (const [at, weight] of places) {
          const score = quality * rarity * (1 + Math.log(weight));
          found.set(at, Math.max(found.get(at) || 0, score));
        }
      }
    }
    return found;
  }

  // Every word of the query must be found; «figur 26» is the item itself before all that mentions it.
  function search(ready, query) {
    const asked = words(query);
    if (asked.length === 0) {
      return [];
    }
    let hits = null;
    asked.forEach((word, at) => {
      const found = matches(ready, stem(word), at === asked.length - 1);
      if (hits === null) {
        hits = found;
      } else {
        hits = new Map([...hits].filter(([page]) => found.has(page)).map(([page, s]) => [page, s + found.get(page)]));
      }
    });
    const label = asked.join(" ");
    return [...hits]
      .map(([at, score]) => {
        const page = ready.data.sider[at];
        const named = page.nr && plain(page.nr) === label ? 1000 : 0;
        const titled = words(page.tittel).join(" ") === label ? 100 : 0;
        // A long page mentions most words once: what is short and says them is nearer.
        const length = 1 + Math.log(1 + page.tekst.length / 2000);
        return { page, score: score / length + named + titled };
      })
      .sort((a, b) => b.score - a.score || a.page.lenke.localeCompare(b.page.lenke));
  }

  // The words around the first hit, as plain text.
  function excerpt(page, query) {
    const stems = words(query).map(stem);
    const all = page.tekst.split(" ");
    const hit = all.findIndex((word) => words(word).some((each) => stems.some((s) => stem(each).startsWith(s))));
    const from = Math.max(0, hit - 12);
    const shown = all.slice(from, from + 34).join(" ");
    return (from > 0 ? "… " : "") + shown + (from + 34 < all.length ? " …" : "");
  }

  const api = { stem, words, prepare, search, excerpt };
  if (typeof module !== "undefined" && module.exports) {
    module.exports = api;
  }
  root.KgSok = api;
})(typeof window === "undefined" ? globalThis : window);
