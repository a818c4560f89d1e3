// How often the first page that the search finds holds what was asked for: terms drawn at random from the pages of a site,
// by a fixed seed, and asked without a browser.
//
//   node tests/search/terms.mjs FOLDER SCRIPT [COUNT [SEED]]
//
// FOLDER is a finished site, what `wsgen build` has written; SCRIPT is one of those in `kinds`. Prints how many terms are
// held by the first page, by any page, and by a page that names them in its title or a heading before one that does not.
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { openFolder, random, textOf } from "./folder.mjs";

const kinds = {
  katakana: /[\u30a1-\u30fa\u30fc]{4,}/gu,
  kanji: /(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{4,6}(?![\u4e00-\u9fff])/gu,
  han: /[\u4e00-\u9fff]{2,4}/gu,
  hangul: /[\uac00-\ud7a3]{3,}/gu,
  thai: /[\u0e01-\u0e3a\u0e40-\u0e4e]{6,14}/gu,
  latin: /(?<![\p{L}\p{N}])\p{L}{5,}(?![\p{L}\p{N}])/gu,
  code: /(?<=^|\s)[$~./>=<\w-]*[$~./>=<][\w./=:$-]*\w(?=\s|$)/gm,
};

const [folder, kind, count = 60, seed = 1] = process.argv.slice(2);
const language = process.env.SEARCH_LANGUAGE ?? readdirSync(join(folder, "search"))[0];
const pages = new Map();
for (const file of readdirSync(folder, { recursive: true })) {
  if (!file.endsWith("index.html")) continue;
  const page = textOf(readFileSync(join(folder, file), "utf8"), language);
  if (page) pages.set(`/${relative(".", file).replace(/index\.html$/, "")}`, page);
}
const drawn = [...new Set([...pages.values()].flatMap(({ text }) => text.match(kinds[kind]) ?? []))].sort();
const next = random(+seed);
const terms = Array.from({ length: Math.min(+count, drawn.length) }, () => drawn.splice(Math.floor(next() * drawn.length), 1)[0]);

const index = await openFolder(folder, language);
const fold = (text) => text.normalize("NFKC").toLowerCase();
const counts = { first: 0, shown: 0, heading: 0 };
for (const term of terms) {
  const { results } = await index.find(term);
  const found = await index.shown(results.slice(0, 5));
  const holds = found.map((url) => fold(pages.get(url)?.text ?? "").includes(fold(term)));
  const above = found.map((url) => fold(pages.get(url)?.headings ?? "").includes(fold(term)));
  const anywhere = [...pages.values()].some(({ headings }) => fold(headings).includes(fold(term)));
  counts.first += holds[0] ? 1 : 0;
  counts.shown += holds.some(Boolean) ? 1 : 0;
  counts.heading += !anywhere || above[0] ? 1 : 0;
  if (!holds[0]) console.log(`  ${term}: ${found.slice(0, 3).join(" ") || "nothing"}`);
  else if (anywhere && !above[0]) console.log(`  ${term}: ${found[0]} names it in passing`);
}
console.log(`${kind} in ${pages.size} pages, ${terms.length} terms: first ${counts.first}, shown ${counts.shown}, heading first ${counts.heading}`);
process.exitCode = counts.first >= terms.length * 0.95 ? 0 : 1;
