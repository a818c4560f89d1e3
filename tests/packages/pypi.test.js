// `pip install wsgen` and `uvx wsgen` from a folder of wheels on loopback, in an empty home.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createReadStream, existsSync, readdirSync, readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { before, test } from "node:test";
import { folder, newcomer, noWheels, output, python, release, serve } from "./harness.js";

let wheels, address;

before(async () => {
  if (noWheels) return;
  wheels = join(await release(["wheels"]), "wheels");
  const files = readdirSync(wheels);
  address = await serve((request, response) => {
    const name = basename(request.url);
    if (files.includes(name)) return createReadStream(join(wheels, name)).pipe(response);
    response.setHeader("content-type", "text/html");
    response.end(files.map((file) => `<a href="/${file}">${file}</a>`).join("\n"));
  });
});

const options = () => ["--no-index", "--find-links", `${address}/`];

test("pip installs the program and nothing else", { skip: noWheels }, async () => {
  const home = folder();
  const env = newcomer(home);
  await output(python, ["-m", "venv", join(home, "venv")], { env });
  const bin = join(home, "venv/bin");
  await output(join(bin, "python"), ["-m", "pip", "install", "--quiet", ...options(), "wsgen"], { env });
  await output(join(bin, "wsgen"), ["new", "lab"], { cwd: home, env });
  await output(join(bin, "wsgen"), ["build", "--strict", "-s", "lab"], { cwd: home, env });
  assert.ok(existsSync(join(home, "lab/public/index.html")));
  // What pip shows comes from the metadata in the wheel.
  assert.match(await output(join(bin, "python"), ["-m", "pip", "show", "wsgen"], { env }), /^Requires: *$/m);
});

test("uvx builds a new workshop in an empty home", { skip: noWheels }, async () => {
  const home = folder();
  const env = newcomer(home, { UV_PYTHON: python });
  const uvx = (...args) => output(join(dirname(python), "uvx"), [...options(), ...args], { cwd: home, env });
  await uvx("wsgen", "new", "lab");
  await uvx("wsgen", "build", "--strict", "-s", "lab");
  assert.ok(existsSync(join(home, "lab/public/index.html")));
});

test("equal programs give equal wheels", { skip: noWheels }, async () => {
  const hash = (path) => createHash("sha256").update(readFileSync(path)).digest("hex");
  // A small program is as good as a large one here.
  const [one, two] = [await release(["wheels"], "/bin/true"), await release(["wheels"], "/bin/true")];
  const [name] = readdirSync(join(one, "wheels"));
  assert.equal(hash(join(one, "wheels", name)), hash(join(two, "wheels", name)));
  const unpacked = folder();
  execFileSync(python, ["-m", "wheel", "unpack", "--dest", unpacked, join(one, "wheels", name)]);
});
