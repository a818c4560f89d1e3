// What the reader has done, on all pages, after reloads, in files.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { becomes } from "./chromium.js";
import { inBrowser } from "./harness.js";

const count = (page) => page.locator(".progress-count").textContent();
const bar = (page) => page.locator("progress.way").evaluate((bar) => [bar.value, bar.ariaLabel]);
const link = (page, title) => page.locator(".tree a").filter({ hasText: title }).first();
const isDone = (page, title) => link(page, title).evaluate((link) => link.classList.contains("is-done"));
const pressed = (page) => page.locator(".mark-done").getAttribute("aria-pressed");

async function markDone(page) {
  await page.click(".mark-done");
  await becomes(() => pressed(page), "true");
}

inBrowser("a page that is marked done has a tick, moves the bar, and stays done", {}, async (page, open) => {
  await open("lab/one/");
  await becomes(() => pressed(page), "false");
  const total = await page.locator("progress.way").evaluate((bar) => bar.max);
  await page.getByRole("button", { name: "Mark as done" }).click();
  const check = async () => {
    await becomes(() => pressed(page), "true");
    await becomes(() => isDone(page, "One"), true);
    await becomes(() => isDone(page, "Two"), false);
    await becomes(() => bar(page), [1, `1 of ${total} pages done`]);
    await becomes(() => count(page), `1 of ${total} pages done`);
  };
  await check();
  await page.reload();
  await check();
  await open("wide/");
  await becomes(() => isDone(page, "One"), true);
  await becomes(() => pressed(page), "false");
  await open("lab/one/");
  await page.getByRole("button", { name: "Done", exact: true }).click();
  await becomes(() => pressed(page), "false");
  await becomes(() => bar(page), [0, `0 of ${total} pages done`]);
});

inBrowser("a part counts its pages and has a tick when all are done", {}, async (page, open) => {
  const part = () => page.locator(".tree .part > a").filter({ hasText: "Lab" }).evaluate((link) => [link.dataset.done, link.classList.contains("is-done")]);
  await open("lab/one/");
  await markDone(page);
  await becomes(part, ["1/4", false]);
  for (const path of ["lab/", "lab/two/", "lab/exercise/"]) {
    await open(path);
    await markDone(page);
  }
  await becomes(part, [undefined, true]);
});

inBrowser("marking is said, and the button works by keyboard without moving anything", {}, async (page, open) => {
  await open("lab/one/");
  const box = () => page.locator(".mark-done").boundingBox();
  const before = await box();
  await page.locator(".mark-done").focus();
  await page.keyboard.press("Space");
  await becomes(() => pressed(page), "true");
  await becomes(() => page.locator(".spoken[role=status]", { hasText: "pages done" }).count(), 1);
  assert.deepEqual(await box(), before);
});

inBrowser("the home page leads back to the last page, or to the next when that is done", {}, async (page, open) => {
  await open("");
  const start = page.locator(".start .button").first();
  assert.doesNotMatch(await start.textContent(), /Continue/);
  await open("lab/one/");
  await open("");
  await becomes(() => start.textContent(), "Continue with “One”");
  await start.click();
  await page.waitForURL("**/lab/one/");
  await markDone(page);
  await open("");
  await becomes(() => start.textContent(), "Continue with “Two”");
});

inBrowser("two tabs of a site keep step", {}, async (page, open) => {
  await open("lab/one/");
  const other = await page.context().newPage();
  await other.goto(page.url());
  await markDone(page);
  await other.waitForFunction(() => document.querySelector(".mark-done").ariaPressed === "true");
});

inBrowser("progress goes into a file, away, and back from the file", {}, async (page, open) => {
  const file = join(tmpdir(), `progress-${process.pid}.json`);
  await open("lab/one/");
  await markDone(page);
  await page.locator(".page-progress summary").click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("[data-do=save]")]);
  await download.saveAs(file);
  assert.deepEqual(JSON.parse(readFileSync(file, "utf8")), { wsgen: 1, progress: ["lab/one/"] });

  const answer = (yes) =>
    Promise.all([page.waitForEvent("dialog").then((dialog) => (yes ? dialog.accept() : dialog.dismiss())), page.click("[data-do=reset]")]);
  await answer(false);
  assert.equal(await pressed(page), "true", "only who agrees loses something");
  await answer(true);
  await page.waitForFunction(() => document.querySelector(".mark-done").ariaPressed === "false");

  const load = async (path) => {
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.click("[data-do=load]")]);
    await chooser.setFiles(path);
  };
  await load(file);
  await page.waitForFunction(() => document.querySelector(".mark-done").ariaPressed === "true");

  const bad = join(tmpdir(), `bad-${process.pid}.json`);
  writeFileSync(bad, '{"wsgen":1,"progress":[1]}');
  const said = page.waitForEvent("dialog").then(async (dialog) => (await dialog.dismiss(), dialog.message()));
  await load(bad);
  assert.equal(await said, "This file holds no progress.");
  assert.equal(await pressed(page), "true");
});

inBrowser("a page and its translation share progress, and two sites do not", {}, async (page, open) => {
  await open("languages/lab/one/");
  await markDone(page);
  await open("languages/ja/lab/one/");
  await becomes(() => pressed(page), "true");
  await becomes(() => count(page), "2ページ中1ページ完了");
  await open("lab/one/");
  await becomes(() => pressed(page), "false");
});

inBrowser("the contents of the home page have ticks", {}, async (page, open) => {
  await open("wide/");
  await markDone(page);
  await open("");
  await becomes(() => page.locator(".contents .is-done").allTextContents(), ["Wide things"]);
});

inBrowser("the boxes of a task list can be ticked and stay ticked", {}, async (page, open) => {
  await open("tools/tasks/");
  const state = () => page.locator(".page-body input").evaluateAll((boxes) => boxes.map((box) => box.checked));
  await becomes(state, [false, true, false, false, false, false]);
  await page.getByRole("checkbox", { name: "Install the tool" }).check();
  await page.getByRole("checkbox", { name: "Breathe" }).uncheck();
  await page.getByRole("checkbox").nth(5).check();
  await page.reload();
  await becomes(state, [true, false, false, false, false, true]);
});

inBrowser("ticks stay with their lines when the page is edited", {}, async (page, open) => {
  await open("tools/tasks/");
  await page.getByRole("checkbox", { name: "Install the tool" }).check();
  await page.getByRole("checkbox").nth(5).check();
  await page.evaluate(() => {
    document.querySelector(".page-body ul").lastElementChild.lastChild.textContent = " Start it now";
    document.dispatchEvent(new Event("wsgen:update"));
  });
  const ticked = () =>
    page.locator(".page-body li:has(> input:checked)").evaluateAll((lines) => lines.map((line) => line.textContent.trim()));
  await becomes(ticked, ["Install the tool", "Breathe", "Start it now"]);
  await page.evaluate(() => {
    const added = document.createElement("li");
    added.innerHTML = '<input type="checkbox" disabled> New';
    document.querySelector(".page-body ul").prepend(added);
    document.dispatchEvent(new Event("wsgen:update"));
  });
  await becomes(ticked, ["Install the tool", "Breathe"]);
});

inBrowser("without JavaScript the bar shows the step and nothing offers what does not work", { script: false }, async (page, open) => {
  await open("lab/one/");
  assert.equal(await page.locator("progress.way").evaluate((bar) => bar.value), 2);
  assert.equal(await page.locator(".page-progress").isVisible(), false);
});
