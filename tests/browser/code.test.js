// What the copy buttons copy.
import assert from "node:assert/strict";
import { becomes, otherHost } from "./chromium.js";
import { inBrowser } from "./harness.js";

const clipboard = { permissions: ["clipboard-read", "clipboard-write"] };
const button = (page, number) => page.locator(".highlight").nth(number).locator("button.copy");

async function assertCopies(page, number, text) {
  await button(page, number).click();
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
  await assertCopies(page, 12, "# Not a prompt\n50 % of it");
});

inBrowser("sessions are known without a language and in those of other shells", clipboard, async (page, open) => {
  await open("tools/code/");
  await assertCopies(page, 4, "ls\ncat <<END\none\nEND");
  await assertCopies(page, 5, "docker run \\\n    -it alpine");
  await assertCopies(page, 6, "def twice(x):\n    return 2 * x\n\ntwice(4)");
  await assertCopies(page, 7, "Get-Item a.txt");
  await assertCopies(page, 8, "dir");
  await assertCopies(page, 9, "SELECT name\nFROM beans;");
});

inBrowser("who has become root types behind the sign of a comment", clipboard, async (page, open) => {
  await open("tools/code/");
  await assertCopies(page, 10, "sudo -i\npasswd\nexit\nwhoami");
});

inBrowser("a diff is copied as what it leads to", clipboard, async (page, open) => {
  await open("tools/code/");
  await assertCopies(page, 11, "name: shop\nreplicas: 3");
});

inBrowser("indented code and authors' own blocks can be copied", clipboard, async (page, open) => {
  await open("tools/code/");
  await assertCopies(page, 13, "indented code");
  await assertCopies(page, 14, "raw text");
});

inBrowser("copying is said and shown", clipboard, async (page, open) => {
  await open("tools/code/");
  // Both are there for some seconds only, so that the wait begins before the click.
  const said = page.locator("[role=status]", { hasText: "Copied" }).first().waitFor();
  const shown = page.locator("button.copy[data-done=yes]").waitFor();
  await page.locator("button.copy").first().click();
  await Promise.all([said, shown]);
});

inBrowser("copying works on the plain http of a trainer's machine", { host: otherHost }, async (page, open) => {
  await open("tools/code/");
  assert.equal(await page.evaluate(() => isSecureContext || Boolean(navigator.clipboard)), false);
  const shown = page.locator("button.copy[data-done=yes]").waitFor();
  await button(page, 1).click();
  await shown;
  assert.equal(await button(page, 1).evaluate((button) => button === document.activeElement), true);
  // Nobody may read the clipboard there, but anybody may paste.
  await page.evaluate(() => document.body.append(Object.assign(document.createElement("textarea"), { id: "paste" })));
  await page.locator("#paste").press("Control+v");
  await becomes(() => page.locator("#paste").inputValue(), "dir");
});

inBrowser("where the browser refuses, that is said, and the code is selected", {}, async (page, open) => {
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error("refused"));
    document.execCommand = () => false;
  });
  await open("tools/code/");
  const said = page.locator("[role=status]", { hasText: "Copying failed" }).first().waitFor();
  const shown = page.locator("button.copy[data-done=no]").waitFor();
  await button(page, 3).click();
  await Promise.all([said, shown]);
  assert.equal((await page.evaluate(() => getSelection().toString())).trim(), "just output");
});

inBrowser("on a phone the button covers no code", { width: 390, touch: true, isMobile: true }, async (page, open) => {
  await open("tools/code/");
  await button(page, 0).waitFor();
  const covered = await page.locator(".highlight").evaluateAll((blocks) =>
    blocks.filter((block) => {
      const [code, button] = [block.querySelector("pre"), block.querySelector(".copy")].map((part) => part.getBoundingClientRect());
      return code.right > button.left + 0.5 || button.width < 44 || button.height < 44;
    }).length,
  );
  assert.equal(covered, 0);
});
