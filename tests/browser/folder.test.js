// A site with relative links, opened from a folder without a server: its scripts run, and the search finds.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launch, timeout, wsgen } from "./chromium.js";

const folder = mkdtempSync(join(tmpdir(), "wsgen-folder-"));
after(() => rmSync(folder, { recursive: true, force: true }));

test("the search works in a page that was opened from a folder", async () => {
  const source = fileURLToPath(new URL("site", import.meta.url));
  execFileSync(wsgen, ["build", "--source", source, "--destination", folder], { env: { ...process.env, HUGO_RELATIVEURLS: "true" } });
  const browser = await launch();
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(timeout);
    const errors = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(pathToFileURL(join(folder, "lab/one/index.html")).href);
    await page.locator(".search-open").click();
    await page.locator("dialog.search[open] input[role=combobox]").fill("kettle");
    await page.locator("dialog.search [role=option] mark", { hasText: "kettle" }).first().waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/tools/find/index.html#boiling-water");
    assert.deepEqual(errors, []);
  } finally {
    await browser.close();
  }
});
