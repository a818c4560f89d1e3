// Nothing moves while a page loads, and no page of the manual scrolls sideways on the smallest phone.
import assert from "node:assert/strict";
import { inBrowser, useSite } from "./harness.js";

useSite("../..");

const pages = [
  "", "10-first-hour/", "10-first-hour/40-check/", "20-how-to/10-write/markdown/", "20-how-to/10-write/code/", "40-reference/shortcodes/10-boxes/",
  "40-reference/shortcodes/20-folding/", "40-reference/shortcodes/30-arranging/", "40-reference/shortcodes/60-media/", "40-reference/settings/",
  "40-reference/front-matter/", "40-reference/commands/", "40-reference/cheat-sheet/", "30-coming-from/mkdocs/", "40-reference/diagnostics/", "ja/", "ja/10-first-hour/30-write/",
];

for (const [width, height] of [[1440, 900], [390, 844]]) {
  inBrowser(`nothing moves while the manual loads, ${width} px wide`, { width, height }, async (page, open) => {
    await page.addInitScript(() => {
      window.moved = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.moved += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    for (const path of pages) {
      await open(path);
      await page.waitForTimeout(300);
      const moved = await page.evaluate(() => window.moved);
      // Nobody knows the height of a diagram before it is drawn.
      const limit = (await page.locator("pre.mermaid").count()) ? 0.02 : 0.005;
      assert.ok(moved < limit, `${path || "home"}: ${moved}`);
    }
  });
}

inBrowser("no page of the manual scrolls sideways at 320 px", { width: 320, height: 640 }, async (page, open) => {
  for (const path of pages) {
    await open(path);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(over <= 0, `${path || "home"}: ${over} px too wide`);
  }
});
