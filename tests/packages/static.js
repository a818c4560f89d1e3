// The program without libraries, in a root that holds nothing but itself and a site. `make static` runs it, because it
// has to be compiled for that: STATIC names the program.
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { built, folder, root } from "./harness.js";

const program = process.env.STATIC;
assert.ok(program, "STATIC names no program");

/** Only root may change its root. */
const sudo = process.getuid() === 0 ? [] : ["sudo"];
const empty = folder();
copyFileSync(program, join(empty, "wsgen"));
mkdirSync(join(empty, "site"));
for (const name of ["content", "hugo.toml", "static"]) cpSync(join(root, name), join(empty, "site", name), { recursive: true });

const [command, ...before] = [...sudo, "chroot", empty, "/wsgen"];
const wsgen = (...args) => execFileSync(command, [...before, ...args], { stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });

/** Every file below a folder, with its bytes. */
const files = (path) =>
  new Map(
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .map((file) => [file.slice(path.length), readFileSync(file)]),
  );

test("it builds what the program with the system's C library builds", () => {
  wsgen("build", "--strict", "-s", "/site", "-d", "/out");
  const other = folder();
  execFileSync(built, ["build", "--strict", "-s", join(empty, "site"), "-d", other], { stdio: "ignore" });
  const [one, two] = [files(join(empty, "out")), files(other)];
  assert.ok(one.size > 100, `${one.size} files`);
  assert.deepEqual([...one.keys()], [...two.keys()]);
  for (const [name, bytes] of one) assert.ok(bytes.equals(two.get(name)), name);
});

test("it makes a workshop, checks, and explains", () => {
  wsgen("new", "/lab");
  wsgen("check", "-s", "/lab");
  assert.match(wsgen("explain", "broken-link"), /broken-link/);
});

test("it shows a site", async () => {
  const port = await new Promise((found) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
  const child = spawn(command, [...before, "serve", "-s", "/lab", "--port", port], { stdio: "ignore" });
  try {
    for (const end = Date.now() + 60_000; ; await new Promise((done) => setTimeout(done, 100))) {
      const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
      if (answer) return assert.equal(answer.status, 200);
      assert.ok(Date.now() < end && child.exitCode === null, "it does not answer");
    }
  } finally {
    child.kill();
  }
});

// With the allocator of musl a build takes 2.8 times as long, and nobody would notice with another C library.
test("its allocator is the fast one", () => {
  const { stderr } = spawnSync(program, ["--version"], { env: { MIMALLOC_VERBOSE: "1" }, encoding: "utf8" });
  assert.match(stderr, /^mimalloc: /m);
});
