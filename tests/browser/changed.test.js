// A page whose text has changed while it was read.
import assert from "node:assert/strict";
import { becomes } from "./chromium.js";
import { inBrowser, publish } from "./harness.js";

const note = ".changed";
// The reader comes back to the page after a while.
async function comesBack(page) {
  await page.clock.fastForward("10:00");
}
const line = (page) => page.locator("#afterwards").evaluate((heading) => Math.round(heading.getBoundingClientRect().top));

inBrowser("a page that has changed says so once, and leads to the same place in the new one", { height: 300 }, async (page, open) => {
  await page.clock.install();
  await open("tools/targets/");
  await comesBack(page);
  await page.waitForTimeout(300);
  assert.equal(await page.locator(note).count(), 0, "nothing has changed");
  await page.locator("#afterwards").evaluate((heading) => scrollTo(0, heading.getBoundingClientRect().top + scrollY - 120));
  const before = await line(page);
  publish("content/tools/targets.md", (text) => text.replace("[Into a tab]", "One more paragraph.\n\nAnd another one.\n\n[Into a tab]"));
  await comesBack(page);
  await page.locator(note, { hasText: "This page has changed." }).waitFor();
  await comesBack(page);
  assert.equal(await page.locator(note).count(), 1);
  await page.locator(note).getByRole("button", { name: "Show the new version" }).click();
  await page.getByText("And another one.").waitFor();
  await becomes(async () => Math.abs((await line(page)) - before) <= 2, true);
  await comesBack(page);
  await page.waitForTimeout(300);
  assert.equal(await page.locator(note).count(), 0);
});
