// Right to left: the frame is mirrored, code is not, nothing sticks out.
import assert from "node:assert/strict";
import { assertAccessible } from "./axe.js";
import { inBrowser, style, useSite } from "./harness.js";

useSite("rtl");

const left = (page, selector) => page.locator(selector).first().evaluate((element) => element.getBoundingClientRect().left);

inBrowser("the frame is mirrored", { width: 1440, height: 900 }, async (page, open) => {
  await open("lab/one/");
  assert.equal(await page.evaluate(() => document.documentElement.dir), "rtl");
  assert.ok((await left(page, ".sidebar")) > (await left(page, "article")));
  assert.ok((await left(page, ".toc")) < (await left(page, "article")));
  assert.ok((await left(page, ".pager .next")) < (await left(page, ".pager .prev")));
  assert.equal(await style(page, "pre", "direction"), "ltr");
  await assertAccessible(page, "right to left");
});

/** Distances of a number in the sidebar from both edges of its entry. */
const numberIn = (page) => page.locator(".tree [data-n]").first().evaluate((entry) => {
  const { left, right } = getComputedStyle(entry, "::before");
  return [parseFloat(left), parseFloat(right)];
});

inBrowser("numbers in the sidebar stand before their titles", { width: 1440, height: 900 }, async (page, open) => {
  await open("lab/one/");
  const [left, right] = await numberIn(page);
  assert.ok(right < 20 && right < left, `${left} from the left, ${right} from the right`);
});

for (const width of [320, 390, 820, 1440]) {
  inBrowser(`nothing sticks out, ${width} px wide`, { width }, async (page, open) => {
    for (const path of ["", "lab/", "lab/one/", "404.html"]) {
      await open(path);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(over <= 0, `${path || "home"}: ${over} px too wide`);
    }
  });
}
