// The colours of the theme against what they stand on: text 7:1, secondary text and code 4.5:1, borders of controls 3:1.
import assert from "node:assert/strict";
import { inBrowser } from "./harness.js";

const grounds = ["page", "panel"];
const wanted = { text: 7, quiet: 4.5, accent: 4.5, blue: 4.5, green: 4.5, violet: 4.5, amber: 4.5, red: 4.5, teal: 4.5, control: 3 };

/** Contrast ratios by `foreground on background`, computed from the colours as they are painted. */
const ratios = (page, pairs) =>
  page.evaluate((pairs) => {
    const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const element = document.body.appendChild(document.createElement("i"));
    const luminance = (token) => {
      element.style.color = `var(--${token})`;
      probe.fillStyle = getComputedStyle(element).color;
      probe.fillRect(0, 0, 1, 1);
      const [r, g, b] = [...probe.getImageData(0, 0, 1, 1).data].map((part) =>
        part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    return pairs.map(([front, back]) => {
      const [low, high] = [luminance(front), luminance(back)].sort((a, b) => a - b);
      return (high + 0.05) / (low + 0.05);
    });
  }, pairs);

for (const scheme of ["light", "dark"]) {
  inBrowser(`colours have enough contrast, ${scheme}`, { scheme }, async (page, open) => {
    await open("lab/one/");
    const pairs = Object.keys(wanted).flatMap((front) => grounds.map((back) => [front, back]));
    pairs.push(["text", "well"], ["quiet", "well"], ["text", "tint"], ["accent", "tint"], ["on-accent", "accent"]);
    const found = await ratios(page, pairs);
    const weak = pairs.map(([front, back], i) => [front, back, found[i]]).filter(([front, , ratio]) => ratio < (wanted[front] ?? 4.5));
    assert.deepEqual(weak.map(([front, back, ratio]) => `${front} on ${back}: ${ratio.toFixed(2)}`), []);
  });

  inBrowser(`who asks for more contrast gets it, ${scheme}`, { scheme, contrast: "more" }, async (page, open) => {
    await open("lab/one/");
    const [text, quiet, accent, line] = await ratios(page, [["text", "page"], ["quiet", "page"], ["accent", "page"], ["line", "page"]]);
    assert.ok(text > 15 && quiet > 9 && accent > 7 && line >= 3, JSON.stringify({ text, quiet, accent, line }));
  });
}

inBrowser("with forced colours callouts keep their signs", { forcedColors: "active" }, async (page, open) => {
  await open("lab/one/");
  const seen = await page.locator(".callout-title").first().evaluate((title) => [
    title.textContent.trim(), getComputedStyle(title, "::before").backgroundColor !== getComputedStyle(document.body).backgroundColor,
  ]);
  assert.deepEqual(seen, ["Tip", true]);
});
