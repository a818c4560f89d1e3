// Values that readers fill in. They are kept for the site, and put as text into every place that names them.
import { keep, kept, ofSite, ready } from "./site.js";

const key = ofSite("vars");
// What the page says and what it shows now, by element. What shows anything else has been written anew.
const known = new WeakMap();

function values() {
  try {
    return JSON.parse(kept(key)) ?? {};
  } catch {
    return {};
  }
}

function original(element, shown) {
  if (known.get(element)?.shown !== shown) known.set(element, { original: shown, shown });
  return known.get(element);
}

// An address with the reader's values. They may hold what addresses hold, but never make another kind of address of it
// than the author wrote.
function address(pieces, filled, fallback) {
  let url = "";
  for (let i = 0; i < pieces.length; i += 3) {
    url += pieces[i];
    const value = filled[pieces[i + 1]];
    url += value ? (/[?#]/.test(url) ? encodeURIComponent : encodeURI)(value) : (pieces[i + 2] ?? "");
  }
  const kind = (url) => URL.canParse(url, location.href) && new URL(url, location.href).protocol;
  return kind(url) === kind(fallback) ? url : fallback;
}

function fill(typing) {
  const filled = values();
  for (const place of document.querySelectorAll("var[data-name]")) {
    const state = original(place, place.textContent);
    const value = filled[place.dataset.name];
    state.shown = value || state.original;
    if (place.textContent !== state.shown) place.textContent = state.shown;
    place.toggleAttribute("data-filled", Boolean(value));
  }
  for (const link of document.querySelectorAll("a[data-target]")) {
    const state = original(link, link.getAttribute("href"));
    const pieces = JSON.parse(link.dataset.target);
    state.shown = pieces.some((name, i) => i % 3 === 1 && filled[name]) ? address(pieces, filled, state.original) : state.original;
    link.setAttribute("href", state.shown);
  }
  for (const input of document.querySelectorAll(".variables input")) {
    if (input !== typing) input.value = filled[input.name] ?? "";
  }
}

document.addEventListener("input", ({ target }) => {
  if (!target.matches(".variables input")) return;
  const filled = values();
  filled[target.name] = target.value.trim();
  if (!filled[target.name]) delete filled[target.name];
  keep(key, Object.keys(filled).length ? JSON.stringify(filled) : "");
  fill(target);
});
addEventListener("storage", (event) => (event.key === key || event.key === null) && fill());
ready(() => fill());
