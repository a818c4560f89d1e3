// The policy of every page lets it do what it is for, and nothing that somebody has smuggled in.
import assert from "node:assert/strict";
import { ask, inBrowser } from "./harness.js";

const pages = [
  "", "lab/", "lab/one/", "lab/two/", "lab/exercise/", "tools/code/", "tools/tabs/", "tools/vars/", "tools/tasks/", "wide/", "diagrams/",
  "tags/", "tags/code/", "print/", "404.html", "ja/", "ja/beans/",
];

// What the browser has refused, told by the page itself.
const refusals = (page) =>
  page.addInitScript(() => {
    window.refused = [];
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => window.refused.push(`${violatedDirective}: ${blockedURI}`));
  });
const refused = (page) => page.evaluate(() => window.refused);

inBrowser("no kind of page wants what its policy forbids", {}, async (page, open) => {
  await refusals(page);
  for (const path of pages) {
    await open(path);
    assert.ok(await page.locator("meta[http-equiv=Content-Security-Policy]").count(), path);
    if (path === "diagrams/") await page.locator(".diagram svg").first().waitFor();
    assert.deepEqual(await refused(page), [], path || "home");
  }
});

inBrowser("nor does the search, or a picture that is enlarged", {}, async (page, open) => {
  await refusals(page);
  await open("lab/one/");
  await ask(page, "kettle");
  await page.locator("dialog.search [role=option]").first().waitFor();
  assert.deepEqual(await refused(page), []);
  await open("diagrams/");
  await page.locator(".diagram svg").first().waitFor();
  await page.locator(".enlarge").first().click();
  await page.locator("dialog.zoom[open]").waitFor();
  assert.deepEqual(await refused(page), []);
});

inBrowser("a script that is smuggled in does not run", { expected: /Content Security Policy/ }, async (page, open) => {
  await refusals(page);
  await open("lab/one/");
  const ran = await page.evaluate(async () => {
    const article = document.querySelector(".page-body");
    const script = document.createElement("script");
    script.textContent = "window.ran = 'a script'";
    article.append(script);
    article.insertAdjacentHTML("beforeend", "<button id='smuggled' onclick=\"window.ran = 'an attribute'\">x</button><a id='link' href=\"javascript:window.ran='a link'\">x</a>");
    document.getElementById("smuggled").click();
    document.getElementById("link").click();
    await new Promise((done) => setTimeout(done, 200));
    return window.ran;
  });
  assert.equal(ran, undefined);
  const directives = (await refused(page)).map((text) => text.split(":")[0]);
  assert.ok(directives.includes("script-src-elem") && directives.includes("script-src-attr"), directives.join(" "));
});
