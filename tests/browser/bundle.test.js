// A bundle: unpacked into a folder and opened from there, with no server. Nothing leaves the folder.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { becomes, launch, timeout, wsgen } from "./chromium.js";

const site = fileURLToPath(new URL("site", import.meta.url));
let browser, folder, root, relative;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "wsgen bundle #1 "));
  const file = join(folder, "lab.zip");
  const packed = () => (execFileSync(wsgen, ["bundle", "--source", site, "--output", file, "--strict"]), readFileSync(file));
  assert.ok(packed().equals(packed()), "two bundles of one site differ");
  execFileSync("python3", ["-m", "zipfile", "-e", file, folder]);
  root = `${pathToFileURL(join(folder, "lab"))}/`;
  const options = { env: { ...process.env, HUGO_RELATIVEURLS: "true" } };
  execFileSync(wsgen, ["build", "--source", site, "--destination", join(folder, "relative")], options);
  relative = `${pathToFileURL(join(folder, "relative"))}/`;
  browser = await launch();
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

// Browsers say of each module that they do not load it from a folder.
const isModule = (text) => /blocked by CORS policy|net::ERR_FAILED/.test(text);

/** A test with a page in a tab of its own, which opens files as a double click does. */
function inFolder(name, run, options = {}) {
  test(name, async () => {
    const context = await browser.newContext({ reducedMotion: "reduce", ...options });
    context.setDefaultTimeout(timeout);
    const page = await context.newPage();
    const wrong = [];
    page.on("console", (message) => isModule(message.text()) || wrong.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
    page.on("request", (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(pathToFileURL(folder).href)) wrong.push(`leaves the folder: ${request.url()}`);
    });
    try {
      await run(page);
      assert.deepEqual(wrong, []);
    } catch (error) {
      error.message += `\non ${page.url()}\n${wrong.join("\n")}`;
      throw error;
    } finally {
      await context.close();
    }
  });
}

const open = (page, path, from = root) => page.goto(from + path, { waitUntil: "load" });

for (const javaScriptEnabled of [true, false]) {
  inFolder(
    `links lead from file to file ${javaScriptEnabled ? "with" : "without"} scripts`,
    async (page) => {
      await open(page, "index.html");
      const links = await page.locator("a[href]").evaluateAll((links) => links.map((link) => link.href));
      assert.ok(links.length > 5);
      for (const link of links.filter((link) => link.startsWith("file:"))) assert.match(link, /\.[a-z]+(#.*)?$/);
      await page.locator('main a[href="lab/one/index.html"]').first().click();
      await page.waitForURL(`${root}lab/one/index.html`);
      assert.ok(await page.locator("main h1").first().isVisible());
    },
    { javaScriptEnabled },
  );
}

inFolder("the search finds a heading and leads to it", async (page) => {
  await open(page, "index.html");
  await becomes(async () => {
    await page.keyboard.press("/");
    return page.locator("dialog.search[open]").count();
  }, 1);
  await page.locator("dialog.search[open] input[role=combobox]").fill("kettle");
  await page.locator("dialog.search[open] [role=option]").first().waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/tools\/find\/index\.html#boiling-water$/);
});

for (const [kind, from] of [["bundle", () => root], ["site with relative links", () => relative]]) {
  inFolder(`the diagrams of a ${kind} are drawn`, async (page) => {
    for (const path of ["diagrams/index.html", "kinds/index.html"]) {
      await open(page, path, from());
      const sources = await page.locator("pre.mermaid").count();
      assert.ok(sources > 0);
      await becomes(() => page.locator(".diagram .drawing > svg").count(), sources);
    }
  });
}

inFolder("links of a site with relative links lead to pages", async (page) => {
  await open(page, "index.html", relative);
  await page.locator('main a[href*="lab/one/"]').first().click();
  await page.waitForURL(`${relative}lab/one/index.html`);
});

inFolder("what the reader has done is kept from page to page", async (page) => {
  const pressed = () => page.locator(".mark-done").getAttribute("aria-pressed");
  await open(page, "lab/one/index.html");
  await becomes(pressed, "false");
  await page.click(".mark-done");
  await becomes(pressed, "true");
  await open(page, "wide/index.html");
  const link = page.locator(".tree a").filter({ hasText: "One" }).first();
  await becomes(() => link.evaluate((link) => link.classList.contains("is-done")), true);
});
