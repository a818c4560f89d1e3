// Takes the pictures of docs/ from the built manual: `make screenshots`, or `node screenshots.js FOLDER` for another place.
import { execFileSync, spawn } from "node:child_process";
import { appendFileSync, createReadStream, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch, wsgen } from "./chromium.js";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const to = process.argv[2] ?? here("../../docs");
const types = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };

const desk = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };
const pictures = [
  { name: "home", path: "", ...desk },
  { name: "japanese", path: "ja/10-first-hour/40-check/", ...desk },
  { name: "dark", path: "40-reference/shortcodes/10-boxes/", ...desk, scheme: "dark" },
  { name: "phone", path: "10-first-hour/30-write/", ...phone },
  { name: "search", path: "10-first-hour/40-check/", ...desk, then: search },
];

// Pieces of pages, each in both schemes: where they are, and what shall be in the picture. What each one says is written
// to pictures.json, and a test compares that with the manual of today.
const small = { width: 760, height: 900 };
const pieces = [
  { name: "agenda", path: "20-how-to/20-teach/agenda/", of: "table.agenda" },
  { name: "exercise", path: "20-how-to/20-teach/exercises/", of: ".exercise", then: (page) => page.locator(".exercise summary").first().click() },
  { name: "variables", path: "20-how-to/20-teach/variables/", of: ".variables", then: fillIn },
  { name: "code", path: "20-how-to/10-write/code/", of: ".highlight:has(.language-console)", then: (page) => page.locator(".highlight:has(.language-console)").first().hover() },
  { name: "progress", path: "10-first-hour/10-new/", of: ".page-progress", then: goOn },
  { name: "steps", path: "20-how-to/20-teach/test/", of: ".highlight:has(.language-text)" },
  { name: "bundle", path: "20-how-to/50-publish/stick/", of: ".highlight" },
  { name: "diagram", path: "20-how-to/10-write/diagrams/", of: ".diagram", is: "pre.mermaid" },
];

async function fillIn(page) {
  const form = page.locator(".variables").first();
  if (!(await form.locator("input").first().isVisible())) await form.locator("summary").click();
  await form.locator("input").first().fill("kettle-2026");
}

/** Does two pages, and comes to a third. */
async function goOn(page) {
  for (const step of [1, 2]) {
    const here = page.url();
    await page.locator(".done-next").click();
    await page.waitForURL((url) => url.href !== here);
  }
  await page.locator(".page-progress").waitFor();
}

async function search(page) {
  await page.keyboard.press("/");
  const field = page.locator("dialog[open] input").first();
  await field.waitFor();
  await field.fill("broken link");
  await page.locator("dialog[open] a").first().waitFor();
}

const folder = mkdtempSync(join(tmpdir(), "wsgen-screenshots-"));
execFileSync(wsgen, [
  "build", "--quiet", "--source", here("../.."), "--destination", folder, "--base-url", "http://127.0.0.1/",
]);
const server = createServer((request, response) => {
  let file = join(folder, decodeURIComponent(new URL(request.url, "http://127.0.0.1").pathname));
  if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
  if (!existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
  createReadStream(file).pipe(response);
}).listen(0, "127.0.0.1");
await new Promise((ready) => server.once("listening", ready));
const browser = await launch();

async function open(address, { width, height, scheme = "light" }) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme, reducedMotion: "reduce" });
  await page.goto(address, { waitUntil: "load" });
  return page;
}

/** Takes the picture of a piece of a page, with a little of the page around it. */
async function shoot(page, piece, name) {
  await piece.scrollIntoViewIfNeeded();
  await page.waitForTimeout(800);
  const { x, y, width, height } = await piece.boundingBox();
  const clip = { x: Math.max(0, x - 16), y: Math.max(0, y - 16), width: width + 32, height: height + 32 };
  await page.screenshot({ path: join(to, `${name}.png`), clip });
  await page.close();
}

const root = `http://127.0.0.1:${server.address().port}/`;
for (const scheme of ["light", "dark"]) {
  for (const { name, path, of, then } of pieces) {
    const page = await open(root + path, { ...small, scheme });
    await page.locator(of).first().waitFor();
    await then?.(page);
    await shoot(page, page.locator(of).first(), scheme === "dark" ? `${name}-dark` : name);
  }
}
writeFileSync(join(to, "pictures.json"), JSON.stringify(await said(), null, 2) + "\n");
await findings();

/** The text of each piece, as it is without scripts. */
async function said() {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const texts = [];
  for (const { name, path, of, is = of } of pieces) {
    await page.goto(root + path);
    const text = await page.locator(is).first().evaluate((piece) => piece.textContent);
    texts.push({ name, page: path, piece: is, text: text.split(/\s+/).filter(Boolean).join(" ") });
  }
  await context.close();
  return texts;
}

/** The panel of findings, in the preview of a new workshop with a broken link. */
async function findings() {
  const site = mkdtempSync(join(tmpdir(), "wsgen-findings-"));
  execFileSync(wsgen, ["new", site], { stdio: "ignore" });
  appendFileSync(join(site, "content/10-prepare/10-tools.md"), "\nGo on with [the greeting](../20-build/greeting.md).\n");
  const preview = spawn(wsgen, ["serve", "--source", site, "--port", "0"], { stdio: ["ignore", "ignore", "pipe"] });
  const address = await new Promise((found) => {
    let text = "";
    preview.stderr.on("data", (data) => {
      text += data;
      const url = /http:\S+/.exec(text);
      if (url) found(url[0]);
    });
  });
  for (const scheme of ["light", "dark"]) {
    const page = await open(`${address}10-prepare/10-tools/`, { ...small, scheme });
    const panel = page.locator("wsgen-findings section");
    await panel.waitFor();
    await shoot(page, panel, scheme === "dark" ? "findings-dark" : "findings");
  }
  preview.kill("SIGINT");
  rmSync(site, { recursive: true });
}

for (const { name, path, then, ...view } of pictures) {
  const page = await open(root + path, view);
  await page.waitForFunction(() => {
    const source = document.querySelector("pre.mermaid");
    return !source || document.querySelector(".diagram svg") || source.getBoundingClientRect().top > innerHeight;
  });
  await then?.(page);
  await page.waitForTimeout(800);
  await page.screenshot({ path: join(to, `${name}.png`) });
  await page.close();
}
await browser.close();
server.close();
rmSync(folder, { recursive: true });
