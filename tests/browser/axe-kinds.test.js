// Every kind of page is accessible, light and dark, on a desk and on a phone.
import { assertAccessible } from "./axe.js";
import { inBrowser } from "./harness.js";

const pages = ["", "lab/", "lab/one/", "lab/two/", "wide/", "diagrams/", "tags/", "tags/code/", "404.html"];

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
  await assertAccessible(page, "drawer");
});
