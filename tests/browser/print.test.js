// The page that holds the whole workshop, on a screen and on paper.
import assert from "node:assert/strict";
import { inBrowser } from "./harness.js";

inBrowser("the menu leads to a page with all pages, whose contents lead to their places", {}, async (page, open) => {
  await open("lab/one/");
  await page.locator(".sidebar .links a", { hasText: "All on one page" }).click();
  await page.waitForURL(/\/sub\/print\/$/);
  const titles = await page.locator(".print-page > h1").allTextContents();
  assert.ok(titles.length > 2, titles.join());
  const link = page.locator(".print-contents a").last();
  await link.click();
  await page.waitForURL(/#./);
  await page.waitForFunction(() => {
    const { top } = document.querySelector(":target").getBoundingClientRect();
    return top >= 0 && top < innerHeight;
  });
});

inBrowser("on paper every part begins a new page, and nothing of the screen is left", {}, async (page, open) => {
  await open("print/");
  await page.emulateMedia({ media: "print" });
  const breaks = await page.evaluate(() =>
    [...document.querySelectorAll(".print-page.depth-1")].map((part) => getComputedStyle(part).breakBefore));
  assert.ok(breaks.length > 0 && breaks.every((value) => value === "page"), breaks.join());
  for (const gone of [".top", ".sidebar", ".print-button"]) assert.equal(await page.locator(gone).isVisible(), false, gone);
  assert.ok((await page.pdf()).length > 10_000);
});

inBrowser("its diagrams are drawn before anybody scrolls to them", {}, async (page, open) => {
  await open("print/");
  const sources = await page.locator("pre.mermaid").count();
  assert.ok(sources > 0);
  await page.waitForFunction((sources) => document.querySelectorAll(".diagram svg[role]").length === sources, sources);
});

inBrowser("without scripts it offers no button that does nothing", { script: false }, async (page, open) => {
  await open("print/");
  assert.equal(await page.locator(".print-button").isVisible(), false);
});

inBrowser("on paper tabs have their titles, and pieces the measures of paper", {}, async (page, open) => {
  await open("tools/tabs/");
  await page.locator(".tab-list").first().waitFor();
  assert.equal(await page.locator(".tab-title").first().isVisible(), false, "on the screen the row of tabs says it");
  await page.emulateMedia({ media: "print" });
  const titles = await page.locator(".tab-list ~ .tab > .tab-title").all();
  assert.ok(titles.length > 2);
  for (const title of titles) assert.ok(await title.isVisible(), await title.textContent());
  await open("tools/code/");
  await page.addStyleTag({ content: ".page-body { inline-size: 20rem; }" });
  const wider = await page.locator("code:has(> .hl)").evaluateAll((blocks) =>
    blocks.map((code) => code.getBoundingClientRect().width > code.parentElement.getBoundingClientRect().width));
  assert.ok(wider.length > 0 && !wider.includes(true), "marked lines wrap on paper");
});
