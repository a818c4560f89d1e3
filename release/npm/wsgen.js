#!/usr/bin/env node
// Starts the program that the package for this system brought along. Nothing is downloaded, and no script runs while the
// package is being installed.
"use strict";

const { spawn } = require("node:child_process");

const FAILURE = 2;
const platform = `@wsgen/${process.platform}-${process.arch}`;
const file = process.platform === "win32" ? "wsgen.exe" : "wsgen";

function program() {
  try {
    return require.resolve(`${platform}/${file}`);
  } catch {
    const { optionalDependencies } = require("./package.json");
    return fail(
      platform in optionalDependencies
        ? `the package ${platform} is not installed. Install wsgen without leaving out optional packages: \`npm install --include=optional wsgen\``
        : `there is no package of wsgen for ${process.platform} on ${process.arch}. It can be compiled: \`cargo install wsgen\``,
    );
  }
}

function fail(message) {
  console.error(`error: ${message}`);
  process.exit(FAILURE);
}

const child = spawn(program(), process.argv.slice(2), { stdio: "inherit" });
const signals = ["SIGHUP", "SIGINT", "SIGTERM"];
for (const signal of signals) process.on(signal, () => child.kill(signal));

child.on("error", (error) => fail(`wsgen cannot be started: ${error.message}`));
child.on("exit", (code, signal) => {
  if (signal === null) {
    process.exitCode = code;
    return;
  }
  // The caller learns of the same signal.
  for (const name of signals) process.removeAllListeners(name);
  process.kill(process.pid, signal);
});
