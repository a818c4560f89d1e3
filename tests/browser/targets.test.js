// Whatever has an id can be reached: by links, the table of contents, addresses, the browser's search, and old addresses.
import assert from "node:assert/strict";
import { becomes } from "./chromium.js";
import { inBrowser } from "./harness.js";

const path = "tools/targets/";
const chosen = (page) => page.locator("[role=tab][aria-selected=true]").first().innerText();
// Below the bar, and on the screen.
const inView = (page, id) =>
  page.evaluate((id) => {
    const { top, height } = document.getElementById(id).getBoundingClientRect();
    return height > 0 && top >= 50 && top < innerHeight;
  }, id);

for (const [name, fragment, tab, id] of [
  ["a heading in a tab that is not chosen", "#install-on-macos", "macOS", "install-on-macos"],
  ["a heading in a fold in a tab", "#deep-inside", "macOS", "deep-inside"],
  ["a tab", "#tab-windows", "Windows", "tab-windows"],
]) {
  inBrowser(`an address leads to ${name}`, { height: 300 }, async (page, open) => {
    await open(path + fragment);
    await becomes(() => chosen(page), tab);
    await becomes(() => inView(page, id), true);
  });
}

inBrowser("links in the text and the table of contents lead into tabs, more than once", { width: 1440 }, async (page, open) => {
  await open(path);
  await page.locator(".page-body a", { hasText: "Into a tab" }).click();
  await becomes(() => chosen(page), "macOS");
  await page.getByRole("tab", { name: "Linux" }).click();
  await becomes(() => chosen(page), "Linux");
  // The address is the same, so the browser tells of no change.
  await page.locator(".page-body a", { hasText: "Into a tab" }).click();
  await becomes(() => chosen(page), "macOS");
  await page.locator(".toc a", { hasText: "Install on Windows" }).click();
  await becomes(() => chosen(page), "Windows");
  await page.goBack();
  await becomes(() => chosen(page), "macOS");
});

inBrowser("the browser's search finds what a tab hides", {}, async (page, open) => {
  await open(path);
  await becomes(() => chosen(page), "Linux");
  assert.deepEqual(await page.locator(".tab").evaluateAll((tabs) => tabs.map((tab) => tab.getAttribute("hidden"))), [null, "until-found", "until-found"]);
  const heights = () => page.locator(".tab").evaluateAll((tabs) => tabs.map((tab) => tab.offsetHeight > 0));
  assert.deepEqual(await heights(), [true, false, false]);
  // A fragment of text is found as by the search.
  await open(`${path}?again#:~:text=Use%20an%20installer`);
  await becomes(() => chosen(page), "Windows");
});

inBrowser("an old address leads to the same place of the new one", {}, async (page, open) => {
  await open("moved/?team=red#install-on-windows");
  await page.waitForURL(/tools\/targets\/\?team=red#install-on-windows$/);
  await becomes(() => chosen(page), "Windows");
});
