// Builds the site in site/ below a path, serves it on loopback, and opens its pages in Chromium. A page that says
// anything on the console or asks any other host fails its test.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { after, test } from "node:test";
import { launch, timeout, wsgen } from "./chromium.js";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const prefix = "/sub/";
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };

let source = here("site");
let folder, server, browser, origin;

/** Builds another site than site/, by its path from this folder. Before any test. */
export const useSite = (path) => (source = here(path));

/** Settings of the environment for the site, as in `HUGO_WSGEN_OFFLINE`. Before any test. */
export const useSettings = (settings) => Object.assign(environment, settings);
const environment = {};

/** Options of the command line for the site. Before any test. */
export const useFlags = (...options) => flagsOfBuild.push(...options);
const flagsOfBuild = [];

const build = () =>
  execFileSync(wsgen, ["build", "--source", source, "--destination", folder, "--base-url", `http://127.0.0.1${prefix}`, "--strict", ...flagsOfBuild], { env: { ...process.env, ...environment } });

/** Changes a file of a copy of the site, and publishes it anew. */
export function publish(path, change, settings = {}) {
  if (!copied) {
    copied = mkdtempSync(join(tmpdir(), "wsgen-source-"));
    cpSync(source, copied, { recursive: true });
    source = copied;
  }
  writeFileSync(join(source, path), change(readFileSync(join(source, path), "utf8")));
  Object.assign(environment, settings);
  build();
}
let copied;

/** Paths that the server was asked for, without the prefix. */
export const requests = [];

/** The server is away until the test ends. */
export const leave = () => (away = true);
let away = false;

// Once, when the first test begins: by then the file has said which site it wants.
let started;
async function start() {
  await served();
  browser = await launch();
}

/** Builds the site and serves it; gives the address of its first page. */
export const served = () => (serving ??= serve());
let serving;
async function serve() {
  folder = mkdtempSync(join(tmpdir(), "wsgen-browser-"));
  build();
  // A site in two languages, below the other one.
  execFileSync(wsgen, ["build", "--source", here("languages"), "--destination", join(folder, "languages"), "--base-url", `http://127.0.0.1${prefix}languages/`, "--strict"]);
  server = createServer(answer).listen(0, "127.0.0.1");
  await new Promise((ready) => server.once("listening", ready));
  origin = `http://127.0.0.1:${server.address().port}`;
  return origin + prefix;
}

after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
  for (const made of [folder, copied]) if (made) rmSync(made, { recursive: true, force: true });
});

function answer(request, response) {
  if (away) return request.destroy();
  let path = decodeURIComponent(new URL(request.url, origin).pathname);
  const send = (status, name) => {
    const bytes = readFileSync(join(folder, name));
    response.writeHead(status, { "content-type": types[extname(name)] ?? "application/octet-stream" });
    response.end(bytes);
  };
  // Chromium asks for it unbidden where a page names no icon.
  if (path === "/favicon.ico") return response.writeHead(204).end();
  if (!path.startsWith(prefix)) return response.writeHead(404).end();
  path = path.slice(prefix.length);
  requests.push(path);
  if (path === "" || path.endsWith("/")) path += "index.html";
  try {
    send(200, path);
  } catch {
    send(404, "404.html");
  }
}

/**
 * A test in a tab of its own. `open(path)` leads to a page of the site, without the leading slash.
 * Options: width, height, scheme (the system's), script (false switches JavaScript off), touch, expected (what may go
 * wrong, a regular expression), host (a name that is not the machine's own to the browser, so that the context is not
 * secure), and any other of Playwright's.
 */
export function inBrowser(name, { width = 1280, height = 800, scheme = "light", script = true, touch = false, host, expected, ...more }, run) {
  test(name, async () => {
    await (started ??= start());
    away = false;
    const at = host ? origin.replace("127.0.0.1", host) : origin;
    const context = await browser.newContext({
      viewport: { width, height }, colorScheme: scheme, javaScriptEnabled: script, hasTouch: touch, reducedMotion: "reduce", ...more,
    });
    context.setDefaultTimeout(timeout);
    const page = await context.newPage();
    const wrong = [];
    page.on("console", (message) => wrong.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
    page.on("requestfailed", (request) => {
      // What the browser calls off because the page is left is no mistake of the page.
      const { errorText } = request.failure();
      if (errorText !== "net::ERR_ABORTED") wrong.push(`failed: ${request.url()} ${errorText}`);
    });
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (url.origin !== at && !/^(data|blob):$/.test(url.protocol)) wrong.push(`leaves the site: ${url}`);
      else if (url.origin === at && !url.pathname.startsWith(prefix)) wrong.push(`leaves the path: ${url}`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400) wrong.push(`${response.status()}: ${response.url()}`);
    });
    try {
      await run(page, (path) => page.goto(at + prefix + path, { waitUntil: "load" }));
      assert.deepEqual(wrong.filter((message) => !expected?.test(message)), []);
    } catch (error) {
      // What a page said tells more than that something did not come.
      error.message += `\non ${page.url()}\n${wrong.join("\n")}`;
      throw error;
    } finally {
      await context.close();
    }
  });
}

/** Opens the search of a page, and asks for all of `query` at once: letter by letter something else is found in between. */
export async function ask(page, query) {
  await page.keyboard.press("/");
  await page.locator("dialog.search[open] input[role=combobox]").fill(query);
}

/** What a CSS expression is on the page. */
export const style = (page, selector, property) =>
  page.locator(selector).first().evaluate((element, property) => getComputedStyle(element)[property], property);
