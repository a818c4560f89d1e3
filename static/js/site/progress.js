// Which pages the reader has done: the button at the end of a page, ticks in the sidebar, the bar in the header, and the
// way back to where she was. A page and its translations count as one.
import { say } from "./say.js";
import { keep, kept, ofSite, ready } from "./store.js";

const key = ofSite("progress");
const lastKey = ofSite("last");
const $ = (selector) => document.querySelector(selector);
const home = ($(".site-title")?.pathname ?? "/").replace(/index\.html$/, "");
const place = $(".page-progress");

// The path of a page from the home page of its language.
const idOf = ({ origin, pathname }) =>
  origin === location.origin && pathname.startsWith(home) ? pathname.slice(home.length).replace(/index\.html$/, "") : null;
const here = idOf(location);

function read(key, otherwise) {
  try {
    return JSON.parse(kept(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function done() {
  const list = read(key, []);
  return new Set(Array.isArray(list) ? list : []);
}

function bar(done) {
  const way = $(".way");
  if (!way) return;
  way.value = Math.min(done.size, way.max);
  const text = way.dataset.count.replace("{n}", way.value).replace("{total}", way.max);
  way.setAttribute("aria-label", text);
  way.hidden = false;
  const count = $(".progress-count");
  if (count && count.textContent !== text) count.textContent = text;
  document.documentElement.classList.add("counted");
}

function ticks(done) {
  const isDone = (link) => done.has(idOf(link));
  for (const link of document.querySelectorAll(".tree a, .contents li > a")) {
    // Of a part that is all pages in it.
    const pages = [...link.parentElement.querySelectorAll("a")].filter((one) => idOf(one) !== null);
    let count = pages.filter(isDone).length;
    let total = pages.length;
    // Large workshops show the pages of one part at a time.
    const all = Number(link.parentElement.dataset.pages);
    if (all) [total, count] = [all, Math.min(all, [...done].filter((id) => id.startsWith(idOf(link))).length)];
    link.classList.toggle("is-done", count > 0 && count === total);
    if (count > 0 && count < total) link.dataset.done = `${count}/${total}`;
    else delete link.dataset.done;
    if (isDone(link)) link.setAttribute("aria-description", $(".way")?.dataset.done ?? "");
    else link.removeAttribute("aria-description");
  }
}

// Where the reader was last, or what comes after it when that is done.
function wayBack(done) {
  const start = $(".start .button");
  let last = read(lastKey, null);
  if (!start || !last) return;
  if (last.next && done.has(last.id)) last = last.next;
  start.pathname = last.path;
  start.textContent = place.dataset.continue.replace("{title}", last.title);
}

function show() {
  const now = done();
  bar(now);
  ticks(now);
  $(".mark-done")?.setAttribute("aria-pressed", now.has(here));
  wayBack(now);
}

ready(show);
addEventListener("storage", (event) => (event.key === key || event.key === null) && show());

const store = (now) => keep(key, now.size ? JSON.stringify([...now]) : "");
$(".mark-done")?.addEventListener("click", () => {
  const now = done();
  if (!now.delete(here)) now.add(here);
  store(now);
  show();
  say($(".progress-count").textContent);
});

// One act ends a page: it is marked, and the link leads on.
$(".done-next")?.addEventListener("click", () => store(done().add(here)));

if ($(".mark-done")) {
  const next = $(".pager .next");
  const title = $("h1")?.textContent ?? document.title;
  const to = next && { path: next.pathname, title: next.querySelector("span")?.textContent };
  keep(lastKey, JSON.stringify({ id: here, path: location.pathname, title, next: to }));
}

place?.addEventListener("click", async ({ target }) => {
  const name = target.closest("[data-do]")?.dataset.do;
  if (name) (await import("../progress-file.js"))[name](place.dataset);
});
