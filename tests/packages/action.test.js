// The action that installs wsgen in a workflow: its script against a folder of release files on loopback.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { folder, here, output, pack, release, root, serve, targets } from "./harness.js";

const version = (await pack("version")).trim();
let archives, address;
const asked = [];

/** Bytes that a test sends in place of a file. */
const replaced = new Map();

before(async () => {
  // The script does not care what the program is: this one says its name.
  const program = join(folder(), "wsgen");
  writeFileSync(program, `#!/bin/sh\necho wsgen ${version}\n`);
  archives = join(await release(["archives"], program), "archives");
  address = await serve((request, response) => {
    const name = request.url.replace(`/v${version}/`, "");
    asked.push(name);
    const bytes = replaced.get(name) ?? (readdirSync(archives).includes(name) && readFileSync(join(archives, name)));
    if (!bytes) response.statusCode = 404;
    response.end(bytes || undefined);
  });
});

/** Runs the script as a job does, and gives its exit code, what it said, and the folders for later steps. */
async function install(variables = {}) {
  const temp = folder();
  const paths = join(temp, "paths");
  writeFileSync(paths, "");
  const env = { ...process.env, VERSION: version, RELEASES: address, RUNNER_TEMP: temp, GITHUB_PATH: paths, ...variables };
  const child = spawn(join(root, "release/install.sh"), { env });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => (said += piece));
  const code = await new Promise((done) => child.on("close", done));
  return { code, said, paths: readFileSync(paths, "utf8").split("\n").filter(Boolean) };
}

test("later steps find the program", async () => {
  const { code, said, paths } = await install();
  assert.equal(code, 0, said);
  assert.equal(paths.length, 1);
  assert.equal(await output("wsgen", [], { env: { PATH: `${paths[0]}:${process.env.PATH}` } }), `wsgen ${version}\n`);
});

for (const [what, name, bytes] of [
  ["an archive that somebody changed", `wsgen-${here.target}.${here.archive}`, "something else"],
  ["checksums of other files", "SHA256SUMS", `${"0".repeat(64)}  other.tar.xz\n`],
  ["checksums of a longer name", "SHA256SUMS", `${"0".repeat(64)}  wsgen-${here.target}.${here.archive}.sig\n`],
]) {
  test(`nothing is installed where the release has ${what}`, async () => {
    replaced.set(name, Buffer.from(bytes));
    const { code, said, paths } = await install();
    replaced.clear();
    assert.deepEqual([code, paths], [1, []], said);
    assert.match(said, /^::error title=setup-wsgen::.*SHA256SUMS/m);
  });
}

for (const wrong of ["9.9.9", "latest", "0.1.0/../../x", ""]) {
  test(`the version '${wrong}' is told`, async () => {
    const { code, said, paths } = await install({ VERSION: wrong });
    assert.deepEqual([code, paths], [1, []], said);
    assert.ok(said.includes("::error title=setup-wsgen::") && said.includes(wrong), said);
  });
}

test("every system asks for its own archive", async () => {
  const names = { linux: "Linux", darwin: "Darwin", win32: "MINGW64_NT-10.0" };
  const processors = { x64: "x86_64", arm64: "arm64" };
  const expected = (await pack("names")).trim().split("\n");
  assert.equal(expected.length, targets.length);
  for (const [nth, { npm }] of targets.entries()) {
    const shims = folder();
    mkdirSync(join(shims, "bin"));
    const uname = join(shims, "bin/uname");
    writeFileSync(uname, `#!/bin/sh\n[ "$1" = -s ] && echo ${names[npm.os]} || echo ${processors[npm.cpu]}\n`);
    chmodSync(uname, 0o755);
    asked.length = 0;
    await install({ PATH: `${join(shims, "bin")}:${process.env.PATH}` });
    assert.ok(asked.includes(expected[nth]), `${expected[nth]} of ${asked}`);
  }
});
