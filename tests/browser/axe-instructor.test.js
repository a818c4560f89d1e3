// A build for instructors says so on every page, to search engines too, and is as accessible as the one for readers.
import assert from "node:assert/strict";
import { assertAccessible } from "./axe.js";
import { inBrowser, useFlags } from "./harness.js";

useFlags("--instructor");

const pages = ["", "lab/one/", "lab/exercise/", "tools/vars/", "print/", "404.html", "ja/beans/"];

for (const scheme of ["light", "dark"]) {
  for (const [width, height] of [[1440, 900], [390, 844]]) {
    inBrowser(`axe finds nothing in a build for instructors, ${scheme}, ${width} px wide`, { scheme, width, height }, async (page, open) => {
      for (const path of pages) {
        await open(path);
        assert.ok(await page.locator(".instructor-bar").isVisible(), path);
        assert.equal(await page.locator("meta[name=robots][content=noindex]").count(), 1, path);
        await assertAccessible(page, path || "home");
      }
    });
  }
}

inBrowser("the notes are there", {}, async (page, open) => {
  await open("lab/exercise/");
  assert.ok(await page.locator(".instructor").first().isVisible());
});
