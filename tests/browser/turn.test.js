// Turning pages: one act that marks a page and goes on, the arrow keys, and parts that are no steps.
import assert from "node:assert/strict";
import { becomes } from "./chromium.js";
import { inBrowser } from "./harness.js";

inBrowser("one button marks the page as done and leads to the next", {}, async (page, open) => {
  await open("lab/one/");
  assert.equal(await page.locator(".done-next").innerText(), "Done, next: Two");
  await page.locator(".done-next").click();
  await page.waitForURL(/lab\/two\/$/);
  await page.locator(".sidebar a.is-done", { hasText: "One" }).waitFor();
});

inBrowser("the arrow keys turn pages, and leave what scrolls alone", {}, async (page, open) => {
  await open("lab/one/");
  await page.keyboard.press("ArrowRight");
  await page.waitForURL(/lab\/two\/$/);
  await page.keyboard.press("ArrowLeft");
  await page.waitForURL(/lab\/one\/$/);
  await open("tools/tabs/");
  await page.getByRole("tab", { name: "bash" }).first().focus();
  await page.keyboard.press("ArrowRight");
  await becomes(() => page.getByRole("tab", { name: "fish" }).first().getAttribute("aria-selected"), "true");
  assert.match(page.url(), /tools\/tabs\/$/);
});

inBrowser("a part that says so is no step of the workshop", {}, async (page, open) => {
  await open("lab/one/");
  const total = Number(await page.locator(".way").getAttribute("max"));
  await open("words/");
  assert.equal(await page.locator(".facts", { hasText: "Step" }).count(), 0);
  assert.equal(await page.locator(".mark-done").count(), 0);
  await open("words/bean/");
  assert.equal(await page.locator(".mark-done").count(), 0);
  assert.equal(Number(await page.locator(".way").getAttribute("max")), total);
});
