// What differs between engines, in Firefox ESR and WebKitGTK.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { becomes } from "./chromium.js";
import { firefox, webkit } from "./engines.js";
import { served } from "./harness.js";

const count = (selector) => `document.querySelectorAll(${JSON.stringify(selector)}).length`;
const styled = (selector, property) => `getComputedStyle(document.querySelector(${JSON.stringify(selector)})).${property}`;

for (const [name, start] of Object.entries({ firefox, webkit })) {
  describe(name, () => {
    let tab, home;
    before(async () => {
      home = await served();
      tab = await start();
    });
    after(() => tab?.close());
    const becomesOn = (script, expected) => becomes(() => tab.evaluate(script), expected);

    test("a page has its colours, and the switch changes them", async () => {
      await tab.open(`${home}lab/one/`);
      await becomesOn(count("html.js"), 1);
      const light = await tab.evaluate(styled("body", "backgroundColor"));
      await tab.click(".scheme");
      await tab.click(".scheme");
      await becomesOn("document.documentElement.dataset.scheme", "dark");
      assert.notEqual(await tab.evaluate(styled("body", "backgroundColor")), light);
      await tab.click(".scheme");
    });

    test("Japanese is whole: WebKit adds no gaps, and titles break between phrases", async () => {
      await tab.open(`${home}ja/beans/`);
      if (name === "webkit") assert.notEqual(await tab.evaluate(styled(".page-body p", "textAutospace")), "normal");
      assert.equal(await tab.evaluate(styled("h1", "wordBreak")), "keep-all");
      assert.equal(await tab.evaluate(count("h1 wbr")), 1);
      assert.equal(await tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), true);
    });

    test("a link leads into a tab that is not chosen", async () => {
      await tab.open(`${home}tools/targets/#install-on-windows`);
      await becomesOn("document.getElementById('install-on-windows').checkVisibility?.() ?? document.getElementById('install-on-windows').offsetHeight > 0", true);
    });

    test("copying says that it has worked, or that it has not", async () => {
      await tab.open(`${home}tools/code/`);
      await becomesOn(`${count("button.copy")} > 0`, true);
      await tab.evaluate("document.querySelector('button.copy').focus()");
      await tab.click("button.copy");
      await becomesOn(count("button.copy[data-done]"), 1);
    });

    test("the search finds words and leads to them", async () => {
      await tab.open(`${home}lab/one/`);
      await becomesOn(count("html.js"), 1);
      await tab.click(".search-open");
      await becomesOn(count("dialog.search[open] input[role=combobox]"), 1);
      await tab.evaluate("(() => { const field = document.querySelector('dialog.search input[role=combobox]'); field.value = 'kettle'; field.dispatchEvent(new Event('input', { bubbles: true })); })()");
      await becomesOn(`${count("dialog.search [role=option] mark")} > 0`, true);
    });

    test("a diagram is drawn with a name", async () => {
      await tab.open(`${home}flowchart/`);
      await becomesOn(count(".drawing svg[role=img][aria-label]"), 1);
      assert.ok((await tab.evaluate("document.querySelector('.drawing svg').getBoundingClientRect().height")) > 40);
    });

    test("nothing has gone wrong", () => assert.deepEqual(tab.wrong, []));
  });
}
