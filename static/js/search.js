// The search: a dialog that is loaded when it is first asked for, and the index with it, which has its texts, too.
import { openIndex, placesOf } from "./search-index.js";
import { keep, kept, ofSite } from "./site.js";

const recentKey = ofSite("searches");
const slashKey = ofSite("search-slash");
// Of the first of them three sections are shown, of the next two, of the others one: each costs the reader its text.
const pagesAtOnce = 5;

let dialog;

/** `take` gives what was typed before the dialog was there, once. */
export function open(button, take) {
  dialog ??= searchDialog(button);
  dialog.show(take);
}

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  svg.append(line);
  return svg;
}

const lens = "M12.7 12.7 17 17M14 8.5a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0z";
const clock = "M10 5.5V10l3 2M17.5 10a7.5 7.5 0 1 1-15 0 7.5 7.5 0 0 1 15 0z";
const cross = "M5 5l10 10M15 5 5 15";

// A text as nodes, with marks at `places`. White space between blocks and cells is made visible.
function marked(text, places) {
  const shown = (from, to) => text.slice(from, to).replace(/\s*\t\s*/g, " · ").replace(/\s+/g, " ");
  const nodes = [];
  let done = 0;
  for (const [from, to] of places) {
    nodes.push(shown(done, from), make("mark", {}, shown(from, to)));
    done = to;
  }
  return [...nodes, shown(done)].filter((node) => node !== "");
}

const isEnd = /[.!?]["”’)]?\s|[。！？]|[\n\t]/g;

// Two lines of a text, from the beginning of a sentence or "…", around the first place or where many are close together.
function excerpt(text, words) {
  const places = placesOf(text, words);
  const most = /[\u0e00-\u0fff\u3040-\u9fff\uac00-\ud7a3]/.test(text) ? 96 : 180;
  const dense = places.map(([from]) => places.filter((other) => other[0] >= from && other[1] <= from + most * 0.7).length);
  const at = places[dense.indexOf(Math.max(...dense))]?.[0] ?? 0;
  const ends = [...text.slice(0, at).matchAll(isEnd)].map((end) => end.index + end[0].length);
  let from = [0, ...ends].findLast((end) => end <= at);
  let lead = "";
  if (at - from > most * 0.4) {
    from = Math.max(from, at - Math.floor(most * 0.3));
    const space = text.slice(from, at).search(/\s/);
    from += space < 0 ? 0 : space + 1;
    lead = "…";
  }
  let to = Math.min(text.length, from + most);
  if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), from + most * 0.8);
  const inside = places.filter(([start, end]) => start >= from && end <= to).map(([start, end]) => [start - from, end - from]);
  return [lead, ...marked(text.slice(from, to).trimEnd(), inside), to < text.trimEnd().length ? "…" : ""].filter(Boolean);
}

function recent() {
  try {
    return JSON.parse(kept(recentKey)) ?? [];
  } catch {
    return [];
  }
}

function searchDialog(button) {
  const folder = new URL(button.dataset.search, location.href);
  const label = button.dataset.label;
  let texts = {};
  let index, query, results = [], words = [], shown = 0, active;

  const input = make("input", {
    type: "text", role: "combobox", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "go",
    placeholder: label, "aria-label": label, "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "search-results",
    oninput: () => search(),
    onkeydown: pressed,
  });
  const list = make("div", { class: "search-results", id: "search-results", role: "listbox", "aria-label": label });
  const message = make("div", { class: "search-message" });
  const status = make("p", { class: "spoken", role: "status" });
  const foot = make("div", { class: "search-foot" });
  const close = make("button", { class: "tool", type: "button", onclick: () => frame.close() }, icon(cross));
  const frame = make(
    "dialog",
    { class: "search", "aria-label": label, onclick: (event) => event.target === frame && frame.close() },
    make("div", { class: "search-box" }, make("div", { class: "search-field" }, icon(lens), input, close), status, message, list, foot),
  );
  const style = make("link", { rel: "stylesheet", href: button.dataset.css });
  const styled = new Promise((done) => (style.onload = style.onerror = done));
  document.head.append(style);
  document.body.append(frame);

  const options = () => [...list.querySelectorAll("[role=option]")];

  function choose(option, scroll = true) {
    active?.setAttribute("aria-selected", "false");
    active = option;
    active?.setAttribute("aria-selected", "true");
    active ? input.setAttribute("aria-activedescendant", active.id) : input.removeAttribute("aria-activedescendant");
    // With the label of its group where it is the first of it.
    if (scroll) (active?.previousElementSibling?.id ? active.parentElement : active)?.scrollIntoView({ block: "nearest" });
  }

  function pressed(event) {
    if (event.isComposing) return;
    const all = options();
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && all.length) choose(all.at((all.indexOf(active) + move + all.length) % all.length));
    else if (event.key === "Enter" && active) active.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: event.ctrlKey, metaKey: event.metaKey }));
    else return;
    event.preventDefault();
  }

  // Shows nodes, and says a text to those who do not see them.
  function show(nodes, said = "", hint = "") {
    list.replaceChildren(...nodes);
    message.replaceChildren(...[hint].flat());
    status.textContent = said;
    const all = options();
    input.setAttribute("aria-expanded", String(all.length > 0));
    list.hidden = !all.length;
    message.hidden = !message.textContent;
    choose(all[0], false);
    list.scrollTop = 0;
  }

  let count = 0;
  const option = (tag, attributes, ...children) =>
    make(tag, { role: "option", id: `search-${count++}`, tabindex: "-1", "aria-selected": "false", onpointermove: (event) => choose(event.currentTarget, false), ...attributes }, ...children);

  function section(page, { id, heading, text }) {
    const file = location.protocol === "file:" && page.url.endsWith("/") ? "index.html" : "";
    const href = new URL(page.url.slice(1) + file + (id && `#${encodeURIComponent(id)}`), index.root).href;
    const title = heading || page.title;
    return option(
      "a",
      { href, onclick: follow },
      make("strong", {}, ...marked(title, placesOf(title, words))),
      make("span", { class: "search-excerpt" }, ...excerpt(text, words)),
    );
  }

  function follow(event) {
    keep(recentKey, JSON.stringify([query, ...recent().filter((old) => old !== query)].slice(0, 5)));
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    keep("wsgen-found", JSON.stringify({ url: event.currentTarget.href.split("#")[0], words }), "sessionStorage");
    frame.close();
    document.dispatchEvent(new Event("wsgen:found"));
  }

  // Of the pages that are shown together, those with the query as it was typed come first.
  async function pages(from) {
    const loaded = await Promise.all(results.slice(from, from + pagesAtOnce).map((result, nth) => index.read(result, Math.max(3 - nth, 1))));
    const literal = ({ title, parts }) => [title, ...parts.flatMap(({ heading, text }) => [heading, text])].some((text) => placesOf(text, words).literal);
    const groups = [...loaded.filter(literal), ...loaded.filter((page) => !literal(page))].map((page) => {
      const id = `search-${count++}`;
      const steps = [page.path, page.title].filter(Boolean).join(" › ");
      return make("div", { role: "group", "aria-labelledby": id }, make("div", { class: "search-path", id }, ...marked(steps, placesOf(steps, words))), ...page.parts.map((part) => section(page, part)));
    });
    if (groups.length && from + pagesAtOnce < results.length) groups.push(option("div", { class: "search-more", onclick: more }, texts.more));
    return groups;
  }

  async function more(event) {
    const last = event.currentTarget;
    shown += pagesAtOnce;
    const next = await pages(shown);
    if (!last.isConnected) return;
    last.replaceWith(...next);
    choose(next[0]?.querySelector("[role=option]") ?? options().at(-1));
  }

  function again(text) {
    input.value = text;
    input.focus();
    search(0);
  }

  // Before anything is asked for: what was asked before, and where this page leads.
  function showNothing() {
    const old = recent();
    const group = (label, entries) => {
      const id = `search-${count++}`;
      return make("div", { role: "group", "aria-labelledby": id }, make("div", { class: "search-path", id }, label), ...entries);
    };
    const groups = [];
    if (old.length) groups.push(group(texts.recent, old.map((text) => option("div", { class: "search-recent", onclick: () => again(text) }, icon(clock), text))));
    const toc = document.querySelector(".toc summary");
    const headings = [...document.querySelectorAll(".toc a")].slice(0, 12);
    if (headings.length) groups.push(group(toc.textContent, headings.map((link) => option("a", { class: "search-recent", href: link.href, onclick: () => frame.close() }, link.textContent))));
    const forget = make("button", { class: "search-forget", type: "button", onclick: () => (keep(recentKey), showNothing(), input.focus()) }, texts.forget);
    show(groups, "", old.length ? forget : groups.length ? "" : (texts.hint ?? ""));
    choose(undefined);
  }

  let waiting;
  function search(delay = 120) {
    query = input.value.trim();
    clearTimeout(waiting);
    if (!index) return;
    if (!query) return showNothing();
    waiting = setTimeout(async () => {
      const asked = query;
      try {
        await answer(asked);
      } catch {
        // The site may have been published anew since its index was read.
        await load(asked);
      }
    }, delay);
  }

  async function answer(asked) {
    const found = await index.find(asked);
    if (asked !== query) return;
    ({ results, words } = found);
    shown = 0;
    const groups = await pages(0);
    if (asked !== query) return;
    if (groups.length) show(groups, texts.found.replace("{n}", results.length));
    else show([], "", texts.none.replace("{query}", asked));
    if (!groups.length) status.textContent = message.textContent;
  }

  function failed() {
    index = undefined;
    const text = button.dataset.error;
    show([], text, [make("p", {}, text), make("button", { type: "button", onclick: () => load() }, button.dataset.again)]);
  }

  function explain() {
    close.ariaLabel = close.title = texts.close;
    const box = make("input", { type: "checkbox", onchange: () => keep(slashKey, box.checked ? "" : "off") });
    box.checked = kept(slashKey) !== "off";
    const key = (keys, text) => make("span", {}, ...keys.map((key) => make("kbd", {}, key)), ` ${text}`);
    foot.replaceChildren(key(["↑", "↓"], texts.choose), key(["Enter"], texts.open), key(["Esc"], texts.close), make("label", {}, box, ` ${texts.key}`));
  }

  async function load(asked) {
    try {
      index = await openIndex(folder);
      texts = index.texts;
      explain();
      if (asked && asked === query) await answer(asked);
      else search(0);
    } catch {
      failed();
    }
  }

  return {
    async show(take) {
      await styled;
      const typed = take();
      if (frame.open) return;
      frame.showModal();
      if (typed) input.value = typed;
      else input.select();
      if (!index) load();
      else if (typed || !query) search(0);
    },
  };
}
