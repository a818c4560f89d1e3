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

inBrowser("a scheme that is chosen in one tab reaches the others", {}, async (page, open) => {
  await open("lab/one/");
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.locator(".scheme").click();
  await other.locator(".scheme").click();
  await becomes(() => page.evaluate(() => document.documentElement.dataset.scheme), "dark");
  assert.match(await page.locator(".scheme").getAttribute("aria-label"), /dark/);
});

inBrowser("pictures for one scheme follow the system, and the switch", { scheme: "dark" }, async (page, open) => {
  await open("words/bean/");
  const shown = () => page.locator(".page-body > p > img").evaluateAll((images) => images.map((image) => image.checkVisibility()));
  const picture = () => page.locator("picture img").evaluate((image) => image.currentSrc.split("/").at(-1).split("#")[0]);
  await becomes(shown, [false, true]);
  await becomes(picture, "night.svg");
  await page.locator(".scheme").click();
  await becomes(shown, [true, false]);
  await becomes(picture, "day.svg");
});

inBrowser("who has chosen the dark prints black on white", {}, async (page, open) => {
  await page.addInitScript(() => localStorage.setItem("wsgen-scheme", "dark"));
  await open("lab/one/");
  const isLight = (property) => page.evaluate((property) => {
    const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    probe.fillStyle = getComputedStyle(document.body)[property];
    probe.fillRect(0, 0, 1, 1);
    return probe.getImageData(0, 0, 1, 1).data[0] > 128;
  }, property);
  assert.deepEqual([await isLight("color"), await isLight("backgroundColor")], [true, false]);
  await page.emulateMedia({ media: "print" });
  assert.deepEqual([await isLight("color"), await isLight("backgroundColor")], [false, true]);
});
