// Diagrams that were drawn while building: complete without scripts, as large as the library's, and replaced by them.
import assert from "node:assert/strict";
import { becomes } from "./chromium.js";
import { inBrowser, requests, useSite } from "./harness.js";

useSite("drawings");

const pictures = ".diagram.drawn > .drawing > svg";
const sizes = (page) =>
  page.locator(pictures).evaluateAll((all) => all.map((svg) => [svg.viewBox.baseVal.width, svg.viewBox.baseVal.height]));

/** Labels that leave the shape that they stand in, or the picture, and the number of all. */
const outside = (page) =>
  page.locator(pictures).evaluateAll((all) => {
    const found = [];
    let count = 0;
    for (const svg of all) {
      const whole = svg.getBoundingClientRect();
      for (const text of svg.querySelectorAll("text")) {
        if (!text.textContent.trim()) continue;
        count++;
        const label = text.getBoundingClientRect();
        const group = text.closest(".node, .actor-man, .section, .commit-label");
        const shapes = group ? [...group.querySelectorAll("rect, circle, ellipse, polygon, path")].map((shape) => shape.getBoundingClientRect()) : [];
        const leaves = (box) => label.left < box.left - 1 || label.right > box.right + 1 || label.top < box.top - 2 || label.bottom > box.bottom + 2;
        if (leaves(whole) || (shapes.length && shapes.every(leaves))) found.push(`${svg.classList}: ${text.textContent.trim()}`);
      }
    }
    return { count, found };
  });

inBrowser("labels stay in their boxes", { script: false, height: 8000 }, async (page, open) => {
  await open("kinds/");
  const { count, found } = await outside(page);
  assert.equal(await page.locator(pictures).count(), 12);
  assert.ok(count > 80, `${count} labels`);
  assert.ok(found.length <= count / 100, found.join("\n"));
});

inBrowser("the library draws nearly the same sizes, in the same places", { height: 8000 }, async (page, open) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "connection", { get: () => ({ saveData: self.name === "saves" }) }));
  await page.evaluate(() => (self.name = "saves"));
  await open("kinds/");
  const before = await sizes(page);
  await page.evaluate(() => (self.name = ""));
  await open("kinds/");
  await becomes(() => page.locator(`${pictures}[id^="diagram-"]`).count(), 12);
  const after = await sizes(page);
  const differ = before.map(([width, height], at) => [width / after[at][0], height / after[at][1]]);
  const wrong = differ.map((ratios, at) => [at, ...ratios]).filter(([, ...ratios]) => ratios.some((ratio) => Math.abs(ratio - 1) > 0.15));
  assert.deepEqual(wrong, []);
});

inBrowser("readers who save data keep the picture, and load no library", {}, async (page, open) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { saveData: true } }));
  requests.length = 0;
  await open("kinds/");
  await page.locator(".diagram.drawn > .enlarge").first().waitFor();
  await page.locator(pictures).last().scrollIntoViewIfNeeded();
  assert.deepEqual(requests.filter((path) => path.includes("mermaid")), []);
});

inBrowser("a picture has the author's name, that of its caption, or of its heading", { script: false }, async (page, open) => {
  await open("named/");
  const names = (name) => page.locator(`${pictures} > ${name}`).allTextContents();
  assert.deepEqual(await names("title"), ["How a cup is brewed", "Figure 2: once more", "Diagram: Brewing"]);
  assert.deepEqual(await names("desc"), ["Beans are ground, then water runs through them.", "Beans, Water", "Beans, Water"]);
  const ids = await page.locator("[id]").evaluateAll((all) => all.map(({ id }) => id));
  assert.equal(new Set(ids).size, ids.length);
});

inBrowser("a kind that is not drawn while building is drawn by the library", {}, async (page, open) => {
  await open("left/");
  await page.locator(".diagram:not(.drawn) .drawing > svg").waitFor();
});

for (const scheme of ["light", "dark"]) {
  inBrowser(`a picture has the colours of the page, ${scheme}`, { script: false, scheme, height: 8000 }, async (page, open) => {
    await open("kinds/");
    const found = await page.locator(".drawing text").evaluateAll((all) => {
      const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
      const light = (colour) => ((probe.fillStyle = colour), probe.fillRect(0, 0, 1, 1), probe.getImageData(0, 0, 1, 1).data[1]);
      const dark = light(getComputedStyle(document.body).color) > 128;
      const written = all.filter((text) => text.textContent.trim() && !text.closest(".warm, .branchLabel"));
      const leaf = (text) => text.querySelector("tspan tspan, tspan") ?? text;
      return written.filter((text) => light(getComputedStyle(leaf(text)).fill) > 110 !== dark).map((text) => text.textContent.trim());
    });
    assert.deepEqual(found, []);
  });
}
