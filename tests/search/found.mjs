// The invariant of the search: a text that stands on a page is found by its own first twenty characters.
//
//   node tests/search/found.mjs FOLDER [LANGUAGE [COUNT [SEED]]]
//
// FOLDER is a finished site. Asks for the beginnings of lines drawn at random from its pages, and prints those that do not
// lead to their page.
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { openFolder, random, textOf } from "./folder.mjs";

const [folder, language = readdirSync(join(folder, "search"))[0], count = 300, seed = 1] = process.argv.slice(2);
const lines = [];
for (const file of readdirSync(folder, { recursive: true }).sort()) {
  if (!file.endsWith("index.html")) continue;
  const page = textOf(readFileSync(join(folder, file), "utf8"), language);
  if (!page) continue;
  const url = `/${relative(".", file).replace(/index\.html$/, "")}`;
  for (const line of page.text.split("\n")) if (/[\p{L}\p{N}]{2}/u.test([...line.trim()].slice(0, 20).join(""))) lines.push([url, line.trim()]);
}
const index = await openFolder(folder, language);
const next = random(+seed);
const drawn = Array.from({ length: Math.min(+count, lines.length) }, () => lines.splice(Math.floor(next() * lines.length), 1)[0]);
let found = 0;
for (const [url, line] of drawn) {
  const query = [...line].slice(0, 20).join("");
  const { results } = await index.find(query);
  const pages = await Promise.all(results.map((result) => index.shown([result])));
  if (pages.flat().includes(url)) found++;
  else console.log(`  ${url}: ${query}`);
}
console.log(`${found} of ${drawn.length} found`);
process.exitCode = found === drawn.length ? 0 : 1;
