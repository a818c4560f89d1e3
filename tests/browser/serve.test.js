// What `wsgen serve` does in a browser while files are edited.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { becomes, launch, timeout, wsgen } from "./chromium.js";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const filler = Array.from({ length: 60 }, (_, i) => `Paragraph ${i} of the page.\n`).join("\n");
const page = (text, title = "One") => `---\ntitle: ${title}\nweight: 1\n---\n${text}\n`;
const start = {
  "hugo.toml": 'baseURL = "https://example.org/sub/"\ntitle = "Workshop"\n[wsgen]\neditor = "vscode://file/{path}:{line}:{col}"\n',
  "content/_index.md": "---\ntitle: Home\n---\nWelcome.\n",
  "content/lab/_index.md": "---\ntitle: Lab\n---\n",
  "content/lab/one.md": page(`First.\n\n${filler}`),
  "content/lab/two.md": "---\ntitle: Two\nweight: 2\n---\nSecond page.\n",
};

/** Serves a site of its own, and ends when the test does. `run` gets what is needed to edit and to look. */
function served(name, options, run) {
  test(name, async () => {
    const folder = mkdtempSync(join(tmpdir(), "wsgen-serve-"));
    // As most editors do, in one step: no version is ever seen by half.
    const write = (path, text) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(`${folder}.next`, text);
      renameSync(`${folder}.next`, join(folder, path));
    };
    for (const [path, text] of Object.entries({ ...start, ...options.files })) write(path, text);
    const server = await serve(folder, options.args ?? []);
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
    const wrong = [];
    const open = async (path) => {
      const tab = await context.newPage();
      tab.setDefaultTimeout(timeout);
      tab.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
      tab.on("console", (message) => message.type() === "error" && !options.noisy && wrong.push(`console: ${message.text()}`));
      await tab.goto(server.url + path, { waitUntil: "load" });
      await tab.evaluate(() => (window.notReloaded = true));
      return tab;
    };
    try {
      await run({ write, open, folder, server });
      assert.deepEqual(wrong, []);
    } finally {
      await context.close();
      await server.end();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

async function serve(folder, args, port = "0") {
  const child = spawn(wsgen, ["serve", "--source", folder, "--port", port, ...args], { stdio: ["ignore", "ignore", "pipe"] });
  const url = await new Promise((found, failed) => {
    let text = "";
    child.stderr.on("data", (data) => {
      text += data;
      const match = /http:\S+(?=\s)/.exec(text);
      if (match) found(match[0]);
    });
    child.on("exit", () => failed(new Error(`no server: ${text}`)));
  });
  const ended = new Promise((done) => child.once("exit", done));
  return {
    url,
    port: new URL(url).port,
    end: () => {
      child.kill("SIGKILL");
      return ended;
    },
  };
}

const reads = (tab, text) => tab.getByText(text, { exact: true }).first().waitFor();
const notReloaded = (tab) => tab.evaluate(() => window.notReloaded === true);
const findings = (tab) => tab.locator("wsgen-findings section");

served("saved text appears without a reload, and the page stays where it was", {}, async ({ write, open }) => {
  const tab = await open("lab/one/");
  await tab.evaluate(() => scrollTo(0, 900));
  write("content/lab/one.md", page(`First, changed.\n\n${filler}`));
  await reads(tab, "First, changed.");
  await becomes(() => tab.evaluate(() => scrollY), 900);
  assert.ok(await notReloaded(tab));
});

served("paragraphs come and go, and the others stay the same nodes", {}, async ({ write, open }) => {
  const tab = await open("lab/one/");
  await tab.evaluate(() => (document.querySelector(".page-body p:nth-of-type(5)").mine = true));
  write("content/lab/one.md", page(`First.\n\nInserted.\n\n${filler.replace("Paragraph 1 of the page.\n\n", "")}`));
  await reads(tab, "Inserted.");
  const state = await tab.evaluate(() => {
    const texts = [...document.querySelectorAll(".page-body p")].map((p) => p.textContent);
    return [texts.slice(0, 4), [...document.querySelectorAll(".page-body p")].find((p) => p.mine)?.textContent];
  });
  assert.deepEqual(state, [["First.", "Inserted.", "Paragraph 0 of the page.", "Paragraph 2 of the page."], "Paragraph 3 of the page."]);
  assert.ok(await notReloaded(tab));
});

const rich = (text) => page(`{{< details "Hint" >}}
Look here.
{{< /details >}}

${text}

{{< tabs >}}
{{% tab "Linux" %}}apt{{% /tab %}}
{{% tab "Windows" %}}winget{{% /tab %}}
{{< /tabs >}}

\`\`\`sh
echo one
\`\`\`
`);

served("open folds, chosen tabs, focus and copy buttons stay", { files: { "content/lab/one.md": rich("Before.") } }, async ({ write, open }) => {
  const tab = await open("lab/one/");
  await tab.locator(".page-body summary").click();
  await tab.getByRole("tab", { name: "Windows" }).click();
  write("content/lab/one.md", rich("After."));
  await reads(tab, "After.");
  assert.ok(await tab.locator(".page-body details").evaluate((fold) => fold.open));
  assert.equal(await tab.getByRole("tab", { selected: true }).textContent(), "Windows");
  assert.equal(await tab.evaluate(() => document.activeElement.textContent), "Windows");
  assert.equal(await tab.locator("button.copy").count(), 1);
  assert.ok(await notReloaded(tab));
});

served("code is changed in its block, which keeps its button", { files: { "content/lab/one.md": rich("Text.") } }, async ({ write, open }) => {
  const tab = await open("lab/one/");
  write("content/lab/one.md", rich("Text.").replace("echo one", "echo two | sort"));
  await becomes(() => tab.locator(".highlight code").textContent(), "echo two | sort\n");
  await becomes(() => tab.locator("button.copy").count(), 1);
});

const more = `{{< tabs >}}
{{% tab "A" %}}a{{% /tab %}}
{{% tab "B" %}}b{{% /tab %}}
{{< /tabs >}}

\`\`\`sh
echo more
\`\`\`
`;

served("new tabs and code are prepared in place, and folds and tabs stay as they were", { files: { "content/lab/one.md": rich("Text.") } }, async ({ write, open }) => {
  const tab = await open("lab/one/");
  await tab.locator(".page-body summary").click();
  await tab.getByRole("tab", { name: "Windows" }).click();
  write("content/lab/one.md", rich(`Text.\n\n${more}`));
  await tab.getByRole("tab", { name: "B", exact: true }).click();
  await becomes(() => tab.locator("button.copy").count(), 2);
  assert.ok(await tab.locator(".page-body details").evaluate((fold) => fold.open));
  await becomes(() => tab.getByRole("tab", { selected: true }).allTextContents(), ["B", "Windows"]);
  assert.ok(await notReloaded(tab));
});

served("a tab with another name loads the page again, and folds and tabs stay as they were", { files: { "content/lab/one.md": rich("Text.") } }, async ({ write, open }) => {
  const tab = await open("lab/one/");
  await tab.locator(".page-body summary").click();
  await tab.getByRole("tab", { name: "Windows" }).click();
  // What builds the tabs comes later than what remembers them.
  await tab.route(/\/tabs\.\w+\.js$/, (route) => setTimeout(() => route.continue().catch(() => {}), 400));
  write("content/lab/one.md", rich("Text.").replace("Linux", "Debian"));
  await tab.getByRole("tab", { name: "Debian" }).waitFor();
  // The choice is restored when the page has been read to its end.
  await tab.getByRole("tab", { name: "Windows", selected: true }).waitFor();
  await tab.locator(".page-body details[open]").waitFor();
});

const drawing = (label) => page(`\`\`\`mermaid\nflowchart LR\n  a[${label}] --> b[End]\n\`\`\`\n`);

served("a diagram is drawn anew in its place", { files: { "content/lab/one.md": drawing("Begin") } }, async ({ write, open }) => {
  const tab = await open("lab/one/");
  await tab.locator(".diagram svg").getByText("Begin", { exact: true }).waitFor();
  write("content/lab/one.md", drawing("Start"));
  await tab.locator(".diagram svg").getByText("Start", { exact: true }).waitFor();
  assert.ok(await notReloaded(tab));
  await becomes(() => tab.locator(".diagram svg[role]").count(), 1);
  write("content/lab/one.md", page("No diagram."));
  await reads(tab, "No diagram.");
  await tab.locator(".diagram").waitFor({ state: "detached" });
});

served("a new title is in the window, the sidebar and on other pages", {}, async ({ write, open }) => {
  const one = await open("lab/one/");
  const two = await open("lab/two/");
  write("content/lab/one.md", page("First.", "Renamed"));
  for (const tab of [one, two]) {
    await tab.locator(".sidebar", { hasText: "Renamed" }).waitFor();
    assert.ok(await notReloaded(tab));
  }
  await becomes(() => one.title(), "Renamed · Workshop");
  await becomes(() => one.locator("h1").textContent(), "Renamed");
});

served("styles are exchanged in place", { files: { "static/css/custom.css": "" } }, async ({ write, open }) => {
  const tab = await open("lab/one/");
  write("static/css/custom.css", ".page-body p { color: rgb(1, 2, 3) }");
  await becomes(() => tab.locator(".page-body p").first().evaluate((text) => getComputedStyle(text).color), "rgb(1, 2, 3)");
  assert.ok(await notReloaded(tab));
  await becomes(() => tab.locator("link[rel=stylesheet]").count(), 1);
});

served("pictures are exchanged in place", { files: { "content/lab/one.md": page("![Box](/box.svg)"), "static/box.svg": svg(10) } }, async ({ write, open }) => {
  const tab = await open("lab/one/");
  write("static/box.svg", svg(77));
  await becomes(() => tab.locator(".page-body img").evaluate((picture) => picture.naturalWidth), 77);
});

function svg(size) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><rect width="9" height="9"/></svg>`;
}

served("findings appear on the page with their place, and vanish when they are mended", {}, async ({ write, open, folder }) => {
  const tab = await open("lab/two/");
  write("content/lab/one.md", page("First [link](nowhere.md)."));
  const panel = findings(tab);
  await panel.getByText("1 warning").waitFor();
  assert.match(await panel.textContent(), /broken-link/);
  const link = panel.getByRole("link", { name: "content/lab/one.md:5:14" });
  assert.equal(await link.getAttribute("href"), `vscode://file${folder}/content/lab/one.md:5:14`);
  assert.match(await panel.locator("pre").textContent(), /First \[link\]\(nowhere\.md\)\./);
  write("content/lab/one.md", page("First."));
  await panel.waitFor({ state: "detached" });
  assert.ok(await notReloaded(tab));
});

served("the panel can be folded, and comes back for something new", {}, async ({ write, open }) => {
  const tab = await open("lab/two/");
  write("content/lab/one.md", page("[link](nowhere.md)"));
  await findings(tab).getByRole("button", { name: "Hide" }).click();
  await findings(tab).locator("ol").waitFor({ state: "hidden" });
  write("content/lab/one.md", page("[link](nowhere.md) [other](neither.md)"));
  await findings(tab).locator("ol").waitFor();
});

// The pages name an icon, because Chromium asks for one unbidden otherwise.
served("the last good page stays while a template has a mistake", { files: { "templates/page.html": "<!doctype html><title>t</title><link rel='icon' href='data:,'><body><main>{{ page.body | safe }}</main>" } }, async ({ write, open }) => {
  const tab = await open("lab/two/");
  write("templates/page.html", "<!doctype html><title>t</title><link rel='icon' href='data:,'><body><main>{{ page.nothing.at.all }}</main>");
  await findings(tab).getByText("template-error").first().waitFor();
  assert.equal(await tab.locator("main").textContent(), "Second page.\n");
  write("templates/page.html", "<!doctype html><title>t</title><link rel='icon' href='data:,'><body><main><b>New</b> {{ page.body | safe }}</main>");
  await tab.locator("main b").waitFor();
  await findings(tab).waitFor({ state: "detached" });
});

served("--navigate brings the browser to the page that is being edited", { args: ["--navigate"] }, async ({ write, open, server }) => {
  const tab = await open("lab/two/");
  write("content/lab/one.md", page("Edited."));
  await tab.waitForURL(`${server.url}lab/one/`);
  await reads(tab, "Edited.");
});

served("without it the browser stays", {}, async ({ write, open, server }) => {
  const tab = await open("lab/two/");
  const other = await open("lab/one/");
  write("content/lab/one.md", page("Edited."));
  await reads(other, "Edited.");
  assert.equal(tab.url(), `${server.url}lab/two/`);
});

served("a page that is gone says so, and comes back", { noisy: true }, async ({ write, open, folder }) => {
  const tab = await open("lab/two/");
  rmSync(join(folder, "content/lab/two.md"));
  await tab.getByText("Second page.").waitFor({ state: "detached" });
  write("content/lab/two.md", "---\ntitle: Two\n---\nBack again.\n");
  await reads(tab, "Back again.");
});

served("after an outage the page follows again", { noisy: true }, async ({ write, open, folder, server }) => {
  const tab = await open("lab/one/");
  // What follows the server is fetched after the page: it is there when a change has come through.
  write("content/lab/one.md", page("Written before."));
  await reads(tab, "Written before.");
  await server.end();
  write("content/lab/one.md", page("Written meanwhile."));
  const again = await serve(folder, [], server.port);
  try {
    await reads(tab, "Written meanwhile.");
    write("content/lab/one.md", page("And followed."));
    await reads(tab, "And followed.");
  } finally {
    await again.end();
  }
});
