// A footnote is read beside its number, and its link leads to it as ever.
import assert from "node:assert/strict";
import { assertAccessible } from "./axe.js";
import { inBrowser } from "./harness.js";

const box = ".footnote-box";

/** Points at a number, once the page has come to rest: scrolling hides a note. */
async function point(page, nth) {
  const number = page.locator(".footnote-ref").nth(nth);
  await number.scrollIntoViewIfNeeded();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await number.hover();
}

inBrowser("pointing at a number shows its note, and leaving it does not", {}, async (page, open) => {
  await open("tools/notes/");
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.evaluate(() => {
    window.shifts = 0;
    new PerformanceObserver((list) => (window.shifts += list.getEntries().length)).observe({ type: "layout-shift" });
  });
  await point(page, 0);
  await page.locator(box).waitFor();
  assert.equal((await page.locator(box).textContent()).trim(), "The first note, with code.");
  assert.equal(await page.evaluate(() => document.documentElement.scrollHeight), height);
  await page.waitForTimeout(200);
  assert.equal(await page.evaluate(() => window.shifts), 0);
  await page.mouse.move(2, 2);
  await page.locator(box).waitFor({ state: "detached" });
});

inBrowser("by keyboard a note is shown and told, and goes with Escape", {}, async (page, open) => {
  await open("tools/notes/");
  await page.locator("main").focus();
  while (!(await page.evaluate(() => document.activeElement.matches(".footnote-ref")))) await page.keyboard.press("Tab");
  await page.locator(box).waitFor();
  assert.equal(await page.evaluate(() => document.getElementById(document.activeElement.getAttribute("aria-describedby")).textContent.trim()), "The first note, with code.");
  await assertAccessible(page, "with a note");
  await page.keyboard.press("Escape");
  await page.locator(box).waitFor({ state: "detached" });
  await page.keyboard.press("Enter");
  await page.waitForURL(/#fn/);
});

inBrowser("a note at the right edge of a phone stays in the window", { width: 390, height: 844 }, async (page, open) => {
  await open("tools/notes/");
  await point(page, 1);
  await page.locator(box).waitFor();
  const { x, width } = await page.locator(box).boundingBox();
  assert.ok(x >= 0 && x + width <= 390, `${x} + ${width}`);
});

inBrowser("without JavaScript the number is a link", { script: false }, async (page, open) => {
  await open("tools/notes/");
  await page.locator(".footnote-ref").first().click();
  await page.waitForURL(/#fn/);
});

inBrowser("a page without footnotes loads nothing for them", {}, async (page, open) => {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await open("lab/one/");
  assert.deepEqual(asked.filter((url) => /footnote/.test(url)), []);
});
