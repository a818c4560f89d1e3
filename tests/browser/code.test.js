// What the copy buttons copy.
import { becomes } from "./chromium.js";
import { inBrowser } from "./harness.js";

const clipboard = { permissions: ["clipboard-read", "clipboard-write"] };

async function assertCopies(page, number, text) {
  await page.locator(".highlight").nth(number).locator("button.copy").click();
  await becomes(() => page.evaluate(() => navigator.clipboard.readText()), text);
}

inBrowser("of a terminal session the commands are copied without prompts and output", clipboard, async (page, open) => {
  await open("tools/code/");
  await assertCopies(page, 0, "ls -l \\\n    --all\n\ncat > a.txt <<'END'\none\n\ntwo\nEND\ncat a.txt");
  await assertCopies(page, 1, "dir");
});

inBrowser("other code is copied whole", clipboard, async (page, open) => {
  await open("tools/code/");
  await assertCopies(page, 2, "# a script, all of it\necho hello");
  await assertCopies(page, 3, "just output");
});

inBrowser("copying is said and shown", clipboard, async (page, open) => {
  await open("tools/code/");
  // Both are there for some seconds only, so that the wait begins before the click.
  const said = page.locator("[role=status]", { hasText: "Copied" }).first().waitFor();
  const shown = page.locator("button.copy[data-done]").waitFor();
  await page.locator("button.copy").first().click();
  await Promise.all([said, shown]);
});
