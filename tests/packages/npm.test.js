// `npx wsgen` and `npm install wsgen` from a registry on loopback, in an empty home.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { runServer } from "verdaccio";
import { folder, here, newcomer, output, release, serve } from "./harness.js";

let registry, version;

/** What a newcomer says to npm, and what npx says to wsgen. */
const as = (home) => newcomer(home, { npm_config_registry: registry, npm_config_update_notifier: "false" });
const npm = (home, ...args) => output("npm", args, { cwd: home, env: as(home) });

before(async () => {
  const storage = folder();
  const app = await runServer({
    storage,
    self_path: storage,
    packages: { "**": { access: "$all", publish: "$all" } },
    log: { type: "stdout", level: "fatal" },
    max_body_size: "1gb",
  });
  registry = await serve(app.listeners("request")[0]);

  const out = join(await release(["npm"]), "npm");
  const publisher = folder();
  writeFileSync(join(publisher, ".npmrc"), `${registry.replace("http:", "")}/:_authToken=anybody\n`);
  for (const file of readdirSync(out)) await npm(publisher, "publish", join(out, file));
  version = (await npm(publisher, "view", "wsgen", "version")).trim();
});

test("npx builds a new workshop in an empty home", async () => {
  const home = folder();
  await npm(home, "exec", "--yes", "--", `wsgen@${version}`, "new", "lab");
  await npm(home, "exec", "--yes", "--", `wsgen@${version}`, "build", "--strict", "-s", "lab");
  assert.ok(existsSync(join(home, "lab/public/index.html")));
});

test("an installed package runs without any script of an installation", async () => {
  const home = folder();
  await npm(home, "install", "--ignore-scripts", "wsgen");
  assert.match(await npm(home, "exec", "wsgen", "--", "--version"), new RegExp(`^wsgen ${version}\\b`));
  assert.deepEqual(readdirSync(join(home, "node_modules/@wsgen")), [`${here.npm.os}-${here.npm.cpu}`]);
});

test("arguments, output and exit code go through", async () => {
  const home = folder();
  await npm(home, "install", "wsgen");
  mkdirSync(join(home, "site/content"), { recursive: true });
  writeFileSync(join(home, "site/content/_index.md"), "# A\n\n[b](nowhere.md)\n");
  const wsgen = join(home, "node_modules/.bin/wsgen");
  await assert.rejects(output(wsgen, ["check", "-s", "site", "--format", "short"], { cwd: home }), (error) => {
    assert.equal(error.cause.code, 1);
    assert.match(error.cause.stderr, /^site\/content\/_index\.md:3:.*broken-link/m);
    return true;
  });
});

test("a preview ends when the one who started it is told to end", async () => {
  const home = folder();
  await npm(home, "install", "wsgen");
  await npm(home, "exec", "wsgen", "--", "new", "lab");
  const { spawn } = await import("node:child_process");
  const child = spawn(join(home, "node_modules/.bin/wsgen"), ["serve", "-s", "lab"], { cwd: home });
  const address = await new Promise((found, failed) => {
    let text = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (piece) => {
        text += piece;
        const match = /http:\/\/(?:localhost|127\.0\.0\.1):\d+\//.exec(text);
        if (match) found(match[0]);
      });
    }
    child.on("exit", () => failed(new Error(text)));
  });
  assert.equal((await fetch(address)).status, 200);
  const ended = new Promise((done) => child.on("exit", (code, signal) => done(signal ?? code)));
  child.kill("SIGTERM");
  assert.equal(await ended, "SIGTERM");
  await assert.rejects(fetch(address));
});

test("without the package of this system the message says what to do", async () => {
  const home = folder();
  await npm(home, "install", "wsgen");
  rmSync(join(home, "node_modules/@wsgen"), { recursive: true });
  await assert.rejects(output(join(home, "node_modules/.bin/wsgen"), ["--version"]), (error) => {
    assert.equal(error.cause.code, 2);
    assert.match(error.cause.stderr, /^error: the package @wsgen\/\S+ is not installed\. .*--include=optional/);
    return true;
  });
});
