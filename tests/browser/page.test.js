// What a page must never do, at any width.
import assert from "node:assert/strict";
import { becomes } from "./chromium.js";
import { inBrowser } from "./harness.js";

const pages = ["", "lab/", "lab/one/", "lab/two/", "wide/", "404.html"];

for (const width of [320, 390, 820, 1200, 1280, 1440]) {
  inBrowser(`no page scrolls sideways at ${width} px`, { width }, async (page, open) => {
    for (const path of pages) {
      await open(path);
      const [scroll, client] = await page.evaluate(() => [
        document.documentElement.scrollWidth, document.documentElement.clientWidth,
      ]);
      assert.ok(scroll <= client, `${path || "home"}: ${scroll} > ${client}`);
    }
  });
}

inBrowser("everything that can be pressed can be reached by keyboard and has a name", {}, async (page, open) => {
  await open("lab/one/");
  const nameless = await page.evaluate(() =>
    [...document.querySelectorAll("button, a[href], summary, input")]
      .filter((element) => element.checkVisibility())
      .filter((element) => !(element.ariaLabel || element.textContent.trim() || element.labels?.length || element.disabled))
      .map((element) => element.outerHTML),
  );
  assert.deepEqual(nameless, []);
});

inBrowser("the code of a page can be copied", {}, async (page, open) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await open("lab/one/");
  const block = page.locator("pre").first();
  await block.hover();
  await page.locator("button.copy").first().click();
  await becomes(() => page.evaluate(() => navigator.clipboard.readText()), "go test ./...");
});

inBrowser("a page without a diagram loads no diagram library", {}, async (page, open) => {
  const scripts = [];
  page.on("request", (request) => request.resourceType() === "script" && scripts.push(request.url()));
  await open("lab/one/");
  assert.deepEqual(scripts.filter((url) => /mermaid|diagram/.test(url)), []);
});

inBrowser("headings are named by their words, and callouts are notes with a name", {}, async (page, open) => {
  await open("lab/one/");
  await page.getByRole("heading", { name: "First", exact: true }).waitFor();
  assert.equal(await page.locator(".heading-anchor:not([tabindex='-1'])").count(), 0);
  await page.getByRole("note", { name: "Tip" }).first().waitFor();
});
