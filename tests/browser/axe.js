// What axe-core finds on a page: https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// Diagrams are drawn when they come near the view, and while one is, parts of it stand beside the page.
async function drawDiagrams(page) {
  const seen = await page.evaluate(() => {
    const source = [...document.querySelectorAll("pre.mermaid")].find((source) => source.checkVisibility());
    source?.scrollIntoView();
    return Boolean(source);
  });
  if (seen) await page.waitForFunction(() => !document.querySelector("pre.mermaid:not([hidden])"));
  await page.evaluate(() => scrollTo(0, 0));
}

/** Fails when axe finds a violation of WCAG 2.2 A or AA, or of its best practices. */
export async function assertAccessible(page, name) {
  await drawDiagrams(page);
  await page.evaluate(source);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${help}\n  ${html.slice(0, 200)}\n  ${any[0]?.message ?? ""}`),
  );
  assert.deepEqual(found, [], `${name}:\n${found.join("\n")}`);
}
