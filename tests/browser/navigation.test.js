// Finding the way: sidebar, drawer, previous and next.
import assert from "node:assert/strict";
import { becomes } from "./chromium.js";
import { inBrowser } from "./harness.js";

inBrowser("the sidebar marks the page and folds parts, and keeps them folded", {}, async (page, open) => {
  await open("wide/");
  const fold = page.locator(".sidebar details").first();
  const isOpen = () => fold.evaluate((element) => element.open);
  const before = await isOpen();
  await fold.locator("summary").first().click();
  await becomes(isOpen, !before);
  // It is kept when the browser tells of it, which is a little later.
  await becomes(() => page.evaluate(() => Object.values(sessionStorage)), [before ? "shut" : "open"]);
  await page.reload();
  await becomes(isOpen, !before);

  await open("lab/two/");
  assert.equal(await page.locator(".sidebar [aria-current=page]").innerText(), "Two");
  assert.ok(await page.locator(".sidebar [aria-current=page]").isVisible());
});

inBrowser("previous and next lead through the workshop", {}, async (page, open) => {
  await open("");
  const seen = [];
  for (let step = 0; step < 20; step++) {
    seen.push(await page.title());
    const next = page.locator("a[rel=next]");
    if ((await next.count()) === 0) break;
    const target = await next.evaluate((link) => link.href);
    await next.click();
    await page.waitForURL(target);
  }
  const titles = seen.map((title) => title.split(" · ")[0]);
  assert.deepEqual(titles.slice(0, 7), ["Test workshop", "Lab", "One", "Two", "Exercise", "Diagrams", "Wide things"]);
});

inBrowser("on a phone the sidebar is a drawer", { width: 390, height: 844, touch: true }, async (page, open) => {
  await open("lab/one/");
  const drawer = page.locator(".sidebar");
  assert.equal(await drawer.isVisible(), false);
  await page.click("button.menu");
  await drawer.waitFor();
  await drawer.locator("a", { hasText: "Two" }).click();
  await page.waitForURL("**/lab/two/");
  await drawer.waitFor({ state: "hidden" });
});

inBrowser("the drawer closes with Escape", { width: 390, height: 844 }, async (page, open) => {
  await open("lab/one/");
  await page.click("button.menu");
  await page.locator(".sidebar").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".sidebar").waitFor({ state: "hidden" });
});

inBrowser("without scripts every page can be reached", { script: false }, async (page, open) => {
  await open("lab/one/");
  await page.locator("a[rel=next]").click();
  await page.waitForURL("**/lab/two/");
});
