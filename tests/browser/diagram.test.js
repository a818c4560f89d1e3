// Diagrams: drawn in the browser, in the colours of the scheme, readable without scripts.
import assert from "node:assert/strict";
import { becomes } from "./chromium.js";
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

inBrowser("without scripts a diagram can be seen", { script: false }, async (page, open) => {
  await open("diagrams/");
  assert.ok(await page.locator(".drawing text").getByText("Start", { exact: true }).first().isVisible());
  const source = page.locator("pre.mermaid").first();
  assert.ok(await source.isHidden());
  assert.match(await source.textContent(), /graph LR\n\s+A\[Start\] --> B\[End\]/);
});

for (const scheme of ["light", "dark"]) {
  inBrowser(`kinds with areas can be read, ${scheme}`, { scheme, height: 3000 }, async (page, open) => {
    await open("kinds/");
    await becomes(() => page.locator(".drawing > svg").count(), 3);
    // What is written has the colour of text, whatever the scheme.
    const found = await page.evaluate(() => {
      const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
      const rgb = (colour) => ((probe.fillStyle = colour), probe.fillRect(0, 0, 1, 1), [...probe.getImageData(0, 0, 1, 1).data.slice(0, 3)].join());
      const wanted = rgb(getComputedStyle(document.body).color);
      const texts = [...document.querySelectorAll(".drawing text")].filter((text) => text.textContent.trim() && !text.closest(".grid"));
      return [texts.length > 8, texts.filter((text) => rgb(getComputedStyle(text).fill) !== wanted).map((text) => text.textContent)];
    });
    assert.deepEqual(found, [true, []]);
  });
}

inBrowser("a diagram is named by its heading, and one on paper is light", { scheme: "dark" }, async (page, open) => {
  await open("diagrams/");
  const image = page.locator('.drawing > svg[id^="diagram-"]').first();
  await image.waitFor();
  assert.equal(await image.getAttribute("aria-label"), "Diagram: Diagrams");
  const light = () => page.locator(".drawing .nodeLabel").first().evaluate((text) => {
    const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    probe.fillStyle = getComputedStyle(text).color;
    probe.fillRect(0, 0, 1, 1);
    return probe.getImageData(0, 0, 1, 1).data[0] > 128;
  });
  assert.equal(await light(), true);
  await page.emulateMedia({ media: "print" });
  assert.equal(await light(), false);
});

inBrowser("a theme of the author is obeyed, on the ground that it was made for", { scheme: "dark" }, async (page, open) => {
  await open("diagrams/");
  await page.locator(".drawing").first().waitFor();
  await page.evaluate(() => {
    document.querySelector("pre.mermaid").textContent = "%%{init: {'theme': 'base', 'themeVariables': {'primaryColor': '#ffcc00'}}}%%\ngraph LR\n  A --> B";
    document.dispatchEvent(new Event("wsgen:update"));
  });
  const own = page.locator(".diagram.own");
  await own.waitFor();
  assert.equal(await own.locator(".node rect").first().evaluate((node) => getComputedStyle(node).fill), "rgb(255, 204, 0)");
  assert.equal(await own.locator(".drawing").evaluate((ground) => getComputedStyle(ground).backgroundColor), "rgb(255, 255, 255)");
});

inBrowser("a phone shows a diagram whole, and a tap opens it", { width: 390, height: 844, touch: true, isMobile: true }, async (page, open) => {
  await open("flowchart/");
  const drawing = page.locator(".drawing");
  await drawing.locator("> svg").waitFor();
  assert.equal(await drawing.evaluate((frame) => frame.scrollWidth <= frame.clientWidth), true);
  await drawing.tap();
  await page.locator("dialog.zoom[open]").waitFor();
});
