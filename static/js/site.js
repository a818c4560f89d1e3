// What every page has: the colour switch, the sidebar, the table of contents, printing. Its parts lie in site/, and what
// other modules use of them they import from here: all of it is published as one file, because every file is a request.
import "./site/scheme.js";
import "./site/folds.js";
import "./site/progress.js";
import "./site/turn.js";
import { keep, kept, ofSite, ready } from "./site/store.js";

export { say } from "./site/say.js";
export { keep, kept, ofSite, ready };

const root = document.documentElement;
const $ = (selector) => document.querySelector(selector);
const $$ = (selector) => [...document.querySelectorAll(selector)];

function sidebar() {
  const nav = $(".sidebar");
  if (!nav) return;
  for (const fold of nav.querySelectorAll("details")) {
    const key = `wsgen-fold:${fold.previousElementSibling?.href}`;
    const state = kept(key, "sessionStorage");
    if (state && !fold.querySelector("[aria-current]")) fold.open = state === "open";
    fold.addEventListener("toggle", () => keep(key, fold.open ? "open" : "shut", "sessionStorage"));
  }
  const show = () => {
    const here = nav.querySelector("[aria-current]");
    if (!here) return;
    const [entry, frame] = [here.getBoundingClientRect(), nav.getBoundingClientRect()];
    // What can be seen stays where it is.
    if (entry.top < frame.top || entry.bottom > frame.bottom) nav.scrollTop += entry.top - frame.top - nav.clientHeight / 2.5;
  };
  show();
  nav.addEventListener("toggle", show);
}

// The first heading below the middle third is where the reader is.
function tableOfContents() {
  const toc = $(".toc details");
  if (!toc) return;
  const wide = matchMedia("(min-width: 75em)");
  const fit = () => {
    toc.open = wide.matches;
    toc.firstElementChild.tabIndex = wide.matches ? -1 : 0;
  };
  wide.addEventListener("change", fit);
  fit();
  toc.addEventListener("click", (event) => {
    if (!wide.matches && event.target.closest("a")) toc.open = false;
  });
  let links, headings, current;
  const mark = () => {
    const shown = headings.filter((heading) => !heading.closest("details:not([open]), [hidden]"));
    const passed = shown.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
    const atEnd = innerHeight + scrollY >= root.scrollHeight - 2;
    const link = links.get((atEnd && scrollY > 0 ? shown : passed).at(-1)?.id);
    if (link === current) return;
    current?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
    current = link;
    const frame = $(".toc details");
    if (link && frame.scrollHeight > frame.clientHeight) frame.scrollTop = link.offsetTop - frame.clientHeight / 2;
  };
  let waiting;
  addEventListener("scroll", () => (waiting ??= requestAnimationFrame(() => ((waiting = null), mark()))), { passive: true });
  ready(() => {
    links = new Map($$(".toc a").map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
    headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    mark();
  });
}

// Tables and code that do not fit can be reached by keyboard; the others are no stop. Tables that fit need no frame of
// their own, so that their head sticks to the top of the window.
function scrolling() {
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const fits = target.scrollWidth <= target.clientWidth;
      if (fits) target.removeAttribute("tabindex");
      else target.tabIndex = 0;
      target.classList.toggle("fits", fits);
    }
  });
  ready(() => {
    for (const block of $$(".table-wrap, .page-body pre")) watch.observe(block);
  });
}

// A link may lead into a folded block or a tab that is not chosen, or to that tab. A click on a link that has been
// followed before does, too.
function openTarget() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  // A part that is on another page now.
  if (target && target.matches(".moved")) location.replace(target.querySelector("a").href);
  let opened = false;
  for (let around = target; around; around = around.parentElement) {
    if (around.matches("details:not([open])")) opened = around.open = true;
    if (around.hidden) opened = around.dispatchEvent(new Event("beforematch"));
  }
  if (opened) target.scrollIntoView();
}

function printing() {
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = $$(".page-body details:not([open])");
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
  });
}

// Pictures that are shown smaller than they are, and diagrams, open over the whole window. What does it is loaded then.
function enlarging() {
  const texts = document.getElementById("site-texts").dataset;
  const finger = matchMedia("(hover: none)");
  const zoomed = ({ target, type }) =>
    target.closest?.(".page-body img[role=button], .enlarge") ?? (type === "click" && finger.matches && !target.closest?.("a") ? target.closest?.(".drawing") : null);
  const enlarge = async (target) => {
    const { zoom } = await import("./zoom.js");
    zoom(target.matches("img") ? target : target.closest(".diagram").querySelector("svg[role]"), texts);
  };
  const offer = (image) => {
    if (image.closest("a, button") || image.naturalWidth < image.clientWidth * 1.2) return;
    image.setAttribute("role", "button");
    image.tabIndex = 0;
    image.setAttribute("aria-label", [texts.enlarge, image.alt].filter(Boolean).join(": "));
  };
  ready(() => {
    for (const image of $$(".page-body img")) image.complete ? offer(image) : image.addEventListener("load", () => offer(image));
  });
  document.addEventListener("click", (event) => zoomed(event) && enlarge(zoomed(event)));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !zoomed(event)?.matches("img")) return;
    event.preventDefault();
    enlarge(zoomed(event));
  });
}

// Whether there is another text by now is asked when the reader comes back to the page, and now and then while she reads.
function changes() {
  const minutes = 3;
  if (!$(".page-body[data-version]") || !location.protocol.startsWith("http") || navigator.connection?.saveData) return;
  let last = Date.now();
  const ask = async () => {
    if (document.hidden || Date.now() - last < 20_000) return;
    last = Date.now();
    (await import("./changed.js")).ask();
  };
  document.addEventListener("visibilitychange", ask);
  setInterval(ask, minutes * 60_000);
  if (kept(ofSite("place"), "sessionStorage")) import("./changed.js").then(({ back }) => (document.readyState === "complete" ? back() : addEventListener("load", back)));
}

// Who reaches the end of a page is about to turn it: the next one is fetched meanwhile.
function nextPage() {
  const next = $("a[rel=next]");
  if (!next || next.origin !== location.origin || navigator.connection?.saveData) return;
  const watch = new IntersectionObserver(([{ isIntersecting }]) => {
    if (!isIntersecting || !scrollY) return;
    watch.disconnect();
    document.head.append(Object.assign(document.createElement("link"), { rel: "prefetch", href: next.href }));
  });
  watch.observe(next);
}

// The search is loaded when it is asked for; what is typed until it is there goes into its field. Its one-letter key can
// be switched off in it.
function searching() {
  const button = $(".search-open");
  if (!button) return;
  let typed;
  const take = () => {
    const text = typed;
    typed = undefined;
    return text;
  };
  const open = () => {
    typed ??= "";
    import("./search.js").then(({ open }) => open(button, take), () => (take(), alert(button.dataset.error)));
  };
  button.addEventListener("click", open);
  document.addEventListener("click", ({ target }) => {
    const query = target.closest?.("[data-query]")?.dataset.query;
    if (query === undefined) return;
    typed = query;
    open();
  });
  addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
    const plain = !ctrlKey && !metaKey && !altKey && !target.closest?.("input, textarea, select, [contenteditable]");
    const command = key.toLowerCase() === "k" && (ctrlKey || metaKey) && !altKey && !shiftKey;
    const slash = key === "/" && plain && kept(ofSite("search-slash")) !== "off";
    const early = typed !== undefined && key.length === 1 && plain;
    if (!(command || slash || early) || event.defaultPrevented || $("dialog:modal")) return;
    event.preventDefault();
    if (early) typed += key;
    else open();
  });
}

// Words that a search has found are marked on the page that it leads to.
function found() {
  if (kept("wsgen-found", "sessionStorage")) import("./marks.js").then(({ mark }) => mark());
}
sidebar();
tableOfContents();
scrolling();
printing();
enlarging();
searching();
nextPage();
changes();
openTarget();
found();
document.addEventListener("wsgen:found", () => setTimeout(found));
addEventListener("hashchange", openTarget);
document.addEventListener("click", ({ target }) => target.closest?.("a[href*='#']")?.href === location.href && setTimeout(openTarget));
