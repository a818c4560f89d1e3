// A site that can be kept for reading offline is read without its server, brings itself up to date, and is forgotten
// when the reader says so.
import assert from "node:assert/strict";
import { inBrowser, leave, publish, requests, useSettings } from "./harness.js";

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

  await page.click(".search-open");
  await page.keyboard.type("kettle");
  await page.locator("dialog.search [role=option]").first().waitFor();

  const answer = await open("nowhere/");
  assert.equal(answer.status(), 404);
  assert.match(await page.locator("h1").textContent(), /not found/);
});

inBrowser("keeping is said and can be undone", {}, async (page, open) => {
  await open("lab/one/");
  assert.deepEqual(await versions(page), []);
  await page.locator(".sidebar .offline button").focus();
  await page.keyboard.press("Enter");
  await page.locator(".spoken", { hasText: "Available offline" }).waitFor();
  assert.equal((await versions(page)).length, 1);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Remove");

  await open("lab/two/");
  await page.locator(".offline button", { hasText: "Remove" }).click();
  await page.locator(".offline button", { hasText: "Keep for reading offline" }).waitFor();
  assert.deepEqual(await versions(page), []);
  assert.deepEqual(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
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

inBrowser("a site that is not kept any longer is forgotten", { expected: /404|sw\.js/ }, async (page, open) => {
  await open("lab/one/");
  await keep(page);
  publish("hugo.toml", (text) => text, { HUGO_WSGEN_OFFLINE: "false" });
  await open("lab/two/");
  await page.waitForFunction(async () => (await caches.keys()).length === 0 && !(await navigator.serviceWorker.getRegistration()));
  await page.locator("h1").waitFor();
});
