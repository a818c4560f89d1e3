// Diagrams with a mistake, with colours of their author, and enlarged.
import assert from "node:assert/strict";
import { becomes } from "./chromium.js";
import { inBrowser } from "./harness.js";

/**
 * Puts `source` in the place of the page's diagram, and of its picture, before the browser sees it: a build would report
 * the mistake.
 */
async function withDiagram(page, source) {
  await page.route("**/diagrams/", async (route) => {
    const answer = await route.fetch();
    const text = (await answer.text()).replace(/<div class="diagram drawn">[^]*?<pre ([^>]*) hidden>/, "<div><pre $1>");
    const html = text.replace(/(<pre[^>]*mermaid[^>]*>)[^]*?(<\/pre>)/, (_, start, end) => start + source + end);
    await route.fulfill({ response: answer, body: html });
  });
}

inBrowser("a diagram with a mistake shows its source and the message, and no picture", {}, async (page, open) => {
  await withDiagram(page, "graph LR\n    A[Start --&gt; B");
  await open("diagrams/");
  await page.locator(".diagram-error").waitFor();
  assert.match(await page.locator(".diagram-error").innerText(), /mistake/);
  await page.locator("pre.mermaid", { hasText: "A[Start --> B" }).waitFor();
  assert.equal(await page.locator("svg[id^=diagram], svg[id^=ddiagram], .error-icon").count(), 0);
});

inBrowser("colours of the author stay legible in the dark", { scheme: "dark" }, async (page, open) => {
  await withDiagram(page, "graph LR\n    A[Start] --&gt; B[End]\n    style A fill:#fff3bf,stroke:#333\n    style B fill:#1b3a57");
  await open("diagrams/");
  await page.locator(".diagram svg .node").first().waitFor();
  const contrast = await page.locator(".diagram svg .node").evaluateAll((nodes) => {
    const luminance = (colour) => {
      const [r, g, b] = colour.match(/[\d.]+/g).map((part) => {
        const c = Number(part) / 255;
        return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    return nodes.map((node) => {
      const fill = luminance(getComputedStyle(node.querySelector("rect, polygon, path")).fill);
      const ink = luminance(getComputedStyle(node.querySelector("p, span, text")).color);
      return (Math.max(fill, ink) + 0.05) / (Math.min(fill, ink) + 0.05);
    });
  });
  assert.ok(contrast.length === 2 && contrast.every((ratio) => ratio >= 4.5), contrast.join());
});

inBrowser("a diagram can be enlarged, zoomed by keyboard, and closed with Escape", {}, async (page, open) => {
  await open("diagrams/");
  await page.locator(".enlarge").first().focus();
  await page.keyboard.press("Enter");
  const drawing = page.locator("dialog.zoom svg[viewBox]").first();
  await drawing.waitFor();
  const width = async () => (await drawing.boundingBox()).width;
  const before = await width();
  await page.keyboard.press("+");
  await becomes(async () => (await width()) > before, true);
  await page.keyboard.press("Escape");
  await page.locator("dialog.zoom").waitFor({ state: "detached" });
  await becomes(() => page.evaluate(() => document.activeElement.matches(".enlarge")), true);
});
