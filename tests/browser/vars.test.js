// Values that readers fill in: in text, code, links, copies, on all pages.
import assert from "node:assert/strict";
import { becomes } from "./chromium.js";
import { inBrowser } from "./harness.js";

const options = { permissions: ["clipboard-read", "clipboard-write"] };
const value = (page, name) => page.locator(`.page-body var[data-name=${name}]`).first();
const assertValue = (page, name, text) => becomes(() => value(page, name).textContent(), text);

async function fillIn(page, name, text) {
  const form = page.locator("details.variables");
  if (!(await form.evaluate((form) => form.open))) await form.locator("summary").click();
  await form.locator(`input[name=${name}]`).fill(text);
}

inBrowser("a value stands in text, code, links, copies and after a reload", options, async (page, open) => {
  await open("tools/vars/");
  await assertValue(page, "PROJECT_ID", "my-project");
  await fillIn(page, "PROJECT_ID", " my <b>own</b> & only ");
  const check = async () => {
    const shown = () => page.locator(".page-body var[data-name=PROJECT_ID]").allTextContents();
    await becomes(shown, Array(3).fill("my <b>own</b> & only"));
    const link = page.locator(".page-body a[data-target]");
    await becomes(() => link.getAttribute("href"), "https://console.example/my%20%3Cb%3Eown%3C/b%3E%20&%20only/?region=REGION");
    await page.evaluate(() => navigator.clipboard.writeText(""));
    await page.locator("button.copy").first().click();
    await becomes(() => page.evaluate(() => navigator.clipboard.readText()), 'gcloud config set project "my <b>own</b> & only"');
  };
  await check();
  assert.equal(await page.locator(".highlight .s").first().textContent(), '"');
  await page.reload();
  await check();
  await becomes(() => page.locator("details.variables .variables-now").textContent(), "my <b>own</b> & only REGION ");
});

inBrowser("a value counts on other pages and in other tabs, and an empty one gives the default back", options, async (page, open) => {
  await open("tools/vars/");
  const other = await page.context().newPage();
  await other.goto(page.url().replace("/vars/", "/more-vars/"));
  await fillIn(page, "PROJECT_ID", "mine");
  await becomes(() => other.locator(".page-body code var").first().textContent(), "mine");
  await becomes(() => other.locator("input[name=PROJECT_ID]").inputValue(), "mine");
  await fillIn(other, "PROJECT_ID", "");
  await assertValue(page, "PROJECT_ID", "my-project");
  await becomes(() => page.locator("input[name=PROJECT_ID]").inputValue(), "");
});

inBrowser("an address never becomes one of another kind", options, async (page, open) => {
  await open("tools/vars/");
  await page.evaluate(() => {
    const link = document.querySelector("a[data-target]");
    link.dataset.target = JSON.stringify(["", "PROJECT_ID", "https://console.example/", ""]);
    document.dispatchEvent(new Event("wsgen:update"));
  });
  const link = page.locator("a[data-target]");
  const before = await link.getAttribute("href");
  await fillIn(page, "PROJECT_ID", "javascript:alert(1)");
  await assertValue(page, "PROJECT_ID", "javascript:alert(1)");
  assert.equal(await link.getAttribute("href"), before);
  await fillIn(page, "PROJECT_ID", "https://other.example/x");
  await becomes(() => link.getAttribute("href"), "https://other.example/x");
});

inBrowser("a value that is missing is told apart until it is filled in", options, async (page, open) => {
  await open("tools/vars/");
  const outline = () => value(page, "REGION").evaluate((place) => getComputedStyle(place).outlineStyle);
  await becomes(outline, "dashed");
  await fillIn(page, "REGION", "eu-1");
  await becomes(outline, "none");
});

inBrowser("values survive that the article is replaced", options, async (page, open) => {
  await open("tools/vars/");
  await fillIn(page, "PROJECT_ID", "mine");
  await assertValue(page, "PROJECT_ID", "mine");
  await page.evaluate(() => {
    const place = document.querySelector(".page-body var");
    place.textContent = "new-default";
    document.dispatchEvent(new Event("wsgen:update"));
  });
  await assertValue(page, "PROJECT_ID", "mine");
  await fillIn(page, "PROJECT_ID", "");
  await assertValue(page, "PROJECT_ID", "new-default");
});

inBrowser("without JavaScript the defaults are read and there is no form", { script: false }, async (page, open) => {
  await open("tools/vars/");
  assert.ok(await page.getByText("The project my-project lives in REGION.").isVisible());
  assert.equal(await page.locator("details.variables").isVisible(), false);
});

inBrowser("a page without variables loads nothing for them", {}, async (page, open) => {
  const scripts = [];
  page.on("request", (request) => scripts.push(request.url()));
  await open("lab/one/");
  assert.deepEqual(scripts.filter((url) => /vars/.test(url)), []);
});
