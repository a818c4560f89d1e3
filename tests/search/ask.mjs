// What the search of a finished site finds for queries, and whether that is what was expected.
//
//   node tests/search/ask.mjs FOLDER LANGUAGE FILE
//
// Each line of FILE is a query, a tab, and an address at which the first page has to begin. Prints what differs, and the
// bytes that the first query and the others took, compressed.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { openFolder } from "./folder.mjs";

const [folder, language, file] = process.argv.slice(2);
const index = await openFolder(folder, language);
const lines = readFileSync(file, "utf8").split("\n").filter((line) => line && !line.startsWith("#"));
const weights = [];
let right = 0, known = 0;
for (const line of lines) {
  const [query, expected] = line.split("\t");
  const { results } = await index.find(query);
  const shown = await index.shown(results.slice(0, 5));
  const all = [...index.read.values()].reduce((sum, bytes) => sum + gzipSync(bytes, { level: 9 }).length, 0);
  weights.push(all - known);
  known = all;
  if (shown[0]?.startsWith(expected)) right++;
  else console.log(`  ${query}: ${shown.slice(0, 3).join(" ") || "nothing"}`);
}
const next = weights.slice(1).sort((a, b) => a - b);
console.log(`${right} of ${lines.length} right; first ${weights[0]} bytes, later median ${next[Math.floor(next.length / 2)]}, most ${next.at(-1)}`);
process.exitCode = right === lines.length ? 0 : 1;
