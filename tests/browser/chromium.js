// The browser that all tests use, the program that they test, and patience.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const wsgen = process.env.WSGEN ?? fileURLToPath(new URL("../../target/debug/wsgen", import.meta.url));

/** A name under which the browser reaches this machine, as a reader reaches that of the trainer. */
export const otherHost = "workshop.test";

/** How long anything may take, in milliseconds, on a machine that has much else to do. */
export const timeout = Number(process.env.WSGEN_TIMEOUT ?? 60_000);

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", `--host-resolver-rules=MAP ${otherHost} 127.0.0.1`,
    ],
  });

/**
 * Waits until `look` gives `expected`, because what a click or a key leads to may come later. Fails with what it gave
 * last.
 */
export async function becomes(look, expected, message) {
  for (const end = Date.now() + timeout; ; await new Promise((done) => setTimeout(done, 50))) {
    try {
      return assert.deepEqual(await look(), expected, message);
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}
