// Light and dark: by the system, by the switch, kept, and never with a flash.
import assert from "node:assert/strict";
import { becomes } from "./chromium.js";
import { inBrowser, style } from "./harness.js";

const background = (page) => style(page, "body", "backgroundColor");

/** From 0, black, to 1, white. */
async function lightness(page) {
  const [r, g, b] = await page.evaluate((colour) => {
    const probe = document.createElement("canvas").getContext("2d");
    probe.fillStyle = colour;
    probe.fillRect(0, 0, 1, 1);
    return [...probe.getImageData(0, 0, 1, 1).data];
  }, await background(page));
  return (r + g + b) / 765;
}

inBrowser("the system's light scheme is followed", { scheme: "light" }, async (page, open) => {
  await open("lab/one/");
  assert.ok((await lightness(page)) > 0.9);
});

inBrowser("the system's dark scheme is followed", { scheme: "dark" }, async (page, open) => {
  await open("lab/one/");
  assert.ok((await lightness(page)) < 0.3);
});

inBrowser("the dark scheme needs no script", { scheme: "dark", script: false }, async (page, open) => {
  await open("lab/one/");
  assert.ok((await style(page, "html", "colorScheme")).includes("dark"));
});

inBrowser("the switch changes the scheme, and the next page keeps it without a flash", {}, async (page, open) => {
  await open("lab/one/");
  const light = await background(page);
  for (const scheme of ["light", "dark"]) {
    await page.click(".scheme");
    await page.locator(`html[data-scheme=${scheme}]`).waitFor();
  }
  await becomes(async () => (await lightness(page)) < 0.3, true);
  const dark = await background(page);
  assert.notEqual(dark, light);

  // The scheme must stand before anything can be painted: when the head has been read.
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.body) return;
      observer.disconnect();
      window.early = document.documentElement.dataset.scheme;
    }).observe(document, { childList: true, subtree: true });
  });
  await open("lab/two/");
  assert.equal(await page.evaluate(() => window.early), "dark");
  assert.equal(await background(page), dark);
});
