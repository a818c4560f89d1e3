// What a first visit asks the server for, and in which order: the text is painted when the stylesheet is there, and
// nothing may stand in its way.
import assert from "node:assert/strict";
import { becomes } from "./chromium.js";
import { inBrowser, requests } from "./harness.js";

const plain = (path) => path.replace(/\.[0-9a-f]{10}\./, ".").replace(/-[\w-]{8}\.js$/, ".js");

/** The files that a page asks for, by their plain names, in the order in which the server is asked. */
async function asked(page, open, path) {
  requests.length = 0;
  await open(path);
  await page.waitForLoadState("networkidle");
  return requests.slice(1).map((path) => plain(path.split("/").at(-1)));
}

inBrowser("the stylesheet is asked for first, and a page of text takes three more files at most", {}, async (page, open) => {
  const files = await asked(page, open, "tools/");
  assert.equal(files[0], "site.css", files.join(" "));
  assert.ok(files.length <= 4, files.join(" "));
});

inBrowser("a page with code takes six requests at most, and its scripts come after the stylesheets", {}, async (page, open) => {
  const files = await asked(page, open, "tools/code/");
  const first = files.findIndex((file) => file.endsWith(".js"));
  assert.ok(files.slice(0, first).every((file) => file.endsWith(".css")), files.join(" "));
  assert.ok(files.length <= 5, files.join(" "));
});

inBrowser("what the first paint waits for stands in the page, and the policy lets it run", {}, async (page, open) => {
  await open("lab/one/");
  const head = await page.locator("head").evaluate((head) => [...head.querySelectorAll("script, link[rel=stylesheet]")].map((one) => one.src || one.href || "inline"));
  assert.equal(head[0], "inline");
  assert.match(head[1], /site\.[0-9a-f]+\.css$/);
  assert.equal(await page.evaluate(() => document.documentElement.classList.contains("js")), true);
});

inBrowser("a flowchart takes eight requests at most, and its modules do not wait for each other", {}, async (page, open) => {
  const files = await asked(page, open, "flowchart/");
  await becomes(() => page.locator(".drawing svg").count(), 1);
  const all = [...new Set([...files, ...requests.slice(1).map((path) => plain(path.split("/").at(-1)))])];
  assert.ok(all.length <= 7, all.join(" "));
  assert.deepEqual(all.filter((file) => /^(?:library|dagre|flowDiagram|elk)/.test(file)).sort(), ["dagre.js", "flowDiagram.js", "library.js"]);
  const times = await page.evaluate(() =>
    performance.getEntriesByType("resource").filter(({ name }) => name.includes("/mermaid-")).map(({ startTime, responseEnd }) => [startTime, responseEnd]));
  const lastStart = Math.max(...times.map(([start]) => start));
  assert.ok(times.every(([, end]) => end > lastStart), `asked for one after the other: ${JSON.stringify(times)}`);
});
