// Takes the pictures of docs/ from the built manual: `make screenshots`, or `node screenshots.js FOLDER` for another place.
import { execFileSync } from "node:child_process";
import { createReadStream, existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
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
  { name: "page", path: "20-how-to/10-write/code/", ...desk },
  { name: "japanese", path: "ja/10-first-hour/40-check/", ...desk },
  { name: "dark", path: "40-reference/shortcodes/10-boxes/", ...desk, scheme: "dark" },
  { name: "phone", path: "10-first-hour/30-write/", ...phone },
  { name: "search", path: "10-first-hour/40-check/", ...desk, then: search },
];

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
for (const { name, path, width, height, scheme = "light", then } of pictures) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme, reducedMotion: "reduce" });
  await page.goto(`http://127.0.0.1:${server.address().port}/${path}`, { waitUntil: "load" });
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
