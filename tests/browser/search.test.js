// The search: by keyboard, in Japanese, below a path.
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { becomes } from "./chromium.js";
import { ask, inBrowser, publish } from "./harness.js";

const dialog = "dialog.search[open]";
const options = `${dialog} [role=option]`;

const field = `${dialog} input[role=combobox]`;

const active = (page) =>
  page.evaluate(() => document.getElementById(document.activeElement.getAttribute("aria-activedescendant"))?.getAttribute("href"));

for (const key of ["/", "Control+k", "Meta+k"]) {
  inBrowser(`${key} opens the search, and Escape closes it`, {}, async (page, open) => {
    await open("lab/one/");
    await page.keyboard.press(key);
    await page.locator(dialog).waitFor();
    await becomes(() => page.evaluate(() => document.activeElement.role), "combobox");
    await page.locator(`${dialog} .search-foot kbd`).first().waitFor();
    await page.keyboard.press("Escape");
    await page.locator(dialog).waitFor({ state: "hidden" });
  });
}

inBrowser("a word leads to the heading under which it stands", {}, async (page, open) => {
  await open("");
  await ask(page, "kettle");
  await page.locator(options).first().waitFor();
  assert.equal(await page.locator(`${options} mark`).first().textContent(), "kettle");
  assert.match(await page.locator(`${dialog} .search-path`).first().textContent(), /Tools › Find me/);
  assert.equal(await page.locator(`${dialog} [role=status]`).textContent(), "Pages found: 1");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/sub/tools/find/#boiling-water");
});

inBrowser("Japanese words are found, and the first page is that about them", { locale: "ja" }, async (page, open) => {
  await open("ja/");
  for (const [query, path] of [["計測", "/sub/ja/tools/find/#%E8%A8%88%E6%B8%AC%E3%81%AE%E6%96%B9%E6%B3%95"], ["焙煎機", "/sub/ja/beans/#%E7%84%99%E7%85%8E%E6%A9%9F"]]) {
    await page.keyboard.press("Control+k");
    await page.locator(field).fill(query);
    await page.waitForFunction((path) => document.querySelector("dialog.search [role=option]")?.href?.endsWith(path), path);
    await page.keyboard.press("Escape");
    await page.locator(dialog).waitFor({ state: "hidden" });
  }
});

inBrowser("arrow keys go through the results, around the ends, and the field keeps the focus", {}, async (page, open) => {
  await open("");
  await ask(page, "water");
  await page.locator(options).nth(1).waitFor();
  const links = await page.locator(options).evaluateAll((options) => options.map((option) => option.getAttribute("href")));
  assert.equal(await active(page), links[0]);
  for (const [key, link] of [["ArrowDown", links[1]], ["ArrowUp", links[0]], ["ArrowUp", links.at(-1)], ["ArrowDown", links[0]]]) {
    await page.keyboard.press(key);
    await becomes(() => active(page), link);
    assert.equal(await page.locator(`${dialog} [aria-selected=true]`).count(), 1);
  }
  assert.equal(await page.evaluate(() => document.activeElement.role), "combobox");
});

inBrowser("what is nowhere gives advice and no guesses", {}, async (page, open) => {
  await open("");
  await ask(page, "waterproofing-zebra");
  await page.locator(`${dialog} .search-message`, { hasText: "waterproofing-zebra" }).waitFor();
  assert.equal(await page.locator(options).count(), 0);
  assert.match(await page.locator(`${dialog} [role=status]`).textContent(), /waterproofing-zebra/);
});

inBrowser("the last queries are offered again, and can be forgotten", {}, async (page, open) => {
  await open("");
  await ask(page, "kettle");
  await page.locator(options).first().waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL("**/tools/find/**");
  await page.keyboard.press("/");
  await page.locator(`${dialog} .search-recent`, { hasText: "kettle" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator(`${options} mark`).first().waitFor();
  await page.locator(field).fill("");
  await page.getByRole("button", { name: "Forget them" }).click();
  await page.locator(`${dialog} .search-recent`, { hasText: "kettle" }).waitFor({ state: "detached" });
});

inBrowser("what is typed while the search is loaded goes into its field", {}, async (page, open) => {
  await open("lab/one/");
  let arrive, begin;
  const asked = new Promise((done) => (begin = done));
  const arrived = new Promise((done) => (arrive = done));
  await page.route(/\/search\.\w+\.js$/, (route) => (begin(), arrived.then(() => route.continue())));
  await page.keyboard.press("/");
  await page.keyboard.type("kettle");
  await asked;
  arrive();
  await page.locator(options).first().waitFor();
  assert.equal(await page.locator(field).inputValue(), "kettle");
  await page.keyboard.type("s");
  await becomes(() => page.locator(field).inputValue(), "kettles");
});

inBrowser("keys that are typed into a field open nothing", {}, async (page, open) => {
  await open("lab/one/");
  await page.evaluate(() => document.querySelector("main").append(Object.assign(document.createElement("input"), { id: "field" })));
  await page.locator("#field").focus();
  await page.keyboard.press("/");
  await becomes(() => page.locator("#field").inputValue(), "/");
  assert.equal(await page.locator(dialog).count(), 0);
});

inBrowser("the one-letter key can be switched off", {}, async (page, open) => {
  await open("lab/one/");
  await page.keyboard.press("/");
  await page.getByLabel("Open with the key /").uncheck();
  await open("lab/two/");
  await page.keyboard.press("/");
  await page.keyboard.press("Control+k");
  await page.locator(dialog).waitFor();
  assert.equal(await page.locator(field).inputValue(), "");
  assert.equal(await page.getByLabel("Open with the key /").isChecked(), false);
});

inBrowser("on a phone the search fills the window and has a button to close it", { width: 390, height: 844, touch: true, isMobile: true }, async (page, open) => {
  await open("lab/one/");
  await page.locator(".search-open").tap();
  await page.locator(dialog).waitFor();
  await becomes(async () => {
    const { x, y, width } = await page.locator(dialog).boundingBox();
    return [x, y, width];
  }, [0, 0, 390]);
  await page.locator(`${dialog} .search-field .tool`).tap();
  await page.locator(dialog).waitFor({ state: "hidden" });
});

inBrowser("nothing of the search is loaded before it is opened, and then at most 15 KB", {}, async (page, open) => {
  const loaded = [];
  page.on("response", (response) => /search/.test(response.url()) && loaded.push(response));
  await open("lab/one/");
  await page.waitForTimeout(300);
  assert.deepEqual(loaded.map((response) => response.url()), []);
  await ask(page, "kettle");
  await page.locator(options).first().waitFor();
  const sizes = await Promise.all(loaded.map(async (response) => gzipSync(await response.body()).length));
  const sum = sizes.reduce((a, b) => a + b, 0);
  assert.ok(sum > 3_000 && sum < 15_000, `${sum} bytes`);
});

inBrowser("without JavaScript there is no button that does nothing", { script: false }, async (page, open) => {
  await open("lab/one/");
  assert.equal(await page.locator(".search-open").isVisible(), false);
});

inBrowser("when the index cannot be loaded, the dialog says so and tries again", {}, async (page, open) => {
  await open("lab/one/");
  await page.route("**/search/en/index.js", (route) => route.fulfill({ body: "<!doctype html>" }));
  await ask(page, "kettle");
  await page.locator(`${dialog} .search-message`, { hasText: "could not be loaded" }).waitFor();
  await page.unroute("**/search/en/index.js");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator(`${options} mark`, { hasText: "kettle" }).waitFor();
});

inBrowser("a right-to-left page has the dialog the other way round", {}, async (page, open) => {
  await open("lab/one/");
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  await ask(page, "kettle");
  await page.locator(options).first().waitFor();
  const [icon, input] = await Promise.all([".search-field > .icon", ".search-field input"].map((part) => page.locator(`${dialog} ${part}`).boundingBox()));
  assert.ok(icon.x > input.x);
});

inBrowser("a word with an error is found where nothing is written so", {}, async (page, open) => {
  await open("");
  await ask(page, "nowhere-zebra");
  for (const query of ["ketle", "kettel", "kettlle", "kestle", "ekttle"]) {
    await page.locator(`${dialog} .search-message`, { hasText: "nowhere-zebra" }).waitFor();
    await page.locator(field).fill(query);
    await page.locator(`${options} mark`, { hasText: "kettle" }).waitFor();
    await page.locator(field).fill("nowhere-zebra");
  }
});

inBrowser("before anything is asked for, the dialog shows where this page leads", {}, async (page, open) => {
  await open("tools/find/");
  await page.keyboard.press("/");
  const heading = page.locator(`${dialog} [role=option]`, { hasText: "Boiling water" });
  await heading.click();
  await page.waitForURL("**/tools/find/#boiling-water");
});

inBrowser("the number that is said is the number of pages that are shown", {}, async (page, open) => {
  await open("");
  await ask(page, "the");
  await page.locator(options).first().waitFor();
  const said = Number((await page.locator(`${dialog} [role=status]`).textContent()).match(/\d+/)[0]);
  const more = page.locator(`${dialog} .search-more`);
  while (await more.count()) await more.click();
  assert.equal(await page.locator(`${dialog} [role=group]`).count(), said);
});

const marked = (page) =>
  page.evaluate(() => [...(CSS.highlights.get("found") ?? [])].map((range) => range.toString()));

inBrowser("words are marked on the page that a result leads to, until Escape", {}, async (page, open) => {
  await open("");
  await ask(page, "kettle");
  await page.locator(options).first().waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL("**/tools/find/#boiling-water");
  await becomes(async () => (await marked(page)).length > 0 && (await marked(page)).every((word) => /kettle/i.test(word)), true);
  await page.keyboard.press("Escape");
  await becomes(() => marked(page), []);
  await page.reload();
  assert.deepEqual(await marked(page), []);
});

inBrowser("a result in a fold opens it, on the page where one is, too", {}, async (page, open) => {
  await open("folded/");
  const fold = page.locator("details", { hasText: "zanzibar" });
  assert.equal(await fold.evaluate((fold) => fold.open), false);
  await ask(page, "zanzibar");
  await page.locator(options).first().waitFor();
  await page.keyboard.press("Enter");
  await becomes(() => fold.evaluate((fold) => fold.open), true);
});

inBrowser("after the site was published anew, an open page finds what is there now", { expected: /404/ }, async (page, open) => {
  await open("");
  await ask(page, "kettle");
  await page.locator(options).first().waitFor();
  publish("content/folded.md", (text) => `${text}\nAnother word: quixotic. And a kettle.\n`);
  await page.locator(field).fill("quixotic");
  await page.locator(`${options} mark`, { hasText: "quixotic" }).waitFor();
});
