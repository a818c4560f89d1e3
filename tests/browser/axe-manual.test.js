// The pages of the manual, which show every piece that a page can hold, are accessible.
import { assertAccessible } from "./axe.js";
import { inBrowser, useSite } from "./harness.js";

useSite("../..");

const pages = [
  "", "10-first-hour/", "10-first-hour/40-check/", "20-how-to/10-write/callouts/", "20-how-to/10-write/code/",
  "20-how-to/20-teach/exercises/", "20-how-to/20-teach/variables/", "20-how-to/20-teach/agenda/", "20-how-to/30-arrange/search/", "20-how-to/20-teach/progress/",
  "40-reference/shortcodes/10-boxes/", "40-reference/shortcodes/20-folding/", "40-reference/shortcodes/30-arranging/", "40-reference/shortcodes/40-pages-and-files/", "40-reference/shortcodes/50-inline/",
  "40-reference/shortcodes/60-media/", "40-reference/shortcodes/70-code-diagrams-math/", "40-reference/settings/",
  "40-reference/templates/", "40-reference/cheat-sheet/", "40-reference/commands/", "20-how-to/40-look/scripts/", "20-how-to/50-publish/trouble/",
  "30-coming-from/mkdocs/", "10-first-hour/05-install/", "ja/20-how-to/20-teach/exercises/", "print/", "ja/", "ja/10-first-hour/40-check/", "ja/print/",
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
