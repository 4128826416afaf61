// Search over the whole site, in the browser: from a folder, from a file server, without network.
// sok-data.js brings the texts of the pages; how words are read is decided here, for texts and question alike.
"use strict";
(function (root) {
  const VOWELS = "aeiouyæåø";

  // Snowball's stemmer for Norwegian (bokmål), snowballstem.org/algorithms/norwegian/stemmer.html, and the forms of
  // those who do something: «mottaker», «mottakere» and «mottakerne» are one word. «Husleieloven» is none of husleie.
  const ENDINGS = ["hetenes", "ernes", "erens", "hetene", "hetens", "heter", "heten", "endes", "ande", "ende", "edes", "enes", "erte",
    "erne", "eren", "eres", "ere", "ede", "ane", "ene", "ens", "ers", "ets", "het", "ast", "ert", "en", "ar", "er", "as", "es", "et", "a", "e", "s"];
  const LONGEST_FIRST = [...ENDINGS].sort((one, other) => other.length - one.length);
  const TAILS = ["eleg", "elig", "leg", "eig", "lig", "els", "ig"];

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
    let rest = word;
    const ending = LONGEST_FIRST.find((one) => endsWithin(rest, one, start));
    if (ending === "erte" || ending === "ert") {
      rest = rest.slice(0, rest.length - ending.length) + "er";
    } else if (ending === "s") {
      rest = mayLoseS(rest) ? rest.slice(0, -1) : rest;
    } else if (ending) {
      rest = rest.slice(0, rest.length - ending.length);
    }
    if (endsWithin(rest, "dt", start) || endsWithin(rest, "vt", start)) {
      rest = rest.slice(0, -1);
    }
    const tail = TAILS.find((one) => endsWithin(rest, one, start));
    return tail ? rest.slice(0, rest.length - tail.length) : rest;
  }

  // ------------------------------------------------------------------------------ words and numbers

  // «Grunerlokka» and «Gruenerloekka» are «Grünerløkka»: letters that a keyboard may lack are read as their neighbours.
  const ALIKE = { ø: "o", ö: "o", å: "a", æ: "e", ä: "e", ü: "u", é: "e", è: "e", ê: "e", oe: "o", aa: "a", ae: "e", ue: "u" };

  function folded(word) {
    return word.replace(/[øöåæäüéèê]|oe|aa|ae|ue/g, (letters) => ALIKE[letters]);
  }

  function plain(text) {
    return text.toLowerCase().normalize("NFC");
  }

  // A figure by its number, a number with the spaces within it, or a word. In a question any space may be one of
  // those; in the texts only the hard ones are.
  const ITEM = "(fig|figur|tab|tabell|kap|kapittel)\\.?[ \\u00a0]*(\\d+(?:\\.\\d+)*)(?![\\d\\u00a0]*\\d)";
  const SECTION = "\\d+(?:\\.\\d+){2,}";
  const numbers = (space) => "\\d{1,3}(?:" + space + "\\d{3})+(?!\\d)(?:,\\d+)?|\\d+(?:[,.]\\d+)?";
  const reader = (space) => new RegExp([ITEM, SECTION, numbers(space), "[a-z0-9æøåöäüéèê]+"].join("|"), "g");
  const IN_TEXT = reader("[\\u00a0\\u202f]");
  const IN_QUESTION = reader("[\\u00a0\\u202f .]");
  const LONG = { fig: "figur", tab: "tabell", kap: "kapittel" };

  // Of «Figur 26» and «fig26» one word, «figur 26»; of «1 197,5» one number, «1197,5».
  function words(text, pattern = IN_TEXT) {
    return [...plain(text).matchAll(pattern)].map(([word, kind, count]) => {
      if (kind) {
        return (LONG[kind] || kind) + " " + count;
      }
      if (!/^\d[\d\s.,]*$/.test(word)) {
        return word;
      }
      const number = word.replace(/\s/g, "");
      if (pattern === IN_QUESTION && /^\d{1,3}(\.\d{3})+$/.test(number)) {
        return number.replace(/\./g, "");
      }
      return /^\d+\.\d+$/.test(number) ? number.replace(".", ",") : number;
    });
  }

  function isNumber(word) {
    return /\d/.test(word);
  }

  // A word as it is compared: its stem, in the letters that every keyboard has.
  function key(word) {
    return isNumber(word) ? word : folded(stem(word));
  }

  function keysOf(text) {
    return words(text, IN_QUESTION).map(key);
  }

  // Keys in a row, so that one row can be looked for in another.
  function row(keys) {
    return " " + keys.join(" ") + " ";
  }

  // ------------------------------------------------------------------------------ what is searched

  const FIELDS = ["gruppe", "nr", "tittel", "under", "lenke", "sted", "tekst"];
  const WEIGHTS = { nr: 12, tittel: 6, under: 4, sted: 1, tekst: 1, tall: 1 };

  // Reads the compressed index; rejects in a browser that cannot.
  async function unpack(packed) {
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return prepare(JSON.parse(await new Response(stream).text()));
  }

  function prepare(data) {
    const pages = data.sider.map((values) => Object.fromEntries(values.map((value, at) => [FIELDS[at], value])));
    const titles = new Map();
    for (const page of pages) {
      // What an item has numbers of, also where its drawing alone shows them.
      page.tall = [...new Set((data.tall[page.lenke] || []).flatMap(([, label]) => label.split(", ")))].join(", ");
      titles.set(page.tittel, (titles.get(page.tittel) || 0) + 1);
    }
    for (const page of pages) {
      // «Hovedpunkter» says nothing without its chapter.
      const place = titles.get(page.tittel) > 1 ? " (" + page.sted + ")" : "";
      page.navn = (page.nr ? page.nr + ": " : "") + page.tittel + place;
      page.name = row(keysOf(page.nr));
      page.title = row(words(page.tittel.replace(/^[\d.]+ /, "")).map(key));
      page.isWhole = page.tittel === page.sted;
    }
    const [small, corrections] = [data.fyllord, data.om_rettelser].map((text) => words(text));
    return {
      pages,
      ...vocabularyOf(pages),
      small: new Set(small),
      corrections: corrections.map(key),
      groups: data.likeord.map((group) => group.map((phrase) => ({ words: words(phrase, IN_QUESTION), keys: keysOf(phrase) }))),
      unanswered: data.ubesvart.map((question) => ({ ...question, ord: question.ord.map((line) => line.map(keysOf)) })),
      numbers: Object.entries(data.tall).flatMap(([page, rows]) =>
        rows.map(([shown, label, anchor, atHand, estimate]) =>
          ({ page, shown, label, anchor, atHand, estimate, number: words(shown).find(isNumber) }))),
      known: new Map(),
    };
  }

  // The words of all pages, with the weight that they have on each.
  function vocabularyOf(pages) {
    const entries = new Map();
    const lengths = pages.map((page, at) => {
      const keys = [];
      for (const [field, weight] of Object.entries(WEIGHTS)) {
        for (const word of words(page[field])) {
          if (!entries.has(word)) {
            entries.set(word, { word, bare: folded(word), key: key(word), stem: stem(word), places: new Map() });
          }
          const entry = entries.get(word);
          entry.places.set(at, (entry.places.get(at) || 0) + weight);
          keys.push(entry.key);
        }
      }
      page.keys = row(keys);
      return keys.length;
    });
    const [byKey, byBare] = [new Map(), new Map()];
    for (const entry of entries.values()) {
      byBare.set(entry.bare, entry);
      // Of a word's forms the most common one is shown.
      if (!byKey.has(entry.key) || byKey.get(entry.key).places.size < entry.places.size) {
        byKey.set(entry.key, entry);
      }
    }
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    return { vocabulary: [...entries.values()], byKey, byBare, stretches: lengths.map((length) => length / mean) };
  }

  // ------------------------------------------------------------------------------ how well a word fits

  // A word said ten times says little more than one said thrice, and a long page says most words.
  const SATURATION = 1.2;
  const LENGTH = 0.6;
  const SAME = 0.9;
  const EDGE = 0.55;
  const MIDDLE = 0.3;
  const GUESS = 0.8;

  // Letters to change, add, drop or swap with their neighbour to make one word of the other; `most` + 1 if more.
  function distance(one, other, most) {
    if (Math.abs(one.length - other.length) > most) {
      return most + 1;
    }
    let before = [];
    let last = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let i = 1; i <= one.length; i += 1) {
      const costs = [i];
      for (let j = 1; j <= other.length; j += 1) {
        const change = last[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1);
        costs[j] = Math.min(change, last[j] + 1, costs[j - 1] + 1);
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
          costs[j] = Math.min(costs[j], before[j - 2] + 1);
        }
      }
      if (Math.min(...costs) > most) {
        return most + 1;
      }
      before = last;
      last = costs;
    }
    return last[other.length];
  }

  // A word of the texts against one of the question: itself, its beginning, or a part of a compound word.
  function fit(entry, wanted) {
    if (entry.key === wanted.key || entry.bare === wanted.bare) {
      return entry.stem === wanted.stem ? 1 : SAME;
    }
    if (isNumber(wanted.word) || isNumber(entry.word) || wanted.key.length < 4) {
      return 0;
    }
    if (entry.bare.startsWith(wanted.key) || entry.key.endsWith(wanted.key) || entry.bare.endsWith(wanted.bare)) {
      return EDGE;
    }
    return wanted.key.length >= 6 && entry.key.includes(wanted.key) ? MIDDLE : 0;
  }

  // Words of the texts that a misspelt one may be, and how many letters off: one for short words, two for longer.
  function misspelt(ready, wanted) {
    const most = wanted.bare.length < 4 || isNumber(wanted.word) ? 0 : wanted.bare.length < 8 ? 1 : 2;
    for (let off = 1; off <= most; off += 1) {
      const near = ready.vocabulary.filter((entry) => !isNumber(entry.word) && distance(entry.bare, wanted.bare, off) <= off);
      if (near.length > 0) {
        return { near, off };
      }
    }
    return { near: [], off: 0 };
  }

  // Where one word of the question stands: page -> how much it is said there, from 0 to about 2; the pages that have
  // it as it stands; and, if it is misspelt, what it may mean and how many letters off that is.
  function findWord(ready, word) {
    if (!ready.known.has(word)) {
      ready.known.set(word, lookUp(ready, { word, bare: folded(word), key: key(word), stem: isNumber(word) ? word : stem(word) }));
    }
    return ready.known.get(word);
  }

  function lookUp(ready, wanted) {
    let fitting = ready.vocabulary.map((entry) => [entry, fit(entry, wanted)]).filter(([, quality]) => quality > 0);
    const { near, off } = fitting.length > 0 ? { near: [], off: 0 } : misspelt(ready, wanted);
    const common = near.reduce((best, entry) => (best && best.places.size >= entry.places.size ? best : entry), null);
    fitting = [...fitting, ...near.map((entry) => [entry, GUESS])];
    const isKnown = fitting.some(([, quality]) => quality >= SAME);
    const [places, pages] = [new Map(), new Set()];
    for (const [entry, quality] of fitting) {
      for (const [at, weight] of entry.places) {
        const stretch = 1 - LENGTH + LENGTH * ready.stretches[at];
        const score = quality * weight * (SATURATION + 1) / (weight + SATURATION * stretch);
        places.set(at, Math.max(places.get(at) || 0, score));
        if (quality >= SAME || !isKnown) {
          pages.add(at);
        }
      }
    }
    return { places, pages, off, meant: common ? common.word : "" };
  }

  // «barnehusholdninger» is barn and husholdninger: parts that the texts know, joined by e or s or nothing. Where
  // they know one part only, that one.
  function partsOf(ready, word) {
    const bare = folded(word);
    let best = { balance: 4, parts: [] };
    for (let at = 3; at <= bare.length - 3; at += 1) {
      const joint = "es".includes(bare[at - 1]) && at > 3 ? ready.byBare.get(bare.slice(0, at - 1)) : null;
      const ends = [ready.byBare.get(bare.slice(0, at)) || joint, ready.byKey.get(key(bare.slice(at)))];
      const parts = ends.filter((part) => part && !isNumber(part.word) && part.bare.length >= 3);
      // Both parts before one, and then the cut whose shorter part is the longest.
      const balance = Math.min(...parts.map((part) => part.bare.length)) + (parts.length > 1 ? bare.length : 0);
      if (parts.length > 0 && balance > best.balance) {
        best = { balance, parts: parts.map((part) => part.word) };
      }
    }
    return best.parts;
  }

  // ------------------------------------------------------------------------------ the question

  const APART = 0.7;
  const ONE_PART = 0.35;
  const SYNONYM = 0.7;

  function standsAt(keys, at, phrase) {
    return phrase.length > 0 && phrase.every((part, i) => keys[at + i] === part);
  }

  // The known phrases that the question says at a place, those with most words: [group, phrase].
  function phrasesAt(ready, keys, at) {
    const all = ready.groups.flatMap((group) => group.filter((phrase) => standsAt(keys, at, phrase.keys)).map((phrase) => [group, phrase]));
    const size = Math.max(0, ...all.map(([, phrase]) => phrase.keys.length));
    return { size, same: all.filter(([, phrase]) => phrase.keys.length === size) };
  }

  // «bo støtte» is bostøtte, and «boligsosial lov» is boligsosialloven.
  function isCompound(ready, pair) {
    if (pair.length < 2 || pair.some((word) => ready.small.has(word) || isNumber(word))) {
      return false;
    }
    const known = ready.byKey.get(key(pair.join("")));
    return known !== undefined && known.bare.startsWith(folded(pair.join("")));
  }

  // The question as terms: a word or a known phrase, each with where it is found.
  function read(ready, query) {
    const all = words(query, IN_QUESTION);
    const keys = all.map(key);
    const terms = [];
    let wantsCorrections = false;
    for (let at = 0; at < all.length;) {
      const { size, same } = phrasesAt(ready, keys, at);
      const pair = all.slice(at, at + 2);
      let taken = 1;
      if (ready.corrections.includes(keys[at])) {
        wantsCorrections = true;
      } else if (size < 2 && isCompound(ready, pair)) {
        terms.push(termOf(ready, pair, [{ words: [pair.join("")], quality: 1 }, { words: pair, quality: SAME }]));
        taken = 2;
      } else if (size > 1 || !ready.small.has(all[at])) {
        taken = Math.max(1, size);
        terms.push(termOf(ready, all.slice(at, at + taken), waysOf(ready, all.slice(at, at + taken), same)));
      }
      at += taken;
    }
    if (terms.length === 0 && !wantsCorrections) {
      terms.push(...all.map((word) => termOf(ready, [word], [{ words: [word], quality: 1 }])));
    }
    return { words: all, keys, terms, wantsCorrections };
  }

  // What may be said for it: words, how much they count, and `phrase` where they must stand together.
  function waysOf(ready, own, same) {
    const ways = [{ words: own, quality: 1 }];
    if (own.length > 1) {
      // A known phrase is one where its words stand together; apart, its words that say something count less.
      const telling = own.filter((word) => !ready.small.has(word));
      ways[0].phrase = own.map(key);
      ways.push(...(telling.length > 0 ? [{ words: telling, quality: APART }] : []));
    } else if (own[0].length >= 7 && !isNumber(own[0])) {
      ways.push(...cutsOf(ready, own[0]));
    }
    for (const [group, phrase] of same) {
      const others = group.filter((other) => other.keys.join(" ") !== phrase.keys.join(" "));
      ways.push(...others.map((other) => ({ words: other.words, quality: SYNONYM, phrase: other.keys })));
    }
    // «1.197» is a thousand or a decimal.
    const [, thousands, rest] = /^(\d{1,3}),(\d{3})$/.exec(own[0]) || [];
    return thousands ? [...ways, { words: [thousands + rest], quality: 1 }] : ways;
  }

  function cutsOf(ready, word) {
    const { pages, off } = findWord(ready, word);
    // A word that many pages have is no word to take apart.
    const parts = pages.size < ready.pages.length / 20 ? partsOf(ready, word) : [];
    if (parts.length > 1) {
      return [{ words: parts, quality: APART }];
    }
    return parts.length > 0 && (pages.size === 0 || off > 1) ? [{ words: parts, quality: ONE_PART }] : [];
  }

  // How rare a word is among the pages, which is how much it tells.
  function rarityOf(ready, count) {
    return Math.log(1 + ready.pages.length / Math.max(1, count));
  }

  // Page -> how much one way of saying it is said there, and the pages that have the words as they stand.
  function findWay(ready, way) {
    const finds = way.words.map((word) => findWord(ready, word));
    const scores = new Map();
    for (const page of new Set(finds.flatMap((find) => [...find.places.keys()]))) {
      const parts = finds.map((find) => find.places.get(page) || 0);
      const isComplete = parts.every((score) => score > 0);
      const isTogether = !way.phrase || (isComplete && (way.phrase.length < 2 || ready.pages[page].keys.includes(row(way.phrase))));
      if (isTogether) {
        const mean = parts.reduce((sum, score) => sum + score, 0) / parts.length;
        scores.set(page, way.quality * mean * (isComplete ? 1 : 0.5));
      }
    }
    const exact = [...scores.keys()].filter((page) => finds.every((find) => find.pages.has(page)));
    return {
      ...way, scores, exact: exact.length > 0 ? exact : [...scores.keys()],
      off: Math.max(...finds.map((find) => find.off)), meant: finds[0].meant,
    };
  }

  // A guess at a misspelt word is made for what was asked only, and where nothing nearer is known that it may mean.
  function withoutGuesses([first, ...others]) {
    const sure = others.filter((way) => way.off === 0);
    if (first.off === 0) {
      return [first, ...sure];
    }
    return sure.some((way) => way.phrase || (way.words.length > 1 && first.off > 1)) ? sure : [first];
  }

  function termOf(ready, own, all) {
    const tried = all.map((way) => findWay(ready, way));
    const ways = withoutGuesses(tried);
    const everywhere = rarityOf(ready, new Set(ways.flatMap((way) => way.exact)).size);
    // Where the report has another word than the reader, that is the word.
    const synonymy = tried[0].scores.size === 0 ? 1 / SYNONYM : 1;
    const scores = new Map();
    let rarity = 0;
    for (const way of ways.filter(({ scores: pages }) => pages.size > 0)) {
      const rare = rarityOf(ready, way.exact.length);
      // Another word for it tells hardly more than all of them together do.
      const tells = way.phrase ? (rare + everywhere) / 2 * synonymy : rare;
      for (const [page, score] of way.scores) {
        scores.set(page, Math.max(scores.get(page) || 0, score * tells));
      }
      rarity = Math.max(rarity, tells * way.quality);
    }
    return {
      words: own.join(" "), key: own.map(key).join(" "), ways, scores, rarity: rarity || rarityOf(ready, 1),
      meant: ways.includes(tried[0]) ? tried[0].meant : "",
    };
  }

  // ------------------------------------------------------------------------------ the answers

  const [BYDELER, CORRECTIONS] = ["Bydeler", "Rettelser og påstander"];
  const GROUP_WEIGHT = { "Figurer og tabeller": 1.25, [BYDELER]: 1.25, Kapitler: 1, Annet: 0.7, [CORRECTIONS]: 0.35 };
  const CORRECTIONS_WANTED = 2;
  // All bydeler say the same words: one that is not named stands behind what is about all of them.
  const OTHER_BYDEL = 0.3;
  // What two words add that stand side by side in the question and on the page.
  const CLOSE = 0.5;
  // What a page adds that is called what was asked.
  const TITLE = 5;
  const HAS_NUMBER = 2;
  // An item or a chapter that is named stands before all that mentions it, and nothing else drops out for it.
  const NAMED = 1000;
  // What is less than this share of the best hit is no hit.
  const WORTH_SHOWING = 0.1;
  const YEAR = /^(19|20)\d\d$/;

  // Pages that have most of what was asked, best first; each knows what it lacks.
  function search(ready, query) {
    const asked = read(ready, query);
    const exact = numbersAsked(ready, asked);
    asked.isNumber = exact !== null;
    const withNumber = new Set((exact || []).map((number) => number.page));
    const all = ready.pages.map((page, at) => hitOf(ready, asked, page, at, withNumber)).filter((hit) => hit.score > 0);
    const best = Math.max(0, ...all.map((hit) => hit.score).filter((score) => score < NAMED));
    const hits = all.filter((hit) => hit.score >= best * WORTH_SHOWING);
    hits.sort((one, other) => other.score - one.score || one.page.lenke.localeCompare(other.page.lenke));
    const numbers = exact ? inOrderOf(hits, exact) : numbersOf(ready, asked, hits);
    return { ...asked, hits, numbers, unanswered: unansweredBy(ready, asked) };
  }

  function hitOf(ready, asked, page, at, withNumber) {
    const isWanted = asked.wantsCorrections && page.gruppe === CORRECTIONS;
    const label = labelOf(page);
    const isNamed = asked.words.includes(label) && (!asked.wantsCorrections || page.gruppe === CORRECTIONS);
    const lacks = asked.terms.filter((term) => !term.scores.has(at) && term.words !== label).map((term) => term.words);
    let score = titleBonus(page, asked) + (isWanted ? correctionBonus(ready, page, asked) : 0);
    let [most, covered] = [0, 0];
    asked.terms.forEach((term, i) => {
      const own = term.scores.get(at) || 0;
      const isClose = i > 0 && page.keys.includes(row([asked.terms[i - 1].key, term.key]));
      score += own + (isClose ? CLOSE * term.rarity : 0);
      most += term.rarity;
      covered += own > 0 ? Math.min(term.rarity, (term.rarity + own) / 2) : 0;
    });
    const share = most > 0 ? covered / most : 1;
    const isOther = page.gruppe === BYDELER && !asked.terms.some((term) => page.name.includes(row([term.key])));
    const weight = isWanted ? CORRECTIONS_WANTED : GROUP_WEIGHT[page.gruppe] * share * (isOther ? OTHER_BYDEL : 1);
    score *= share * weight * (withNumber.has(page.lenke) ? HAS_NUMBER : 1);
    return { page, lacks, score: score + (isNamed ? NAMED : 0) };
  }

  // What an item, a section or a correction is called by number: «figur 26», «kapittel 5.1.4», «e12».
  function labelOf(page) {
    const [start] = plain(page.tittel).split(" ");
    const label = plain(page.nr) || (/^[\d.]+$/.test(start) ? "kapittel " + start : start);
    return /^(figur|tabell|kapittel) |^e\d+$/.test(label) ? label : "";
  }

  // A page that is called what was asked, or that has all of it in the title of the whole page, a year apart.
  function titleBonus(page, asked) {
    if ([page.title, page.name].includes(row(asked.terms.map((term) => term.key)))) {
      return TITLE;
    }
    const sought = asked.terms.filter((term) => !YEAR.test(term.words));
    const isInTitle = (term) => term.ways.some((way) => page.title.includes(row(way.words.map(key))));
    return page.isWhole && !page.nr && sought.length > 0 && sought.every(isInTitle) ? TITLE / 2 : 0;
  }

  // Of the corrections and claims the page of all of them comes first, and then that of the first word for them.
  function correctionBonus(ready, page, asked) {
    const isCalled = (word) => page.title.includes(row([word]));
    const isAsked = asked.keys.some((word) => ready.corrections.includes(word) && isCalled(word));
    return 2 + (page.isWhole ? 1 + (isCalled(ready.corrections[0]) ? 1 : 0) + (isAsked ? 2 : 0) : 0);
  }

  function unansweredBy(ready, asked) {
    const isAsked = (phrase) => asked.keys.some((_, at) => standsAt(asked.keys, at, phrase));
    return ready.unanswered.find((question) => question.ord.every((line) => line.some(isAsked)));
  }

  // ------------------------------------------------------------------------------ numbers

  const MOST_NUMBERS = 5;
  const MOST_ITEMS = 3;

  // The number that is asked for, wherever it is published; null where none is.
  function numbersAsked(ready, asked) {
    const isAlone = asked.words.length === 1;
    const all = asked.terms.flatMap((term) => term.ways.map((way) => way.words.join(" ")));
    const exact = all.filter((word) => /^\d[\d,]*$/.test(word) && (isAlone || word.length > 2) && !YEAR.test(word));
    return exact.length > 0 ? ready.numbers.filter(({ number }) => exact.includes(number)) : null;
  }

  // Numbers of the items that fit the question best come first.
  function inOrderOf(hits, all) {
    const rank = new Map(hits.map((hit, at) => [hit.page.lenke, at]));
    return [...all].sort((one, other) => (rank.get(one.page) ?? hits.length) - (rank.get(other.page) ?? hits.length));
  }

  // Numbers of the best items for what the question names in words: a place, a group, a year.
  function numbersOf(ready, asked, hits) {
    if (asked.terms.length < 2) {
      return [];
    }
    const years = asked.terms.filter((term) => YEAR.test(term.words));
    const rest = asked.terms.filter((term) => !years.includes(term));
    const sought = new Set(asked.terms.flatMap((term) => term.ways.flatMap((way) => way.words.map(key))));
    const items = hits.filter((hit) => hit.page.tall).slice(0, MOST_ITEMS).map((hit) => hit.page);
    const fitting = items.flatMap((page) => {
      const around = words(page.under + " " + page.tittel).map(key);
      return ready.numbers.filter((number) => number.page === page.lenke).map((number) => {
        const label = words(number.label);
        const isIn = (keys) => (term) => term.ways.some((way) => way.words.every((word) => keys.has(key(word))));
        const isOfIt = isIn(new Set(label.map(key)));
        return {
          number,
          // Of several years one is enough.
          isWhole: rest.every(isIn(new Set([...around, ...label.map(key)]))) && (years.length === 0 || years.some(isOfIt)),
          named: asked.terms.filter(isOfIt).length,
          besides: label.filter((word) => !ready.small.has(word) && !sought.has(key(word))).length,
        };
      });
    }).filter(({ isWhole, named }) => isWhole && named > 0);
    const most = Math.max(...fitting.map(({ named }) => named));
    const best = fitting.filter(({ named }) => named === most).sort((one, other) => one.besides - other.besides);
    return best.slice(0, MOST_NUMBERS).map(({ number }) => number);
  }

  // ------------------------------------------------------------------------------ how a hit is shown

  const SHOWN = 34;
  const BEFORE = 6;

  // The stretch of a text with the most of what was asked, cut between words: [words, is it a hit].
  function excerpt(page, asked) {
    const sought = new Set(asked.terms.flatMap((term) => [...term.ways.flatMap((way) => way.words), term.meant]).filter(Boolean).map(key));
    const parts = [...sought].filter((part) => part.length >= 4 && !isNumber(part));
    const isSought = (word) => sought.has(word) || parts.some((part) => word.startsWith(part) || word.endsWith(part));
    const all = page.tekst.split(" ").filter(Boolean);
    const hits = all.map((word) => (word.includes("/") ? undefined : words(word).map(key).find(isSought)));
    let best = 0;
    let most = 0;
    hits.forEach((hit, at) => {
      const count = hit === undefined ? 0 : new Set(hits.slice(at, at + SHOWN).filter(Boolean)).size;
      if (count > most) {
        [best, most] = [at, count];
      }
    });
    const from = Math.max(0, best - BEFORE);
    const shown = all.slice(from, from + SHOWN).map((word, at) => [word, hits[from + at] !== undefined]);
    return [...(from > 0 ? [["…", false]] : []), ...shown, ...(from + SHOWN < all.length ? [["…", false]] : [])];
  }

  const api = { stem, words, prepare, unpack, search, excerpt };
  if (typeof module !== "undefined" && module.exports) {
    module.exports = api;
  }
  root.KgSok = api;
})(typeof window === "undefined" ? globalThis : window);
