// The files of a release, made of the program under test, and clean places to install them in.
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const root = fileURLToPath(new URL("../../", import.meta.url));
const prepared = process.env.PYTHON ?? join(root, "target/packages/python/bin/python");
/** The reason for which nothing can be tested that needs wheels; `tests/packages/setup` gets what they need. */
export const noWheels = existsSync(prepared) ? false : `${prepared} is missing, which tests/packages/setup makes`;
/** The Python that runs `release/pack.py`. */
export const python = noWheels ? "python3" : prepared;
export const targets = JSON.parse(readFileSync(join(root, "release/targets.json"), "utf8"));

/** The row of `targets.json` for this machine. */
export const here = targets.find((row) => row.npm.os === process.platform && row.npm.cpu === process.arch);

/** The program under test, without the symbols that a debug build has and a release has not. */
export const built = process.env.WSGEN ?? join(root, "target/debug/wsgen");

const run = promisify(execFile);

/** Runs a command and gives what it wrote to standard output. A test that hangs is a test that fails. */
export async function output(program, args, options = {}) {
  try {
    const { stdout } = await run(program, args, { timeout: 120_000, maxBuffer: 1 << 26, ...options });
    return stdout;
  } catch (error) {
    throw new Error(`${basename(program)} ${args.join(" ")}\n${error.stdout}${error.stderr}`, { cause: error });
  }
}

// Asked for here, because within a hook it would be for the end of the hook.
const leftovers = [];
after(() => leftovers.forEach((remove) => remove()));

/** A folder that goes away when the tests of the file are over. */
export function folder() {
  const path = mkdtempSync(join(tmpdir(), "wsgen-packages-"));
  leftovers.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** The variables of somebody who has just got the machine: an empty home, and no settings of npm, pip or uv. */
export function newcomer(home, variables = {}) {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm|pip|uv|xdg|virtual_env|wsgen)/i.test(name));
  return { ...Object.fromEntries(kept), HOME: home, ...variables };
}

/** Packs a program, the one under test where none is named, and gives the folder with what came of it. */
export async function release(kinds, program) {
  const out = folder();
  await pack("target", here.target, program ?? (await stripped()), out, "--kinds", ...kinds);
  await pack("finish", out);
  return out;
}

/** Runs `release/pack.py`. */
export const pack = (...args) => output(python, [join(root, "release/pack.py"), ...args]);

async function stripped() {
  const small = join(folder(), basename(built));
  await output("strip", ["-o", small, built]);
  return small;
}

/** Answers requests on loopback until the tests of the file are over, and gives the address. */
export async function serve(answer) {
  const server = createServer(answer);
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  leftovers.push(() => (server.closeAllConnections(), server.close()));
  return `http://127.0.0.1:${server.address().port}`;
}
