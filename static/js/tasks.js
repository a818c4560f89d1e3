// Boxes of task lists that the reader ticks. A box is known by the text of its line, so that ticks stay where they belong
// when the page is edited; by its place where only that text has changed.
import { keep, kept, ofSite, ready } from "./site.js";

const key = ofSite("tasks");
const home = (document.querySelector(".site-title")?.pathname ?? "/").replace(/index\.html$/, "");
const page = location.pathname.replace(home, "").replace(/index\.html$/, "");

function all() {
  try {
    return JSON.parse(kept(key)) ?? {};
  } catch {
    return {};
  }
}

// The text of a line without the lists below it, as a short number. Readers' values are no part of it.
function digest(line) {
  const copy = line.cloneNode(true);
  for (const other of copy.querySelectorAll("ul, ol, var")) other.remove();
  let hash = 5381;
  for (const unit of copy.textContent.replace(/\s+/g, " ").trim()) hash = (hash * 33 + unit.codePointAt(0)) >>> 0;
  return hash.toString(36);
}

function boxes() {
  const seen = {};
  return [...document.querySelectorAll(".page-body li input[type=checkbox]")].map((box) => {
    const line = box.closest("li");
    const hash = digest(line);
    seen[hash] = (seen[hash] ?? 0) + 1;
    return { box, line, name: `${hash}.${seen[hash]}` };
  });
}

// What was kept is the number of boxes, and a list of [name, place, ticked].
function restore() {
  const [count, ...kept] = all()[page] ?? [];
  const found = boxes();
  const byName = new Map(kept.map((entry) => [entry[0], entry]));
  const names = new Set(found.map(({ name }) => name));
  const byPlace = new Map(kept.filter(([name]) => !names.has(name)).map((entry) => [entry[1], entry]));
  found.forEach(({ box, line, name }, at) => {
    if (!box.hasAttribute("aria-label")) box.setAttribute("aria-label", line.textContent.trim());
    box.disabled = false;
    const entry = byName.get(name) ?? (count === found.length && byPlace.get(at));
    box.checked = entry ? entry[2] : box.defaultChecked;
  });
}

function remember() {
  const pages = all();
  const found = boxes();
  const own = found.flatMap(({ box, name }, at) => (box.checked === box.defaultChecked ? [] : [[name, at, box.checked]]));
  if (own.length) pages[page] = [found.length, ...own];
  else delete pages[page];
  keep(key, Object.keys(pages).length ? JSON.stringify(pages) : "");
}

document.addEventListener("change", ({ target }) => target.matches(".page-body li input[type=checkbox]") && remember());
addEventListener("storage", (event) => (event.key === key || event.key === null) && restore());
ready(restore);
