// The index of the search, read and asked: docs/search.md tells its format and its rules, src/search/ makes it.
const opening = "wsgenSearch(";
const digits = new Map([..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].map((digit, nth) => [digit.charCodeAt(0), nth]));
const unitsOfPage = 32768;
const mostTerms = 30;
const mostShards = 4;

const waiting = new Map();
self.wsgenSearch = (data) => waiting.get(document.currentScript.src)?.(data);

// A page that was opened from a folder may fetch nothing, and may load scripts.
async function load(url, cache) {
  if (location.protocol === "file:") {
    const script = Object.assign(document.createElement("script"), { src: url });
    return new Promise((done, failed) => {
      waiting.set(script.src, done);
      script.onload = script.onerror = () => (script.remove(), failed(new Error(url)));
      document.head.append(script);
    });
  }
  const answer = await fetch(url, { cache });
  const text = await answer.text();
  if (!answer.ok || !text.startsWith(opening)) throw new Error(`${answer.status}: ${url}`);
  return JSON.parse(text.slice(opening.length, -1));
}

// Texts become tokens as in src/search/token.rs.
const dense = "\\u0e01-\\u0e3a\\u0e40-\\u0e4e\\u0e81-\\u0ecf\\u0edc-\\u0edf\\u1000-\\u103f\\u1050-\\u108f\\u1100-\\u11ff\\u1780-\\u17d3\\u3005-\\u3007\\u3031-\\u3035\\u303b\\u3041-\\u3096\\u3099-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u3105-\\u312f\\u31a0-\\u31bf\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const word = "\\p{Alphabetic}\\p{N}\\p{M}";
const runs = new RegExp(`(?<dense>[${dense}]+)|(?<word>(?:(?![${dense}])[${word}])+)|(?<space>\\s+)|(?<sign>[^${word}\\s]+)`, "gu");
const isDense = new RegExp(`[${dense}]`, "u");
const isWord = new RegExp(`[${word}]`, "u");
const isOfCode = /[$./\-+=><@#%^&*~\\|:!]|(?![\x00-\x7f])[\p{Sm}\p{Sc}\p{Sk}\p{So}]/u;
const isBehind = /[+#%*]|\p{Sc}/u;

const plain = (text) =>
  text.toLowerCase().replaceAll("ß", "ss").replace(/[\u0300-\u036f]/g, "").replace(/[\u00c0-\u058f\u1e00-\u1fff]/g, (letter) => [...letter.normalize("NFD")][0]);
const folded = (text) => plain(text.normalize("NFKC"));
const short = (text) => [...plain(text)].slice(0, 40).join("");
const humps = (text) => text.split(/(?<=[^\p{Lu}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u).filter((part) => [...part].length > 1);

// What is asked for: terms that must be on a page, and others that only rank.
function termsOf(query) {
  const text = query.normalize("NFKC");
  const terms = [];
  let [beforeLast, last, here] = ["", "", ""];
  for (const { groups, 0: run, index } of text.matchAll(runs)) {
    [beforeLast, last, here] = [last, here, run];
    const sign = [...last].at(-1) ?? "";
    const [next = "", afterNext = ""] = text.slice(index + run.length);
    if (groups.dense) {
      const letters = [...run];
      if (letters.length === 1) terms.push({ token: run, begins: true, must: true });
      letters.slice(1).forEach((letter, nth) => terms.push({ token: letters[nth] + letter, must: true, soft: /^[\u3041-\u3096]/.test(letters[nth]) }));
    } else if (groups.word) {
      const token = short(run);
      const number = /^\p{N}+$/u.test(token);
      terms.push({ token, word: true, must: true, begins: index + run.length === text.length || (token.length > 2 && !number), parts: humps(run).map(short) });
      const joined = beforeLast && isWord.test(beforeLast.at(-1)) && !isDense.test(beforeLast) && [...last].length === 1 ? short(beforeLast) : "";
      if (isOfCode.test(sign) || (joined && sign === "_")) terms.push({ token: joined + sign + token });
      if (isBehind.test(next) && !isWord.test(afterNext)) terms.push({ token: token + next });
    } else if (groups.sign && [2, 3].includes([...run].length) && !last.trim() && !next.trim()) terms.push({ token: run });
  }
  // One or two letters behind other words are the beginning of a word that is still being typed.
  const must = terms.filter((term) => term.must);
  if (must.length > 1 && must.at(-1).word && must.at(-1).begins && must.at(-1).token.length < 3) must.pop().must = false;
  if (!must.length) for (const term of terms) term.must = true;
  const known = new Set();
  return terms.filter(({ token }) => !known.has(token) && known.add(token)).slice(0, mostTerms);
}

// Whether one letter more, less or other, or two exchanged, make one word of two.
function isNear(a, b) {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  const [x, y] = [a.slice(start), b.slice(start)];
  return x.slice(1) === y || x === y.slice(1) || x.slice(1) === y.slice(1) || (x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2));
}

// The last place in a sorted list at which `isBefore` holds, or 0.
function lastOf(length, isBefore) {
  let [low, high] = [0, length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isBefore(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

// Weights by unit, where page and unit are one number.
function decode(postings) {
  const units = new Map();
  let at = postings[0] === "!" ? 1 : 0;
  const number = () => {
    for (let sum = 0, by = 1; ; by *= 32) {
      const digit = digits.get(postings.charCodeAt(at++));
      sum += (digit & 31) * by;
      if (digit < 32) return sum;
    }
  };
  for (let page = -1, unit = 0; at < postings.length; ) {
    const step = number();
    page += step;
    unit = number() + (step ? 0 : unit);
    units.set(page * unitsOfPage + unit, 2 ** ((digits.get(postings.charCodeAt(at++)) - 24) / 4));
  }
  return units;
}

/** The index in `folder`. A file that is missing means that the site was published anew. */
export async function openIndex(folder) {
  const table = await load(new URL("index.js", folder).href, "no-cache");
  const firsts = ["", ...(table.tokens ? table.tokens.split("\n") : [])];
  const files = new Map();
  const file = (nth) => {
    const name = table.names.slice(nth * table.size, (nth + 1) * table.size);
    if (!files.has(nth)) files.set(nth, load(new URL(`${name}.js`, folder).href));
    return files.get(nth);
  };
  const shardOf = (token) => lastOf(firsts.length, (nth) => firsts[nth] <= token);
  const shards = new Map();
  const shard = async (nth) => {
    if (!shards.has(nth)) shards.set(nth, new Map((await file(nth)).split("\n").slice(0, -1).map((line) => [line.slice(0, line.indexOf(" ", 1)), line.split(" ").slice(1)])));
    return shards.get(nth);
  };
  const exact = async (token) => (await shard(shardOf(token))).get(token);
  const beginning = async (start, most = mostShards) => {
    const [from, to] = [shardOf(start), shardOf(`${start}\uffff`)];
    const nths = Array.from({ length: Math.min(to - from + 1, most) }, (_, nth) => from + nth);
    const found = await Promise.all(nths.map(shard));
    return found.flatMap((entries) => [...entries].filter(([token]) => token.startsWith(start)));
  };

  // The units of a term, and the words by which it was found.
  async function look(term) {
    const units = new Map();
    const words = new Set();
    const add = (token, postings, factor) => {
      if (!postings) return;
      words.add(token);
      term.capped ||= postings[0] === "!";
      for (const [unit, weight] of decode(postings)) units.set(unit, Math.max(units.get(unit) ?? 0, weight * factor));
    };
    const own = await exact(term.token);
    if (own) add(term.token, own[0], 1);
    const others = own?.slice(1) ?? [];
    await Promise.all(others.map(async (other) => add(other, (await exact(other))?.[0], 0.6)));
    if (term.begins && (term.token.length > 2 || isDense.test(term.token) || !units.size))
      for (const [token, [postings]] of await beginning(term.token)) if (!words.has(token) && isWord.test(token.at(-1))) add(token, postings, 0.9 * (term.token.length / token.length) ** 1.5);
    return { ...term, units, words };
  }

  async function corrected(term) {
    if (!term.word || term.token.length < 4 || /\p{N}/u.test(term.token)) return [];
    const start = [...term.token].slice(0, 2);
    const nearby = await Promise.all([beginning(start.join(""), 8), start[0] === start[1] ? [] : beginning(start.reverse().join(""), 2)]);
    const words = new Set(nearby.flat().map(([token]) => token).filter((token) => isNear(token, term.token)));
    return Promise.all([...words].map((token) => look({ ...term, token, begins: false, parts: [] })));
  }

  // A word that is nowhere: its parts, or words that differ from it by a letter.
  async function instead(found) {
    if (found.units.size || !found.must) return [found];
    if (found.parts?.length > 1) {
      const parts = await Promise.all(found.parts.map((token) => look({ token, word: true, must: true })));
      if (parts.every(({ units }) => units.size)) return parts;
    }
    const near = await corrected(found);
    const units = new Map(near.flatMap(({ units }) => [...units]));
    return [{ ...found, units, words: new Set(near.flatMap(({ words }) => [...words])) }];
  }

  /** Pages with the units that hold the query, the best first; and the words to mark. */
  async function find(query) {
    const looked = await Promise.all(termsOf(query).map(look));
    const terms = (await Promise.all(looked.map(instead))).flat();
    const pageOf = (unit) => Math.floor(unit / unitsOfPage);
    const pages = new Map();
    terms.forEach((term, nth) => {
      const own = new Set();
      for (const [unit, weight] of term.units) {
        const page = pageOf(unit);
        own.add(page);
        if (!pages.has(page)) pages.set(page, { has: new Set(), units: new Map() });
        const { has, units } = pages.get(page);
        has.add(nth);
        if (!units.has(unit % unitsOfPage)) units.set(unit % unitsOfPage, []);
        units.get(unit % unitsOfPage)[nth] = weight;
      }
      term.rarity = Math.log2(1 + table.pages / (own.size || 1));
    });
    const must = terms.flatMap((term, nth) => (term.must ? [nth] : []));
    // A list that was cut does not say that a page lacks its token.
    const sure = must.filter((nth) => !terms[nth].capped);
    const held = (list, { has }) => list.filter((nth) => has.has(nth)).length;
    const among = (list, missing) => [...pages].filter(([, page]) => list.length && held(list, page) >= list.length - missing);
    let found = among(sure.length ? sure : must, 0);
    if (!found.length) found = among(must.filter((nth) => !terms[nth].soft), 0);
    if (!found.length && must.length > 2) found = among(must, Math.floor(must.length / 3));
    const results = found.map(([page, { units }]) => {
      const title = units.get(0) ?? [];
      const scored = [...units].map(([unit, weights]) => {
        let sum = 0, own = 0, share = 0;
        terms.forEach((term, nth) => {
          const weight = Math.max(weights[nth] ?? 0, title[nth] ?? 0);
          sum += weight * term.rarity * (term.must ? 1 : 6);
          own += (weights[nth] ?? 0) * term.rarity;
          share += weight > 0 && term.must ? 1 / must.length : 0;
        });
        return { unit, own, score: sum * share * share };
      });
      const best = Math.max(...scored.map(({ score }) => score));
      const score = best * (1 + 0.05 * Math.log2(scored.length));
      return { page, score, units: scored.filter(({ unit }) => unit).sort((a, b) => b.score - a.score || b.own - a.own || a.unit - b.unit).map(({ unit }) => unit) };
    });
    results.sort((a, b) => b.score - a.score || a.page - b.page);
    return { results, words: wordsToMark(query, terms) };
  }

  /** What is shown of a page: address, titles, and the units with their texts. */
  async function read({ page, units }, most) {
    const pieceOf = (unit) => lastOf(table.units.length, (nth) => table.units[nth][0] < page || (table.units[nth][0] === page && table.units[nth][1] <= unit));
    const wanted = (units.length ? units : [1]).slice(0, most);
    const parts = await Promise.all(
      wanted.map(async (unit) => {
        const piece = await file(firsts.length + pieceOf(unit));
        const [, url, path, title, first, ...texts] = piece.find(([place]) => +place === page);
        const [id = "", heading = "", text = ""] = texts.slice((unit - first) * 3);
        return { url, path, title, id, heading, text };
      }),
    );
    return { ...parts[0], parts: parts.filter(({ id, heading }, nth) => parts.findIndex((other) => other.id === id && other.heading === heading) === nth) };
  }

  return { find, read, texts: table.texts, root: new URL(table.root, folder) };
}

function wordsToMark(query, terms) {
  const whole = folded(query).trim().replace(/\s+/g, " ");
  const runsOf = whole.match(new RegExp(`[${dense}]{2,}`, "gu")) ?? [];
  const words = terms.flatMap(({ token, word, words }) => (word ? [...words].filter((other) => !other.startsWith(token)).concat(token) : [token]));
  return [...new Set([whole, ...runsOf, ...words])].filter(Boolean);
}

/** Where words stand in a text, as sorted pairs of places: those first in the list where they are found, else the rest. */
export function placesOf(text, words) {
  let small = "";
  const at = [];
  let place = 0;
  for (const letter of text) {
    const one = /\s/.test(letter) ? " " : letter < "\x80" ? letter.toLowerCase() : folded(letter);
    for (let nth = 0; nth < one.length; nth++) at.push(place);
    small += one;
    place += letter.length;
  }
  at.push(place);
  const everywhere = (needle) => {
    const found = [];
    for (let from = small.indexOf(needle); from >= 0; from = small.indexOf(needle, from + needle.length)) found.push([from, from + needle.length]);
    const free = found.filter(([from]) => !isWord.test(needle[0]) || isDense.test(needle[0]) || !isWord.test(small[from - 1] ?? " "));
    return free.length ? free : needle.length > 2 ? found : [];
  };
  const [whole, ...others] = words;
  let found = whole ? everywhere(whole) : [];
  const literal = found.length > 0;
  if (!literal) {
    const long = others.filter((needle) => isDense.test(needle) && [...needle].length > 2 && small.includes(needle)).flatMap(everywhere);
    found = others.filter((needle) => !long.length || !isDense.test(needle)).flatMap(everywhere).concat(long);
  }
  found.sort((a, b) => a[0] - b[0]);
  const places = [];
  for (const [from, to] of found) {
    const last = places.at(-1);
    if (last && at[from] <= last[1]) last[1] = Math.max(last[1], at[to]);
    else places.push([at[from], at[to]]);
  }
  return Object.assign(places, { literal });
}
