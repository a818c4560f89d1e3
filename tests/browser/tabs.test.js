// Tabs: one choice for all groups of a name, on all pages; the reader's own system first.
import assert from "node:assert/strict";
import { becomes } from "./chromium.js";
import { inBrowser } from "./harness.js";

const agents = {
  macOS: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
  Windows: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
  Linux: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
};
const tab = (page, group, name) => page.locator(".tabs").nth(group).getByRole("tab", { name });
const assertChosen = (page, group, name) => becomes(() => tab(page, group, name).getAttribute("aria-selected"), "true");

for (const [system, userAgent] of Object.entries(agents)) {
  inBrowser(`tabs named after systems show that of the reader: ${system}`, { userAgent }, async (page, open) => {
    await open("tools/tabs/");
    await assertChosen(page, 2, system);
    // Other tabs begin with their first.
    await assertChosen(page, 0, "bash");
  });
}

inBrowser("a choice counts for all groups of the name and is remembered", {}, async (page, open) => {
  await open("tools/tabs/");
  await tab(page, 0, "fish").click();
  await assertChosen(page, 1, "fish");
  await tab(page, 2, "Windows").click();
  await assertChosen(page, 2, "Windows");
  await open("tools/more-tabs/");
  await assertChosen(page, 0, "fish");
  await assertChosen(page, 1, "Windows");
});

inBrowser("groups without a name stay apart", {}, async (page, open) => {
  await open("tools/tabs/");
  await tab(page, 3, "Answer").click();
  await assertChosen(page, 3, "Answer");
  await assertChosen(page, 4, "Task");
  assert.equal(await page.getByText("Eight.").isVisible(), false);
});

inBrowser("a group without a name keeps its choice while the page is read", {}, async (page, open) => {
  await open("tools/tabs/");
  await tab(page, 3, "Answer").click();
  await assertChosen(page, 3, "Answer");
  await page.reload();
  await assertChosen(page, 3, "Answer");
  await assertChosen(page, 4, "Task");
});

inBrowser("tabs survive that the article is replaced", {}, async (page, open) => {
  await open("tools/tabs/");
  await tab(page, 0, "fish").click();
  await assertChosen(page, 0, "fish");
  const fresh = await page.evaluate(async () => {
    const html = await (await fetch(location.href)).text();
    const article = new DOMParser().parseFromString(html, "text/html").querySelector(".page-body");
    document.querySelector(".page-body").replaceWith(article);
    document.dispatchEvent(new Event("wsgen:update"));
    document.dispatchEvent(new Event("wsgen:update"));
    return document.querySelectorAll(".tab-list").length;
  });
  assert.equal(fresh, 5);
  await assertChosen(page, 0, "fish");
});

inBrowser("without JavaScript all tabs are shown", { script: false }, async (page, open) => {
  await open("tools/tabs/");
  for (const text of ["One in bash.", "One in fish.", "Use an installer."]) assert.ok(await page.getByText(text).isVisible());
});
