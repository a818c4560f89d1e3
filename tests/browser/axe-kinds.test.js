// Every kind of page is accessible, light and dark, on a desk and on a phone.
import { assertAccessible } from "./axe.js";
import { becomes } from "./chromium.js";
import { inBrowser } from "./harness.js";

const pages = [
  "", "lab/", "lab/one/", "lab/two/", "lab/exercise/", "tools/vars/", "tools/tasks/", "tools/notes/", "wide/", "diagrams/", "tags/", "tags/code/",
  "print/", "404.html",
];

for (const scheme of ["light", "dark"]) {
  for (const [width, height] of [[1440, 900], [390, 844]]) {
    inBrowser(`axe finds nothing, ${scheme}, ${width} px wide`, { scheme, width, height }, async (page, open) => {
      for (const path of pages) {
        await open(path);
        await assertAccessible(page, path || "home");
      }
    });
  }
}

inBrowser("axe finds nothing in the open drawer", { width: 390, height: 844 }, async (page, open) => {
  await open("lab/one/");
  await page.click("button.menu");
  await page.locator(".sidebar").waitFor();
  await assertAccessible(page, "drawer");
});

for (const scheme of ["light", "dark"]) {
  for (const [width, height] of [[1440, 900], [390, 844]]) {
    inBrowser(`axe finds nothing in the open search, ${scheme}, ${width} px wide`, { scheme, width, height }, async (page, open) => {
      await open("lab/one/");
      await page.click(".search-open");
      await page.locator("dialog.search[open] input[role=combobox]").waitFor();
      await assertAccessible(page, "empty search");
      await page.locator("dialog.search[open] input[role=combobox]").fill("kettle");
      await page.locator("dialog.search[open] mark").first().waitFor();
      await assertAccessible(page, "search with results");
    });

    inBrowser(`axe finds nothing where everything is unfolded, ${scheme}, ${width} px wide`, { scheme, width, height }, async (page, open) => {
      for (const path of ["lab/exercise/", "tools/vars/"]) {
        await open(path);
        const folds = page.locator("main details:not([open]) > summary");
        for (let left = await folds.count(); left > 0; left--) {
          await folds.first().click();
          await becomes(() => folds.count(), left - 1);
        }
        await assertAccessible(page, path);
      }
    });
  }
}
