// The pages of the manual, which show every piece that a page can hold, are accessible.
import { assertAccessible } from "./axe.js";
import { inBrowser, useSite } from "./harness.js";

useSite("../..");

const pages = [
  "", "10-first-steps/", "10-first-steps/10-build/", "20-writing/20-callouts/", "20-writing/30-code/",
  "20-writing/50-exercises/", "20-writing/50-variables/", "20-writing/60-time/", "30-site/15-search/", "30-site/25-progress/",
  "25-shortcodes/10-boxes/", "25-shortcodes/20-folding/", "25-shortcodes/30-arranging/", "25-shortcodes/40-pages-and-files/", "25-shortcodes/50-inline/",
  "25-shortcodes/60-media/", "25-shortcodes/70-code-diagrams-math/", "40-reference/settings/",
  "40-reference/templates/", "print/", "ja/", "ja/10-first-steps/10-build/", "ja/print/",
];

for (const scheme of ["light", "dark"]) {
  for (const [width, height] of [[1440, 900], [390, 844]]) {
    inBrowser(`axe finds nothing in the manual, ${scheme}, ${width} px wide`, { scheme, width, height }, async (page, open) => {
      for (const path of pages) {
        await open(path);
        await assertAccessible(page, path || "home");
      }
    });
  }
}
