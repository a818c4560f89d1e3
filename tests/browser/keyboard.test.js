// Everything by keyboard: skip link, a visible ring on every stop, nothing that holds the focus.
import assert from "node:assert/strict";
import { becomes } from "./chromium.js";
import { inBrowser } from "./harness.js";

const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (element === document.body) return null;
    const { top, bottom, width } = element.getBoundingClientRect();
    const ring = getComputedStyle(element);
    return {
      name: element.ariaLabel || element.textContent.trim().slice(0, 40) || element.tagName,
      ring: ring.outlineStyle !== "none" && parseFloat(ring.outlineWidth) >= 2,
      seen: bottom > 0 && top < innerHeight && width > 0,
    };
  });

for (const [width, height] of [[1280, 800], [390, 844]]) {
  inBrowser(`tab leads through the whole page, ${width} px wide`, { width, height }, async (page, open) => {
    await open("lab/one/");
    const stops = [];
    for (let presses = 0; presses < 100; presses++) {
      await page.keyboard.press("Tab");
      const stop = await focused(page);
      if (!stop) break;
      stops.push(stop);
    }
    assert.ok(stops.length > 5 && stops.length < 100, `${stops.length} stops`);
    assert.deepEqual(stops.filter((stop) => !stop.ring || !stop.seen), []);
    assert.match(stops[0].name, /Skip/);
    assert.match(stops.at(-1).name, /Two/);
  });
}

inBrowser("the skip link leads to the text", {}, async (page, open) => {
  await open("lab/one/");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await becomes(() => page.evaluate(() => document.activeElement.id), "content");
});

inBrowser("a code block that does not fit can be scrolled by keyboard, one that fits is no stop", {}, async (page, open) => {
  await open("lab/one/");
  await page.waitForFunction(() => !document.querySelector("pre").hasAttribute("tabindex"));
  await open("wide/");
  await page.locator("pre").first().focus();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => document.activeElement.matches("pre") && document.activeElement.scrollLeft > 0);
});

inBrowser("landmarks and the current page are told", {}, async (page, open) => {
  await open("lab/two/");
  const found = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    main: document.querySelectorAll("main").length,
    h1: document.querySelectorAll("h1").length,
    unnamed: [...document.querySelectorAll("nav")].filter((nav) => !nav.ariaLabel && !nav.getAttribute("aria-labelledby")).length,
    current: document.querySelector("[aria-current=page]").textContent,
  }));
  assert.deepEqual(found, { lang: "en", main: 1, h1: 1, unnamed: 0, current: "Two" });
});
