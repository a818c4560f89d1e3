// Firefox ESR and WebKitGTK, as Debian has them, behind one small interface: open, evaluate, click, close.
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createServer } from "node:net";
import puppeteer from "puppeteer-core";
import { timeout } from "./chromium.js";

/** A tab of Firefox. */
export async function firefox() {
  const browser = await puppeteer.launch({
    browser: "firefox", executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr", headless: true, protocolTimeout: timeout,
    defaultViewport: { width: 1280, height: 800 },
  });
  const page = await browser.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(error.message));
  return {
    wrong,
    open: (url) => page.goto(url, { waitUntil: "load", timeout }),
    evaluate: (script) => page.evaluate(script),
    click: (selector) => page.locator(selector).setTimeout(timeout).click(),
    close: () => browser.close(),
  };
}

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

// Its folder has the name of the machine's kind and a version.
function miniBrowser() {
  const inside = (folder) => (existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []);
  const folders = inside("/usr/lib").filter((entry) => entry.isDirectory()).flatMap(({ name }) =>
    inside(join("/usr/lib", name)).filter(({ name }) => name.startsWith("webkit2gtk-4")).map((entry) => join("/usr/lib", name, entry.name)));
  return folders.map((folder) => join(folder, "MiniBrowser")).find(existsSync);
}

/** A window of WebKit, by way of its WebDriver, on a screen that nobody sees. */
export async function webkit() {
  const port = await freePort();
  const driver = spawn("xvfb-run", ["-a", "WebKitWebDriver", `--port=${port}`], { stdio: "ignore", detached: true });
  const ask = async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body), signal: AbortSignal.timeout(timeout) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  const binary = miniBrowser();
  const session = { capabilities: { alwaysMatch: { "webkitgtk:browserOptions": { binary, args: ["--automation"] } } } };
  let id;
  for (const end = Date.now() + timeout; !id; await new Promise((done) => setTimeout(done, 200))) {
    try {
      id = (await ask("POST", "/session", session)).sessionId;
    } catch (error) {
      // The driver takes a moment to listen.
      if (Date.now() > end) throw error;
    }
  }
  const at = (path) => `/session/${id}${path}`;
  return {
    wrong: [],
    open: (url) => ask("POST", at("/url"), { url }),
    evaluate: (script) => ask("POST", at("/execute/sync"), { script: `return ${script}`, args: [] }),
    click: async (selector) => {
      const element = await ask("POST", at("/element"), { using: "css selector", value: selector });
      await ask("POST", at(`/element/${Object.values(element)[0]}/click`), {});
    },
    close: async () => {
      await ask("DELETE", at("")).catch(() => {});
      process.kill(-driver.pid);
    },
  };
}
