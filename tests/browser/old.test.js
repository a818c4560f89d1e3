// Browsers of some years ago, as far as a new one can stand in for them: what they lack has a name that nobody knows.
import assert from "node:assert/strict";
import { becomes } from "./chromium.js";
import { inBrowser, style } from "./harness.js";

/** Stylesheets in which words are others, as in a browser that does not know them. */
async function without(page, ...words) {
  await page.route("**/*.css", async (route) => {
    const answer = await route.fetch();
    const text = words.reduce((text, word) => text.replaceAll(word, word.replace(/[a-z]/, "x")), await answer.text());
    await route.fulfill({ response: answer, body: text });
  });
}

const painted = (page, selector) =>
  page.locator(selector).first().evaluate((element) => {
    const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const luminance = (colour) => {
      probe.clearRect(0, 0, 1, 1);
      probe.fillStyle = colour;
      probe.fillRect(0, 0, 1, 1);
      const [r, g, b, alpha] = [...probe.getImageData(0, 0, 1, 1).data];
      const [x, y, z] = [r, g, b].map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
      return { light: 0.2126 * x + 0.7152 * y + 0.0722 * z, alpha };
    };
    const { color, backgroundColor } = getComputedStyle(element);
    const [front, back] = [luminance(color), luminance(backgroundColor)];
    const [low, high] = [front.light, back.light].sort((a, b) => a - b);
    return { contrast: (high + 0.05) / (low + 0.05), opaque: back.alpha === 255 };
  });

for (const scheme of ["light", "dark"]) {
  inBrowser(`without light-dark() pages are light and layers opaque, ${scheme}`, { scheme, width: 390, height: 844 }, async (page, open) => {
    await without(page, "light-dark(");
    await open("lab/one/");
    for (const layer of ["body", ".top", ".sidebar"]) {
      const { contrast, opaque } = await painted(page, layer);
      assert.ok(contrast > 7 && opaque, `${layer}: ${contrast}, ${opaque}`);
    }
    assert.equal(await style(page, "html", "color-scheme"), "light");
  });
}

inBrowser("without popovers the pages of the workshop are listed below the text", { width: 390, height: 844 }, async (page, open) => {
  await without(page, "popover-open");
  await open("lab/one/");
  assert.equal(await style(page, ".top .menu", "display"), "none");
});

inBrowser("without ARIA as properties roles and names are there", {}, async (page, open) => {
  await page.addInitScript(() => {
    for (const name of Object.getOwnPropertyNames(Element.prototype)) {
      if (/^(?:aria[A-Z]|role$)/.test(name)) delete Element.prototype[name];
    }
  });
  await open("tools/tabs/");
  await becomes(() => page.locator("[role=tab][aria-selected=true]").count(), 5);
  await open("tools/code/");
  await becomes(() => page.locator("button.copy:not([aria-label])").count(), 0);
  assert.ok(await page.locator(".scheme[aria-label]").count());
});
