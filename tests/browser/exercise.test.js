// Exercises: hints and solutions open one after the other.
import assert from "node:assert/strict";
import { inBrowser } from "./harness.js";

const fold = (page, name) => page.locator(".exercise details", { has: page.locator("summary", { hasText: name }) });
const isOpen = (page, name) => fold(page, name).first().evaluate((details) => details.open);
const click = (page, name) => page.locator(".exercise summary", { hasText: name }).first().click();

inBrowser("a hint opens only after the one before it, and the solution comes last", {}, async (page, open) => {
  await open("lab/exercise/");
  assert.match(await page.locator(".exercise summary", { hasText: /^Solution/ }).innerText(), /opens after “Hint 2/);
  await click(page, /^Solution/);
  assert.equal(await isOpen(page, /^Solution/), false);
  await click(page, /^Hint 1/);
  assert.equal(await isOpen(page, /^Hint 1/), true);
  await click(page, /^Solution/);
  assert.equal(await isOpen(page, /^Solution/), false, "the second hint comes before it");
  await click(page, /^Hint 2/);
  await click(page, /^Solution/);
  assert.equal(await isOpen(page, /^Solution/), true);
  assert.equal(await page.locator(".exercise summary small").count(), 0);
});

inBrowser("the keyboard waits as the mouse does", {}, async (page, open) => {
  await open("lab/exercise/");
  const press = async (name) => {
    await page.locator(".exercise summary", { hasText: name }).first().focus();
    await page.keyboard.press("Enter");
    return isOpen(page, name);
  };
  assert.equal(await press(/^Hint 2/), false);
  assert.equal(await press(/^Hint 1/), true);
  assert.equal(await press(/^Hint 2/), true);
});

inBrowser("a link into a solution opens it", {}, async (page, open) => {
  await open("lab/exercise/#in-the-solution");
  assert.equal(await isOpen(page, /^Solution/), true);
});

inBrowser("without JavaScript everything opens at any time", { script: false }, async (page, open) => {
  await open("lab/exercise/");
  await click(page, /^Solution/);
  assert.ok(await page.locator("#in-the-solution").isVisible());
});
