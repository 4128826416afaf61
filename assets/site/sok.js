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
    let found = word;
    const ending = LONGEST_FIRST.find((each) => endsWithin(found, each, start));
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

  // ------------------------------------------------------------------------------ words and numbers

  // «Grunerlokka» and «Gruenerloekka» are «Grünerløkka»: letters that a keyboard may lack are read as their neighbours.
  const ALIKE = { ø: "o", ö: "o", å: "a", æ: "e", ä: "e", ü: "u", é: "e", è: "e", ê: "e" };

  function plain(text) {
    return text.toLowerCase().normalize("NFC");
  }

  function folded(word) {
    return word.replace(/[øöåæäüéèê]/g, (letter) => ALIKE[letter]).replace(/oe/g, "o").replace(/aa/g, "a").replace(/ae/g, "e").replace(/ue/g, "u");
  }

  // A figure by its number, a number with the spaces within it, or a word. In a question any space may be one of
  // those; in the texts only the hard ones are.
  const ITEM = "(fig|figur|tab|tabell|kap|kapittel)\\.?[ \\u00a0]*(\\d+(?:\\.\\d+)*)(?![\\d\\u00a0]*\\d)";
  const DOTTED = "\\d+(?:\\.\\d+){2,}";
  const numbers = (space) => "\\d{1,3}(?:" + space + "\\d{3})+(?!\\d)(?:,\\d+)?|\\d+(?:[,.]\\d+)?";
  const reader = (space) => new RegExp(ITEM + "|" + DOTTED + "|" + numbers(space) + "|[a-z0-9æøåöäüéèê]+", "g");
  const IN_TEXT = reader("[\\u00a0\\u202f]");
  const IN_QUESTION = reader("[\\u00a0\\u202f .]");
  const LONG = { fig: "figur", tab: "tabell", kap: "kapittel" };

  // Of «Figur 26» and «fig26» one word, «figur 26»; of «1 197,5» one number, «1197,5».
  function words(text, pattern = IN_TEXT) {
    return [...plain(text).matchAll(pattern)].map((found) => {
      if (found[1]) {
        return (LONG[found[1]] || found[1]) + " " + found[2];
      }
      if (!/^\d/.test(found[0]) || !/^[\d\s.,]+$/.test(found[0])) {
        return found[0];
      }
      const number = found[0].replace(/\s/g, "");
      if (pattern === IN_QUESTION && /^\d{1,3}(\.\d{3})+$/.test(number)) {
        return number.replace(/\./g, "");
      }
      return /^\d+\.\d+$/.test(number) ? number.replace(".", ",") : number;
    });
  }

  // A word as it is compared: its stem, in the letters that every keyboard has.
  function key(word) {
    return isNumber(word) ? word : folded(stem(word));
  }

  // ------------------------------------------------------------------------------ what is searched

  const FIELDS = ["gruppe", "nr", "tittel", "under", "lenke", "sted", "tekst"];
  const WEIGHTS = { nr: 12, tittel: 6, under: 4, sted: 1, tekst: 1, tall: 1 };
  // A word said ten times says little more than one said thrice, and a long page says most words.
  const SATURATION = 1.2;
  const LENGTH = 0.6;

  // Reads the compressed index; rejects in a browser that cannot.
  async function unpack(packed) {
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return prepare(JSON.parse(await new Response(stream).text()));
  }

  function prepare(data) {
    const pages = data.sider.map((row) => Object.fromEntries(row.map((value, at) => [FIELDS[at], value])));
    // What an item has numbers of, also where its drawing alone shows them.
    pages.forEach((page) => {
      page.tall = [...new Set((data.tall[page.lenke] || []).flatMap(([, label]) => label.split(", ")))].join(", ");
    });
    const vocabulary = new Map();
    const lengths = pages.map((page, at) => {
      let length = 0;
      page.keys = " ";
      for (const [field, weight] of Object.entries(WEIGHTS)) {
        for (const word of words(page[field])) {
          let entry = vocabulary.get(word);
          if (!entry) {
            vocabulary.set(word, (entry = { word, bare: folded(word), key: key(word), stem: stem(word), places: new Map() }));
          }
          entry.places.set(at, (entry.places.get(at) || 0) + weight);
          page.keys += entry.key + " ";
          length += 1;
        }
      }
      return length;
    });
    const mean = lengths.reduce((sum, each) => sum + each, 0) / lengths.length;
    const byKey = new Map();
    const byBare = new Map();
    for (const entry of vocabulary.values()) {
      byBare.set(entry.bare, entry);
      // Of a word's forms the most common one is shown.
      if (!byKey.has(entry.key) || byKey.get(entry.key).places.size < entry.places.size) {
        byKey.set(entry.key, entry);
      }
    }
    const ready = { data, pages, vocabulary: [...vocabulary.values()], byKey, byBare, lengths, mean, known: new Map() };
    const titles = new Map();
    pages.forEach((page) => titles.set(page.tittel, (titles.get(page.tittel) || 0) + 1));
    // «Hovedpunkter» says nothing without its chapter.
    pages.forEach((page) => {
      page.title = " " + words(page.tittel.replace(/^[\d.]+ /, "")).map(key).join(" ") + " ";
      page.navn = (page.nr ? page.nr + ": " : "") + page.tittel + (titles.get(page.tittel) > 1 ? " (" + page.sted + ")" : "");
    });
    ready.small = new Set(words(data.fyllord));
    ready.corrections = new Set(words(data.om_rettelser).map(key));
    [ready.correction] = ready.corrections;
    ready.groups = data.likeord.map((group) => group.map((each) => words(each, IN_QUESTION).map(key)));
    ready.unanswered = data.ubesvart.map((each) => ({ ...each, ord: each.ord.map((row) => row.map((w) => words(w).map(key))) }));
    ready.numbers = Object.entries(data.tall).flatMap(([page, rows]) =>
      rows.map(([shown, label, anchor, atHand, estimate]) => ({ page, shown, label, anchor, atHand, estimate, number: words(shown).find(isNumber) })));
    return ready;
  }

  // ------------------------------------------------------------------------------ how well words fit

  // Letters to change, add, drop or swap with their neighbour to make one word of the other; `most` + 1 if more.
  function distance(one, other, most) {
    if (Math.abs(one.length - other.length) > most) {
      return most + 1;
    }
    let before = [];
    let last = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let i = 1; i <= one.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= other.length; j += 1) {
        const change = last[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1);
        row[j] = Math.min(change, last[j] + 1, row[j - 1] + 1);
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      if (Math.min(...row) > most) {
        return most + 1;
      }
      before = last;
      last = row;
    }
    return last[other.length];
  }

  function isNumber(word) {
    return /\d/.test(word);
  }

  // A word of the texts against one of the question: itself, its beginning, or a part of a compound word.
  function fit(entry, wanted) {
    if (entry.key === wanted.key || entry.bare === wanted.bare) {
      return entry.stem === wanted.stem ? 1 : 0.9;
    }
    if (isNumber(wanted.word) || isNumber(entry.word)) {
      return 0;
    }
    if (wanted.bare.length >= 4 && entry.bare.startsWith(wanted.key)) {
      return 0.55;
    }
    if (wanted.key.length >= 4 && (entry.key.endsWith(wanted.key) || entry.bare.endsWith(wanted.bare))) {
      return 0.55;
    }
    return wanted.key.length >= 6 && entry.key.includes(wanted.key) ? 0.3 : 0;
  }

  // Words of the texts that a misspelt one may be, and how many letters off: one for short words, two for longer.
  function misspelt(ready, wanted) {
    const most = wanted.bare.length < 4 || isNumber(wanted.word) ? 0 : wanted.bare.length < 8 ? 1 : 2;
    for (let allowed = 1; allowed <= most; allowed += 1) {
      const near = ready.vocabulary.filter((entry) => !isNumber(entry.word) && distance(entry.bare, wanted.bare, allowed) <= allowed);
      if (near.length > 0) {
        return [near, allowed];
      }
    }
    return [[], 0];
  }

  // Page -> how much one word of the question is found there, from 0 to about 2, before how rare it is.
  function findWord(ready, word) {
    if (ready.known.has(word)) {
      return ready.known.get(word);
    }
    const wanted = { word, bare: folded(word), key: key(word), stem: isNumber(word) ? word : stem(word) };
    let entries = ready.vocabulary.map((entry) => [entry, fit(entry, wanted)]).filter(([, quality]) => quality > 0);
    const found = { places: new Map(), pages: new Set(), exact: entries.some(([, quality]) => quality >= 0.9), meant: "", off: 0 };
    if (entries.length === 0) {
      const [near, off] = misspelt(ready, wanted);
      entries = near.map((entry) => [entry, 0.8]);
      found.off = off;
      found.meant = entries.length > 0 ? entries.reduce((a, b) => (b[0].places.size > a[0].places.size ? b : a))[0].word : "";
    }
    for (const [entry, quality] of entries) {
      for (const [at, weight] of entry.places) {
        const stretch = 1 - LENGTH + LENGTH * ready.lengths[at] / ready.mean;
        const score = quality * weight * (SATURATION + 1) / (weight + SATURATION * stretch);
        found.places.set(at, Math.max(found.places.get(at) || 0, score));
        if (quality >= 0.9 || !found.exact) {
          found.pages.add(at);
        }
      }
    }
    ready.known.set(word, found);
    return found;
  }

  // «barnehusholdninger» is barn and husholdninger: parts that the texts know, joined by e or s or nothing. Where
  // they know one part only, that one.
  function parts(ready, word) {
    const bare = folded(word);
    let best = { balance: 0, words: [] };
    for (let at = 3; at <= bare.length - 3; at += 1) {
      const head = ready.byKey.get(key(bare.slice(at)));
      const joint = "es".includes(bare[at - 1]) && at > 3 ? ready.byBare.get(bare.slice(0, at - 1)) : null;
      const found = [ready.byBare.get(bare.slice(0, at)) || joint, head].filter((part) => part && !isNumber(part.word));
      const shortest = Math.min(...found.map((part) => part.bare.length));
      // Both parts before one, and then the cut whose shorter part is the longest.
      const balance = found.length === 2 ? 100 + shortest : shortest;
      if (found.length > 0 && balance > best.balance && shortest >= 3) {
        best = { balance, words: found.map((part) => part.word) };
      }
    }
    return best.balance > 100 || best.balance >= 5 ? best.words : [];
  }

  // ------------------------------------------------------------------------------ the question

  function startsWith(keys, at, phrase) {
    return phrase.length > 0 && phrase.every((each, i) => keys[at + i] === each);
  }

  // The known phrases that the question says at a place, and how many of its words the longest takes.
  function phrasesAt(ready, keys, at) {
    const found = ready.groups.flatMap((group, where) => group.filter((phrase) => startsWith(keys, at, phrase)).map((phrase) => [where, phrase]));
    const size = Math.max(0, ...found.map(([, phrase]) => phrase.length));
    return [size, found.filter(([, phrase]) => phrase.length === size)];
  }

  // «bo støtte» is bostøtte, and «boligsosial lov» is boligsosialloven.
  function isCompound(ready, pair) {
    const joined = pair.join("");
    const known = ready.byKey.get(key(joined));
    return pair.length === 2 && !pair.some((word) => ready.small.has(word) || isNumber(word)) && known !== undefined && known.bare.startsWith(folded(joined));
  }

  // The question as units: a word or a known phrase, each with what may be said instead and how much that counts.
  function unitsOf(ready, query) {
    const asked = words(query, IN_QUESTION);
    const keys = asked.map(key);
    const units = [];
    let wantsCorrections = false;
    for (let at = 0; at < asked.length;) {
      const [size, same] = phrasesAt(ready, keys, at);
      const pair = asked.slice(at, at + 2);
      if (ready.corrections.has(keys[at])) {
        wantsCorrections = true;
        at += 1;
      } else if (size < 2 && isCompound(ready, pair)) {
        units.push(unit(ready, pair, same, pair.join("")));
        at += 2;
      } else if (size < 2 && ready.small.has(asked[at])) {
        at += 1;
      } else {
        units.push(unit(ready, asked.slice(at, at + Math.max(1, size)), same));
        at += Math.max(1, size);
      }
    }
    if (units.length === 0 && !wantsCorrections) {
      units.push(...asked.map((word) => unit(ready, [word], [])));
    }
    return { units, asked, keys, wantsCorrections };
  }

  const PART_OF_COMPOUND = 0.7;
  const SYNONYM = 0.7;

  function waysOf(ready, own, same, joined) {
    const ways = [{ words: own, quality: joined ? 0.9 : 1 }];
    if (own.length > 1 && !joined) {
      // A known phrase is one where its words stand together; apart, its words that say something count less.
      const telling = own.filter((word) => !ready.small.has(word));
      ways[0].phrase = own.map(key);
      ways.push(...(telling.length > 0 ? [{ words: telling, quality: PART_OF_COMPOUND }] : []));
    }
    if (joined) {
      ways.push({ words: [joined], quality: 1 });
    }
    // A word that many pages have is no word to take apart.
    const common = own.length > 1 || own[0].length < 7 || isNumber(own[0]) ? ready.pages.length : findWord(ready, own[0]).pages.size;
    const cut = common < ready.pages.length / 20 ? parts(ready, own[0]) : [];
    if (cut.length > 1) {
      ways.push({ words: cut, quality: PART_OF_COMPOUND });
    } else if (cut.length > 0 && (common === 0 || findWord(ready, own[0]).off > 1)) {
      ways.push({ words: cut, quality: PART_OF_COMPOUND / 2 });
    }
    for (const [where, phrase] of same) {
      ready.groups[where].forEach((other, at) => {
        if (other.join(" ") !== phrase.join(" ")) {
          ways.push({ words: words(ready.data.likeord[where][at], IN_QUESTION), quality: SYNONYM, phrase: other });
        }
      });
    }
    // «1.197» is a thousand or a decimal.
    const thousand = own.length === 1 && /^(\d{1,3}),(\d{3})$/.exec(own[0]);
    if (thousand) {
      ways.push({ words: [thousand[1] + thousand[2]], quality: 1 });
    }
    return ways;
  }

  // How rare a word is among the pages, which is how much it tells.
  function rarityOf(ready, count) {
    return Math.log(1 + ready.pages.length / Math.max(1, count));
  }

  // Page -> how much one way of saying it is found there, and the pages that have the words as they stand.
  function findWay(ready, way) {
    const found = way.words.map((word) => findWord(ready, word));
    const scores = new Map();
    for (const page of new Set(found.flatMap((each) => [...each.places.keys()]))) {
      const own = found.map((each) => each.places.get(page) || 0);
      const complete = own.every((score) => score > 0);
      const isSaid = !way.phrase || way.phrase.length < 2 || ready.pages[page].keys.includes(" " + way.phrase.join(" ") + " ");
      if (isSaid && (complete || !way.phrase)) {
        const mean = own.reduce((sum, score) => sum + score, 0) / own.length;
        scores.set(page, way.quality * mean * (complete ? 1 : 0.5));
      }
    }
    const exact = [...scores.keys()].filter((page) => found.every((each) => each.pages.has(page)));
    return { scores, exact: exact.length > 0 ? exact : [...scores.keys()], off: Math.max(...found.map((each) => each.off)), meant: found[0].meant };
  }

  function unit(ready, own, same, joined = "") {
    const all = waysOf(ready, own, same, joined);
    const found = all.map((way) => findWay(ready, way));
    // A guess is made for what was asked only, and where nothing nearer is known that it may mean.
    const isGuess = found[0].off > 0;
    const better = all.some((way, at) => at > 0 && found[at].off === 0 && (way.phrase || (way.words.length > 1 && found[0].off > 1)));
    const kept = all.map((_, at) => at).filter((at) => (at === 0 ? !(isGuess && better) : found[at].off === 0 && !(isGuess && !better)));
    // Where the report has another word than the reader, that is the word.
    const isOther = found[0].scores.size === 0;
    const everywhere = rarityOf(ready, new Set(kept.flatMap((at) => found[at].exact)).size);
    const scores = new Map();
    let rarity = kept.length > 0 ? 0 : rarityOf(ready, 1);
    for (const at of kept.filter((each) => found[each].scores.size > 0)) {
      // Another word for it says no more than all of them together do, or hardly more.
      const own = rarityOf(ready, found[at].exact.length);
      const tells = (all[at].phrase ? (own + everywhere) / 2 : own) * (isOther && all[at].phrase ? 1 / SYNONYM : 1);
      for (const [page, score] of found[at].scores) {
        scores.set(page, Math.max(scores.get(page) || 0, score * tells));
      }
      rarity = Math.max(rarity, tells * all[at].quality);
    }
    return {
      said: own.join(" "),
      key: own.map(key).join(" "),
      ways: kept.map((at) => all[at]),
      meant: isGuess && !better ? found[0].meant : "",
      rarity: rarity || rarityOf(ready, 1),
      scores,
    };
  }

  // ------------------------------------------------------------------------------ the answers

  const CORRECTIONS = "Rettelser og påstander";
  const YEAR = /^(19|20)\d\d$/;
  // What two words add that stand side by side in the question and on the page.
  const CLOSE = 0.5;
  // What a page adds that is called what was asked.
  const TITLE = 5;
  // An item or a chapter that is named stands before all that mentions it, and nothing else drops out for it.
  const NAMED = 1000;
  // What is less than this share of the best hit is no hit.
  const WORTH_SHOWING = 0.1;
  const BYDELER = "Bydeler";
  const GROUP_WEIGHT = { "Figurer og tabeller": 1.25, [BYDELER]: 1.25, Kapitler: 1, Annet: 0.7, [CORRECTIONS]: 0.35 };

  // A page that is called what was asked, or that has all of it in the title of the whole page, a year apart.
  function titleBonus(page, asked) {
    if (asked.keys.join(" ") === page.title.trim()) {
      return TITLE;
    }
    const said = (each) => each.ways.some((way) => page.title.includes(" " + way.words.map(key).join(" ") + " "));
    const sought = asked.units.filter((each) => !YEAR.test(each.said));
    return page.tittel === page.sted && !page.nr && sought.length > 0 && sought.every(said) ? TITLE / 2 : 0;
  }

  // Pages that have most of what was asked, best first; each knows what it lacks.
  function search(ready, query) {
    const asked = unitsOf(ready, query);
    const most = asked.units.reduce((sum, each) => sum + each.rarity, 0);
    const named = asked.asked.filter((word) => /^(figur|tabell|kapittel) |^e\d+$/.test(word));
    const numbers = numbersAsked(ready, asked);
    asked.isNumber = numbers !== null;
    const hits = [];
    ready.pages.forEach((page, at) => {
      let score = 0;
      let covered = 0;
      const lacks = [];
      for (const each of asked.units) {
        const own = each.scores.get(at) || 0;
        score += own;
        covered += own > 0 ? each.rarity * Math.min(1, 0.5 + own / each.rarity / 2) : 0;
        if (own === 0) {
          lacks.push(each.said);
        }
      }
      score += titleBonus(page, asked);
      const close = asked.units.filter((each, i) => i > 0 && page.keys.includes(" " + asked.units[i - 1].key + " " + each.key + " "));
      score += close.reduce((sum, each) => sum + CLOSE * each.rarity, 0);
      const isWanted = asked.wantsCorrections && page.gruppe === CORRECTIONS;
      // Of the corrections themselves the page of all of them comes first.
      score += isWanted ? 2 : 0;
      if (isWanted && page.tittel === page.sted) {
        const isAsked = asked.keys.some((each) => ready.corrections.has(each) && page.title.includes(" " + each + " "));
        score += 1 + (page.title.includes(" " + ready.correction + " ") ? 1 : 0) + (isAsked ? 2 : 0);
      }
      const [start] = page.tittel.split(" ");
      const label = page.nr || (/^[\d.]+$/.test(start) ? "kapittel " + start : start);
      const isNamed = named.includes(plain(label)) && asked.wantsCorrections <= (page.gruppe === CORRECTIONS);
      if (score > 0 || isNamed) {
        const share = most > 0 ? covered / most : 1;
        // All bydeler say the same words: one that is not named stands behind what is about all of them.
        const isOther = page.gruppe === BYDELER && !asked.units.some((each) => page.title.includes(" " + each.key + " "));
        const weight = isWanted ? 2 : GROUP_WEIGHT[page.gruppe] * share * (isOther ? 0.3 : 1);
        const hasNumber = asked.isNumber && numbers.some((each) => each.page === page.lenke);
        hits.push({ page, lacks, score: score * share * weight * (hasNumber ? 2 : 1) + (isNamed ? NAMED : 0) });
      }
    });
    const best = Math.max(0, ...hits.map((hit) => hit.score).filter((score) => score < NAMED));
    const kept = hits.filter((hit) => hit.score >= best * WORTH_SHOWING || hit.score >= NAMED);
    kept.sort((a, b) => b.score - a.score || a.page.lenke.localeCompare(b.page.lenke));
    return { ...asked, hits: kept, numbers: asked.isNumber ? inOrderOf(kept, numbers) : numbersOf(ready, asked, kept), unanswered: unansweredBy(ready, asked) };
  }

  const MOST_NUMBERS = 5;

  // The number that is asked for, wherever it is published; null where none is.
  function numbersAsked(ready, asked) {
    const alone = asked.asked.length === 1;
    const exact = asked.units.flatMap((each) => each.ways.map((way) => way.words.join(" ")))
      .filter((word) => /^\d[\d,]*$/.test(word) && (alone || word.length > 2) && !YEAR.test(word));
    return exact.length > 0 ? ready.numbers.filter((each) => exact.includes(each.number)) : null;
  }

  // Numbers of the items that fit the question best come first.
  function inOrderOf(hits, numbers) {
    const rank = new Map(hits.map((hit, at) => [hit.page.lenke, at]));
    return [...numbers].sort((a, b) => (rank.get(a.page) ?? hits.length) - (rank.get(b.page) ?? hits.length));
  }

  // Numbers of the best items for what the question names in words.
  function numbersOf(ready, asked, hits) {
    if (asked.units.length < 2) {
      return [];
    }
    const best = hits.filter((hit) => hit.page.nr).slice(0, 3).map((hit) => hit.page);
    const found = best.flatMap((page) => ready.numbers.filter((each) => each.page === page.lenke).map((number) => {
      const label = new Set(words(number.label).map(key));
      const around = new Set([...label, ...words(page.under + " " + page.tittel).map(key)]);
      const says = (set) => (each) => each.ways.some((way) => way.words.every((word) => set.has(key(word))));
      // Of several years one is enough, and what a number is of besides puts it behind others.
      const years = asked.units.filter((each) => YEAR.test(each.said));
      const all = asked.units.every((each) => years.includes(each) || says(around)(each)) && (years.length === 0 || years.some(says(label)));
      const sought = new Set(asked.units.flatMap((each) => each.ways.flatMap((way) => way.words.map(key))));
      const more = words(number.label).filter((word) => !ready.small.has(word) && !sought.has(key(word))).length;
      return { number, own: asked.units.filter(says(label)).length, all, more };
    }));
    const most = Math.max(1, ...found.filter((each) => each.all).map((each) => each.own));
    const said = found.filter((each) => each.all && each.own === most).sort((a, b) => a.more - b.more);
    return said.slice(0, MOST_NUMBERS).map((each) => each.number);
  }

  function unansweredBy(ready, asked) {
    const fits = (phrase) => asked.keys.some((_, at) => startsWith(asked.keys, at, phrase));
    return ready.unanswered.find((each) => each.ord.every((row) => row.some(fits)));
  }

  // ------------------------------------------------------------------------------ how a hit is shown

  const SHOWN = 34;

  // The stretch of a text with the most of what was asked, cut between words: [words, is it a hit].
  function excerpt(page, asked) {
    const sought = new Set(asked.units.flatMap((each) => [...each.ways.flatMap((way) => way.words), each.meant]).filter(Boolean).map(key));
    const all = page.tekst.split(" ").filter(Boolean);
    const marks = all.map((word) => !word.includes("/") && words(word).some((each) => {
      const own = key(each);
      return sought.has(own) || [...sought].some((one) => one.length >= 4 && !isNumber(one) && (own.startsWith(one) || own.endsWith(one)));
    }));
    let best = 0;
    let most = -1;
    for (let at = 0; at < all.length; at += 1) {
      const distinct = new Set(all.slice(at, at + SHOWN).filter((_, i) => marks[at + i]).map((word) => key(words(word)[0] || "")));
      if (marks[at] && distinct.size > most) {
        [best, most] = [at, distinct.size];
      }
    }
    const from = Math.max(0, best - 6);
    const shown = all.slice(from, from + SHOWN).map((word, at) => [word, marks[from + at]]);
    return [...(from > 0 ? [["…", false]] : []), ...shown, ...(from + SHOWN < all.length ? [["…", false]] : [])];
  }

  const api = { stem, words, prepare, unpack, search, excerpt };
  if (typeof module !== "undefined" && module.exports) {
    module.exports = api;
  }
  root.KgSok = api;
})(typeof window === "undefined" ? globalThis : window);
