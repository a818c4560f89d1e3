// What the reader has done to a page, kept while it is loaded again. Browsers keep the scroll position themselves.
const KEY = `wsgen-preview:${location.pathname}`;

const folds = () => [...document.querySelectorAll("details")];
const tabs = () => [...document.querySelectorAll("[role=tab]")];
const name = (fold) => fold.querySelector("summary")?.textContent.trim() ?? "";
const selected = (tab) => tab.getAttribute("aria-selected") === "true";

let restored = false;

export function save() {
  // What was kept before is waiting for this page still.
  if (!restored) return;
  const open = folds().map((fold) => [name(fold), fold.open]);
  const chosen = tabs().filter(selected).map((tab) => tab.id);
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ open, chosen }));
  } catch {
    // Storage is switched off: the page begins anew.
  }
}

/** Once the theme has built its tabs. */
export function restore() {
  restored = true;
  let kept;
  try {
    kept = JSON.parse(sessionStorage.getItem(KEY));
    sessionStorage.removeItem(KEY);
  } catch {}
  if (!kept) return;
  for (const fold of folds()) {
    const at = kept.open.findIndex(([known]) => known === name(fold));
    if (at >= 0) fold.open = kept.open.splice(at, 1)[0][1];
  }
  const focus = document.activeElement;
  for (const tab of tabs()) if (kept.chosen.includes(tab.id) && !selected(tab)) tab.click();
  focus?.focus({ preventScroll: true });
}
