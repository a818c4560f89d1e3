// Diagrams: drawn in the browser, in the colours of the scheme, readable without scripts.
import assert from "node:assert/strict";
import { inBrowser } from "./harness.js";

const drawn = ".diagram svg, pre.mermaid svg";
const fills = (page) =>
  page.locator(drawn).first().evaluate((svg) =>
    [...svg.querySelectorAll(".node rect, .node polygon, .node path")].map((shape) => getComputedStyle(shape).fill).join(),
  );

inBrowser("a diagram is drawn, and again when the scheme changes", {}, async (page, open) => {
  await open("diagrams/");
  await page.locator(drawn).first().waitFor();
  const light = await fills(page);
  assert.ok(light.length > 0);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.waitForFunction(
    ([selector, before]) => {
      const svg = document.querySelector(selector);
      const shapes = svg ? [...svg.querySelectorAll(".node rect, .node polygon, .node path")] : [];
      return shapes.length > 0 && shapes.map((shape) => getComputedStyle(shape).fill).join() !== before;
    },
    [drawn, light],
  );
});

inBrowser("without scripts the source of a diagram can be read", { script: false }, async (page, open) => {
  await open("diagrams/");
  const source = page.locator("pre.mermaid").first();
  assert.ok(await source.isVisible());
  assert.match(await source.innerText(), /graph LR\n\s+A\[Start\] --> B\[End\]/);
});
