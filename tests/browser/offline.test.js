// A site that can be kept for reading offline is read without its server, brings itself up to date, and is forgotten
// when the reader says so.
import assert from "node:assert/strict";
import { becomes } from "./chromium.js";
import { ask, inBrowser, leave, publish, requests, useSettings } from "./harness.js";

useSettings({ HUGO_WSGEN_OFFLINE: "true" });

const keep = async (page) => {
  await page.locator(".offline button", { hasText: "Keep for reading offline" }).first().click();
  await page.locator(".offline", { hasText: "Available offline" }).first().waitFor();
};
const versions = (page) => page.evaluate(() => caches.keys());

inBrowser("a kept site is read, searched and drawn without its server, in every language", { expected: /sw\.js|ERR_|404/ }, async (page, open) => {
  await open("lab/one/");
  const offer = await page.locator(".sidebar .offline button").textContent();
  assert.match(offer, /\(\d+(\.\d)? MB\)$/);
  await keep(page);
  const pages = await page.locator(".tree a, .pager a").evaluateAll((links) => links.map(({ href }) => href));
  leave();
  for (const path of [...new Set(pages), "", "lab", "lab/two/index.html", "tags/code/", "print/", "ja/", "ja/beans/"]) {
    await open(path);
    assert.ok(await page.locator("h1").first().isVisible(), path);
    assert.match(await page.evaluate(() => getComputedStyle(document.querySelector(".top")).position), /sticky|static/, path);
  }

  await open("diagrams/");
  await page.locator(".diagram svg").first().waitFor();

  await ask(page, "kettle");
  await page.locator("dialog.search [role=option]").first().waitFor();

  const answer = await open("nowhere/");
  assert.equal(answer.status(), 404);
  assert.match(await page.locator("h1").textContent(), /not found/);
});

inBrowser("keeping is said and can be undone", {}, async (page, open) => {
  await open("lab/one/");
  assert.deepEqual(await versions(page), []);
  await page.locator(".sidebar .offline button").focus();
  // It is said for some seconds only, so that the wait begins before the key.
  const said = page.locator(".spoken", { hasText: "Available offline" }).waitFor();
  await page.keyboard.press("Enter");
  await said;
  await becomes(async () => (await versions(page)).length, 1);
  await becomes(() => page.evaluate(() => document.activeElement.textContent), "Remove");

  await open("lab/two/");
  await page.locator(".offline button", { hasText: "Remove" }).click();
  await page.locator(".offline button", { hasText: "Keep for reading offline" }).waitFor();
  await becomes(() => versions(page), []);
  await becomes(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
});

inBrowser("nothing moves when the offer comes", { width: 390, height: 844 }, async (page, open) => {
  await open("");
  await page.locator(".page-progress .offline button").waitFor();
  await page.locator(".page-progress .offline button").scrollIntoViewIfNeeded();
  const shift = await page.evaluate(() => new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (sum += value))).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(sum), 300);
  }));
  assert.equal(shift, 0);
});

inBrowser("a new version is fetched by what changed, and shown when the page is turned", {}, async (page, open) => {
  await open("lab/one/");
  await keep(page);
  const [before] = await versions(page);
  const since = requests.length;
  publish("content/lab/two.md", (text) => `${text}\n\nPublished anew.\n`);
  await open("lab/one/");
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    while (!registration.waiting) await new Promise((done) => setTimeout(done, 20));
  });
  const fetched = requests.slice(since);
  assert.ok(fetched.some((path) => path.startsWith("lab/two/")), fetched.join(" "));
  assert.ok(!fetched.some((path) => /mermaid|\.css$|^tools\//.test(path)), fetched.join(" "));

  await open("lab/two/");
  await page.getByText("Published anew.").waitFor();
  await page.waitForFunction(async () => (await caches.keys()).length === 1);
  const [after] = await versions(page);
  assert.notEqual(after, before);
});

inBrowser("with several tabs the reader decides when to see the new version", {}, async (page, open) => {
  await open("lab/one/");
  await keep(page);
  const other = await page.context().newPage();
  await other.goto(page.url());
  publish("content/lab/one.md", (text) => `${text}\n\nWritten later.\n`);
  await open("lab/one/");
  const renew = page.locator(".offline button", { hasText: "Show the new version" });
  await renew.waitFor();
  assert.equal(await page.getByText("Written later.").count(), 0);
  await renew.click();
  await page.getByText("Written later.").waitFor();
});

// The smallest of each kind of which the generator knows what it needs.
const kinds = {
  flowchart: "flowchart LR\n  a --> b{c} --> d((e))",
  sequence: "sequenceDiagram\n  A->>B: x\n  B-->>A: y",
  class: "classDiagram\n  A <|-- B\n  A : +int x",
  state: "stateDiagram-v2\n  [*] --> A\n  A --> [*]",
  er: "erDiagram\n  A ||--o{ B : has",
  gantt: "gantt\n  dateFormat YYYY-MM-DD\n  section S\n  T :a1, 2026-01-01, 3d",
  pie: 'pie title P\n  "a" : 3\n  "b" : 5',
  git: "gitGraph\n  commit\n  branch b\n  commit",
  mindmap: "mindmap\n  root((m))\n    a\n    b",
  timeline: "timeline\n  title T\n  2026 : a : b",
  journey: "journey\n  title J\n  section S\n    Do: 5: Me",
  quadrant: "quadrantChart\n  title Q\n  x-axis L --> R\n  y-axis D --> U\n  A: [0.3, 0.6]",
  formula: 'flowchart LR\n  a["$$x^2$$"] --> b',
};

inBrowser("every kind of diagram is drawn without the server, by the modules that were kept for it", { expected: /sw\.js|ERR_/ }, async (page, open) => {
  publish("content/diagrams.md", (text) => text + Object.values(kinds).map((diagram) => `\n\`\`\`mermaid\n${diagram}\n\`\`\`\n`).join(""));
  await open("lab/one/");
  await keep(page);
  leave();
  await open("diagrams/");
  const count = Object.keys(kinds).length + 1;
  // The others follow the first when there is time.
  for (let nth = 0; nth < count; nth++) await page.locator(".page-body .diagram svg[role]").nth(nth).waitFor({ state: "attached" });
  assert.equal(await page.locator(".diagram-error").count(), 0);
});

inBrowser("a site that is not kept any longer is forgotten", { expected: /404|sw\.js/ }, async (page, open) => {
  await open("lab/one/");
  await keep(page);
  publish("hugo.toml", (text) => text, { HUGO_WSGEN_OFFLINE: "false" });
  await open("lab/two/");
  await page.waitForFunction(async () => (await caches.keys()).length === 0 && !(await navigator.serviceWorker.getRegistration()));
  await page.locator("h1").waitFor();
});
