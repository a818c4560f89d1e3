// The search of a finished site without a browser: its script reads the files of a folder.
import { copyFileSync, existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The index of a language, with `read` files and their bytes, and `shown`: addresses in the order in which they are shown. */
export async function openFolder(folder, language) {
  const read = new Map();
  Object.assign(globalThis, { self: globalThis, location: { protocol: "http:" } });
  globalThis.fetch = async (url) => {
    const path = fileURLToPath(url.replace("http://site/", pathToFileURL(folder).href + "/"));
    if (!existsSync(path)) return { ok: false, status: 404, text: async () => "" };
    const bytes = readFileSync(path);
    read.set(path, bytes);
    return { ok: true, status: 200, text: async () => bytes.toString() };
  };
  const script = join(mkdtempSync(join(tmpdir(), "wsgen-search-")), "search-index.mjs");
  copyFileSync(fileURLToPath(new URL("../../static/js/search-index.js", import.meta.url)), script);
  const { openIndex, placesOf } = await import(pathToFileURL(script).href);
  const index = await openIndex(new URL(`http://site/search/${language}/`));
  const find = async (query) => ({ query, ...(await index.find(query)) });
  let words = [];
  return {
    read,
    find: async (query) => {
      const found = await find(query);
      words = found.words;
      return found;
    },
    // As the dialog does: of the pages that are shown together, those with the query as it was typed come first.
    shown: async (results) => {
      const pages = await Promise.all(results.map((result, nth) => index.read(result, Math.max(3 - nth, 1))));
      const literal = ({ title, parts }) => [title, ...parts.flatMap(({ heading, text }) => [heading, text])].some((text) => placesOf(text, words).literal);
      return [...pages.filter(literal), ...pages.filter((page) => !literal(page))].map(({ url }) => decodeURI(url));
    },
  };
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const entities = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: " " };
const plain = (html) =>
  html
    .replace(/<(script|style|svg|math|template)\b.*?<\/\1>/gs, " ")
    .replace(/<pre class="mermaid".*?<\/pre>/gs, " ")
    .replace(/<a class="heading-anchor".*?<\/a>/gs, "")
    .replace(/<\/?(p|li|ul|ol|td|th|tr|div|pre|h\d|br|dt|dd|summary|details|table|blockquote)\b[^>]*>/g, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&(#39|\w+);/g, (whole, name) => entities[name] ?? whole);

/** Text and headings of a page of a finished site that is searched in `language`; nothing for other files. */
export function textOf(html, language) {
  if (!html.includes(`search/${language}/"`) || /<body class="print/.test(html)) return undefined;
  const body = html.match(/<main\b.*?<\/main>/s)?.[0];
  if (!body || /<meta http-equiv="refresh"/.test(html)) return undefined;
  const own = body.match(/<article[^>]*class="[^"]*page-body.*<\/article>/s)?.[0] ?? "";
  const title = plain(body.match(/<h1.*?<\/h1>/s)?.[0] ?? html.match(/<title>.*?<\/title>/s)?.[0] ?? "");
  const headings = plain((own.match(/<h[1-6]\b.*?<\/h[1-6]>/gs) ?? []).join("\n"));
  return { text: `${title}\n${plain(own)}`, headings: `${title}\n${headings}` };
}
