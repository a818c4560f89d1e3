// What a reader has opened on a page stays open over a reload and on the way back. A fold is known by its words, and by
// how many before it have the same.
import { keep, kept, ofSite, ready } from "./store.js";

const key = ofSite(`folds:${location.pathname}`);
const area = "sessionStorage";

function states() {
  try {
    return JSON.parse(kept(key, area)) ?? {};
  } catch {
    return {};
  }
}

function named() {
  const seen = {};
  return [...document.querySelectorAll(".page-body details")].map((fold) => {
    const words = fold.querySelector("summary")?.firstChild?.textContent.trim() ?? "";
    seen[words] = (seen[words] ?? 0) + 1;
    return [`${words} ${seen[words]}`, fold];
  });
}

// Folds, and whether their author has opened them.
const known = new WeakMap();
ready(() => {
  const all = states();
  for (const [name, fold] of named()) {
    if (known.has(fold)) continue;
    known.set(fold, fold.open);
    if (!(name in all)) continue;
    fold.open = all[name];
    // What was open once need not be opened again for what waits for it.
    fold.dataset.seen = "";
  }
});

// Folds that are open from the start tell so, too: only what a reader changes is kept.
document.addEventListener(
  "toggle",
  ({ target }) => {
    const [name] = named().find(([, fold]) => fold === target) ?? [];
    if (!name) return;
    const all = states();
    if (!(name in all) && target.open === known.get(target)) return;
    keep(key, JSON.stringify({ ...all, [name]: target.open }), area);
  },
  true,
);
