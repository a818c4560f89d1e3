// What the copy buttons copy.
import assert from "node:assert/strict";
import { inBrowser } from "./harness.js";

const clipboard = { permissions: ["clipboard-read", "clipboard-write"] };

async function copied(page, number) {
  const block = page.locator(".highlight").nth(number);
  await block.locator("button.copy").click();
  await block.locator("button.copy[data-done]").waitFor();
  return page.evaluate(() => navigator.clipboard.readText());
}

inBrowser("of a terminal session the commands are copied without prompts and output", clipboard, async (page, open) => {
  await open("tools/code/");
  assert.equal(await copied(page, 0), "ls -l \\\n    --all\n\ncat > a.txt <<'END'\none\n\ntwo\nEND\ncat a.txt");
  assert.equal(await copied(page, 1), "dir");
});

inBrowser("other code is copied whole", clipboard, async (page, open) => {
  await open("tools/code/");
  assert.equal(await copied(page, 2), "# a script, all of it\necho hello");
  assert.equal(await copied(page, 3), "just output");
});

inBrowser("copying is said and shown", clipboard, async (page, open) => {
  await open("tools/code/");
  await copied(page, 2);
  await page.locator("[role=status]", { hasText: "Copied" }).first().waitFor();
});
