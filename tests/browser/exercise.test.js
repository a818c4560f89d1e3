// Exercises: hints and solutions open one after the other.
import assert from "node:assert/strict";
import { becomes } from "./chromium.js";
import { inBrowser } from "./harness.js";

const fold = (page, name) => page.locator(".exercise details", { has: page.locator("summary", { hasText: name }) });
const isOpen = (page, name) => fold(page, name).first().evaluate((details) => details.open);
const click = (page, name) => page.locator(".exercise summary", { hasText: name }).first().click();

inBrowser("a hint opens only after the one before it, and the solution comes last", {}, async (page, open) => {
  await open("lab/exercise/");
  assert.match(await page.locator(".exercise summary", { hasText: /^Solution/ }).innerText(), /opens after “Hint 2/);
  await click(page, /^Hint 1/);
  await becomes(() => isOpen(page, /^Hint 1/), true);
  await click(page, /^Solution/);
  assert.equal(await isOpen(page, /^Solution/), false, "the second hint comes before it");
  await click(page, /^Hint 2/);
  await becomes(() => isOpen(page, /^Hint 2/), true);
  await click(page, /^Solution/);
  await becomes(() => isOpen(page, /^Solution/), true);
  assert.equal(await page.locator(".exercise summary small").count(), 0);
});

inBrowser("what is locked says so, and opens for who asks twice", {}, async (page, open) => {
  await open("lab/exercise/");
  const summary = page.locator(".exercise summary", { hasText: /^Solution/ });
  assert.equal(await summary.getAttribute("aria-disabled"), "true");
  const said = page.locator("[role=status]", { hasText: "is locked. Press again" }).first().waitFor();
  await click(page, /^Solution/);
  await said;
  assert.equal(await isOpen(page, /^Solution/), false);
  assert.match(await summary.innerText(), /Press again/);
  await click(page, /^Solution/);
  await becomes(() => isOpen(page, /^Solution/), true);
  assert.equal(await summary.getAttribute("aria-disabled"), null);
});

inBrowser("what was opened stays open over a reload and on the way back", {}, async (page, open) => {
  await open("lab/exercise/");
  await click(page, /^Hint 1/);
  await becomes(() => isOpen(page, /^Hint 1/), true);
  await becomes(() => page.evaluate(() => Object.keys(sessionStorage).some((key) => key.includes("folds:"))), true);
  await page.reload();
  await becomes(() => isOpen(page, /^Hint 1/), true);
  // The next hint waits for it no longer, closed or not.
  await click(page, /^Hint 1/);
  await becomes(() => isOpen(page, /^Hint 1/), false);
  await page.waitForTimeout(100);
  await open("lab/one/");
  await page.goBack();
  assert.equal(await isOpen(page, /^Hint 1/), false);
  await click(page, /^Hint 2/);
  await becomes(() => isOpen(page, /^Hint 2/), true);
});

inBrowser("the keyboard waits as the mouse does", {}, async (page, open) => {
  await open("lab/exercise/");
  const press = async (name) => {
    await page.locator(".exercise summary", { hasText: name }).first().focus();
    await page.keyboard.press("Enter");
  };
  await press(/^Hint 2/);
  assert.equal(await isOpen(page, /^Hint 2/), false);
  for (const name of [/^Hint 1/, /^Hint 2/]) {
    await press(name);
    await becomes(() => isOpen(page, name), true);
  }
});

inBrowser("a link into a solution opens it", {}, async (page, open) => {
  await open("lab/exercise/#in-the-solution");
  await becomes(() => isOpen(page, /^Solution/), true);
});

inBrowser("without JavaScript everything opens at any time", { script: false }, async (page, open) => {
  await open("lab/exercise/");
  await click(page, /^Solution/);
  await page.locator("#in-the-solution").waitFor();
});
