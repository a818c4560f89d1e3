// The search: a dialog that is loaded when it is first asked for, and the index with it. What it has to know, its texts
// included, is in the file `index.json` of the language.
import { keep, kept, ofSite } from "./store.js";

const recentKey = ofSite("searches");
const slashKey = ofSite("search-slash");
const pagesAtOnce = 5;
const sectionsOfPage = 3;

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

// The index: `find(query)` gives what pagefind finds. Every page's address counts from `root`.
async function loadIndex(folder) {
  const answer = await fetch(new URL("index.json", folder), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${answer.status}: ${answer.url}`);
  const { module, root, shelves, texts } = await answer.json();
  const { createInstance } = await import(new URL(module, folder).href);
  const at = (nth) => new URL(`${nth}/`, folder).pathname;
  const excerptLength = /^(ja|zh|th)\b/.test(document.documentElement.lang) ? 44 : 26;
  const [first, ...others] = shelves;
  const index = createInstance({ basePath: at(0), metaCacheTag: first, excerptLength, noWorker: true });
  await Promise.all(others.map((tag, nth) => index.mergeIndex(at(nth + 1), { metaCacheTag: tag, excerptLength })));
  const find = async (query) => {
    const { results } = await index.search(query.normalize("NFKC"));
    return results.length || query === query.normalize("NFKC") ? results : (await index.search(query)).results;
  };
  return { find, texts, root: new URL(root, folder) };
}

// Pieces of an excerpt: text, and marked where it was found. The end of the heading, which stands above it already, is
// left out.
function pieces(excerpt, heading) {
  const found = excerpt.split(/<mark>(.*?)<\/mark>/s).map((text, nth) => ({
    text: text.replaceAll("\u200b", "").replaceAll("&lt;", "<").replaceAll("&gt;", ">"),
    mark: nth % 2 === 1,
  }));
  const whole = found.map(({ text }) => text).join("");
  const end = [...Array(heading.length).keys()].map((at) => heading.slice(at)).find((end) => end.length > 1 && whole.startsWith(end)) ?? "";
  let cut = end && end.length + whole.slice(end.length).match(/^[.。\s]*/)[0].length;
  for (const piece of found) {
    const length = Math.min(cut, piece.text.length);
    piece.text = piece.text.slice(length);
    cut -= length;
  }
  return found.filter(({ text }) => text).map(({ text, mark }) => (mark ? make("mark", {}, text) : text));
}

// Where a word occurs nowhere, pagefind looks for its beginning, down to a letter. A page counts when two fifths of a
// word that was asked for are found on it: stems are about so long.
function answers(page, query) {
  const words = page.raw_content.split(page.raw_content.includes("\u200b") ? "\u200b" : /\s+/);
  const plain = (word) => word.normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
  const found = new Set(page.locations.map((at) => plain(words[at] ?? "")));
  const segments = self.Intl?.Segmenter ? [...new Intl.Segmenter(document.documentElement.lang, { granularity: "word" }).segment(query)].map(({ segment }) => segment) : query.split(/\s+/);
  const asked = segments.map(plain).filter(Boolean);
  const begins = (word, part) => {
    let length = 0;
    while (length < part.length && word[length] === part[length]) length++;
    return length >= part.length * 0.4;
  };
  return [...found].some((word) => asked.some((part) => word.includes(part) || begins(word, part)));
}

const weight = (section) => section.weighted_locations.reduce((sum, { balanced_score }) => sum + balanced_score, 0);

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
  let index, query, results = [], shown = 0, active;

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

  function section(page, part) {
    const hash = part.anchor ? `#${encodeURIComponent(part.anchor.id)}` : "";
    const href = new URL(page.raw_url.slice(1) + hash, index.root).href;
    return option(
      "a",
      { href, onclick: follow },
      make("strong", {}, part.title),
      make("span", { class: "search-excerpt" }, ...pieces(part.excerpt, part.title)),
    );
  }

  function follow(event) {
    keep(recentKey, JSON.stringify([query, ...recent().filter((old) => old !== query)].slice(0, 5)));
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    frame.close();
  }

  async function pages(from) {
    const loaded = await Promise.all(results.slice(from, from + pagesAtOnce).map((result) => result.data()));
    const groups = loaded.filter((page) => answers(page, query)).map((page) => {
      const id = `search-${count++}`;
      const parts = page.sub_results.toSorted((a, b) => weight(b) - weight(a)).slice(0, sectionsOfPage);
      const path = [...(page.filters.path ?? []), page.meta.title].filter(Boolean).join(" › ");
      return make("div", { role: "group", "aria-labelledby": id }, make("div", { class: "search-path", id }, path), ...parts.map((part) => section(page, part)));
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

  function showRecent() {
    const old = recent();
    if (!old.length) return show([], "", texts.hint ?? "");
    const id = `search-${count++}`;
    const forget = make("button", { class: "search-forget", type: "button", onclick: () => (keep(recentKey), showRecent(), input.focus()) }, texts.forget);
    const entries = old.map((text) => option("div", { class: "search-recent", onclick: () => again(text) }, icon(clock), text));
    show([make("div", { role: "group", "aria-labelledby": id }, make("div", { class: "search-path", id }, texts.recent), ...entries)], "", forget);
    choose(undefined);
  }

  let waiting;
  function search(delay = 120) {
    query = input.value.trim();
    clearTimeout(waiting);
    if (!index) return;
    if (!query) return showRecent();
    waiting = setTimeout(async () => {
      const asked = query;
      try {
        const found = await index.find(asked);
        if (asked !== query) return;
        results = found;
        shown = 0;
        const groups = await pages(0);
        if (asked !== query) return;
        if (groups.length) show(groups, texts.found.replace("{n}", results.length));
        else show([], "", texts.none.replace("{query}", asked));
        if (!groups.length) status.textContent = message.textContent;
      } catch {
        failed();
      }
    }, delay);
  }

  function failed() {
    index = undefined;
    const text = location.protocol === "file:" ? button.dataset.file : button.dataset.error;
    show([], text, [make("p", {}, text), make("button", { type: "button", onclick: load }, button.dataset.again)]);
  }

  function explain() {
    close.ariaLabel = close.title = texts.close;
    const box = make("input", { type: "checkbox", onchange: () => keep(slashKey, box.checked ? "" : "off") });
    box.checked = kept(slashKey) !== "off";
    const key = (keys, text) => make("span", {}, ...keys.map((key) => make("kbd", {}, key)), ` ${text}`);
    foot.replaceChildren(key(["↑", "↓"], texts.choose), key(["Enter"], texts.open), key(["Esc"], texts.close), make("label", {}, box, ` ${texts.key}`));
  }

  async function load() {
    show([]);
    try {
      index = await loadIndex(folder);
      texts = index.texts;
      explain();
      search(0);
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
