// Of a large workshop the sidebar lists the pages of one part at a time; the others say all the same how far they are.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { becomes } from "./chromium.js";
import { inBrowser, useSite } from "./harness.js";

const source = mkdtempSync(join(tmpdir(), "wsgen-large-"));
after(() => rmSync(source, { recursive: true, force: true }));
const write = (path, text) => {
  mkdirSync(join(source, path, ".."), { recursive: true });
  writeFileSync(join(source, path), text);
};
write("hugo.toml", 'title = "Large"\n[wsgen]\ncache = false\nsearch = false\n');
write("content/_index.md", "# Large\n");
for (const part of ["a", "b", "c"]) {
  write(`content/${part}/_index.md`, `---\ntitle: Part ${part}\n---\n`);
  for (let n = 1; n <= 30; n++) write(`content/${part}/p${n}.md`, `---\ntitle: Page ${n}\nweight: ${n}\n---\n`);
}
useSite(source);

const count = (page, name) => page.locator(".tree .part > a, .tree > li > a", { hasText: `Part ${name}` }).first().getAttribute("data-done");

inBrowser("a part whose pages are not in the sidebar counts what is done of them", {}, async (page, open) => {
  for (const path of ["a/p1/", "a/p2/", "b/p1/"]) {
    await open(path);
    await page.click(".mark-done");
    await page.locator(".mark-done[aria-pressed=true]").waitFor();
  }
  await open("c/p1/");
  assert.equal(await page.locator(".tree a", { hasText: "Page" }).count(), 30);
  await becomes(() => count(page, "a"), "2/31");
  await becomes(() => count(page, "b"), "1/31");
  await becomes(() => count(page, "c"), null);
  await open("a/p3/");
  await becomes(() => count(page, "a"), "2/31");
});
