// What pages look like where a rule is easily broken: the page for missing addresses, contrast mode, bars on phones.
import assert from "node:assert/strict";
import { becomes } from "./chromium.js";
import { inBrowser, style } from "./harness.js";

inBrowser("an address with a slip leads to the page that is meant, and to a search for its words", { expected: /404/ }, async (page, open) => {
  await open("lab/onee-lab/");
  await page.locator(".nearest a").first().waitFor();
  const near = await page.locator(".nearest a").evaluateAll((links) => links.map((link) => link.pathname));
  assert.ok(near.length <= 3 && near.every((path) => path.startsWith("/sub/")), near.join(" "));
  await page.click("[data-query]");
  await page.locator("dialog.search[open] input[role=combobox]").waitFor();
  await becomes(() => page.locator("dialog.search[open] input[role=combobox]").inputValue(), "onee lab");
});

inBrowser("an address that is like no other lists nothing", { expected: /404/ }, async (page, open) => {
  await open("zzzz/qqqq/");
  await page.waitForLoadState("networkidle");
  assert.equal(await page.locator(".nearest").isVisible(), false);
});

inBrowser("in contrast mode code has an edge, and the current page is marked", { forcedColors: "active" }, async (page, open) => {
  await open("lab/one/");
  assert.equal(await style(page, ".highlight pre", "borderTopStyle"), "solid");
  assert.equal(await style(page, ".tree a[aria-current]", "outlineStyle"), "solid");
});

inBrowser("numbers in the sidebar stand before their titles", { width: 1440, height: 900 }, async (page, open) => {
  await open("lab/one/");
  const distances = await page.locator(".tree [data-n]").evaluateAll((entries) => entries.map((entry) => {
    const { left, right } = getComputedStyle(entry, "::before");
    return [parseFloat(left), parseFloat(right)];
  }));
  assert.ok(distances.length > 0);
  for (const [left, right] of distances) assert.ok(left < 20 && left < right, `${left} from the left, ${right} from the right`);
});

inBrowser("a list of pages with nothing beside it takes the room at its right", { width: 1440, height: 900 }, async (page, open) => {
  await open("lab/");
  const list = await page.locator(".contents").boundingBox();
  assert.ok(list.width > 760, `${list.width} px`);
});

inBrowser("titles in the bar of a phone take one line", { width: 390, height: 844 }, async (page, open) => {
  await open("ja/beans/");
  for (const box of await page.locator(".pager span").evaluateAll((spans) => spans.map((span) => span.getBoundingClientRect().height))) {
    assert.ok(box < 30, `${box} px`);
  }
});
