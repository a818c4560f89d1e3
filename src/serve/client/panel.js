// The findings about the site, in a corner of the page. It lives in a shadow tree, so that neither it nor the page can
// disturb the other.
const KEY = "wsgen-preview-folded";

const STYLE = `
:host { all: initial; }
* { box-sizing: border-box; }
section {
  --ink: #1b1f24; --quiet: #57606a; --paper: #fff; --line: #d0d7de; --error: #b42318; --warning: #8a5a00; --well: #f6f8fa;
  position: fixed; z-index: 2147483647; inset: auto 1rem 1rem auto; inline-size: min(46rem, calc(100vw - 2rem));
  max-block-size: min(60vh, 34rem); display: flex; flex-direction: column; overflow: hidden;
  color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 10px;
  box-shadow: 0 8px 30px rgb(0 0 0 / .18); font: 14px/1.5 system-ui, sans-serif;
}
@media (prefers-color-scheme: dark) {
  section { --ink: #e6edf3; --quiet: #9da7b3; --paper: #161b22; --line: #3d444d; --error: #ff8a7a; --warning: #e3b341; --well: #0d1117; }
}
section.folded { inline-size: auto; }
h2 { all: unset; font-weight: 600; flex: 1; }
header { display: flex; align-items: center; gap: .75rem; padding: .4rem .4rem .4rem 1rem; }
.folded ol { display: none; }
header .error, .severity.error { color: var(--error); }
header .warning, .severity.warning { color: var(--warning); }
button { all: unset; cursor: pointer; padding: .25rem .75rem; min-block-size: 2rem; border-radius: 6px; color: var(--quiet); }
button:hover { background: var(--well); color: var(--ink); }
button:focus-visible, a:focus-visible { outline: 2px solid currentcolor; outline-offset: 1px; }
ol { margin: 0; padding: 0; list-style: none; overflow: auto; border-block-start: 1px solid var(--line); }
li { padding: .6rem 1rem; }
li + li { border-block-start: 1px solid var(--line); }
p { margin: 0; overflow-wrap: anywhere; }
.severity { font-weight: 600; }
.place, .help { color: var(--quiet); font-size: 13px; }
a { color: inherit; }
code, pre { font: 12.5px/1.5 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
pre { margin: .35rem 0; padding: .35rem .6rem; background: var(--well); border-radius: 6px; overflow: auto; white-space: pre; tab-size: 4; }
mark { color: inherit; background: none; text-decoration: underline wavy var(--error) 1px; text-underline-offset: 3px; text-decoration-skip-ink: none; }
@media print { section { display: none; } }
`;

/** Gives the function that shows what the server tells. */
export function panel() {
  let host, shown;
  let folded = recall();
  return ({ findings }) => {
    const text = JSON.stringify(findings);
    if (!findings || text === shown) return;
    const known = new Set(JSON.parse(shown ?? "{}").list?.map((finding) => JSON.stringify(finding)));
    // Whoever has folded it wants to see what is new.
    if (shown && findings.list.some((finding) => !known.has(JSON.stringify(finding)))) folded = false;
    shown = text;
    host?.remove();
    host = findings.list.length ? build(findings, folded, (now) => (folded = now)) : null;
    if (host) document.documentElement.append(host);
  };
}

function recall() {
  try {
    return sessionStorage.getItem(KEY) === "1";
  } catch {
    return false;
  }
}

function keep(folded) {
  try {
    sessionStorage.setItem(KEY, folded ? "1" : "0");
  } catch {
    // Storage is switched off.
  }
}

function build({ list, errors, warnings }, folded, tell) {
  const host = element("wsgen-findings");
  const section = element("section");
  section.setAttribute("role", "region");
  section.ariaLabel = "Findings of wsgen";
  const title = element("h2");
  title.setAttribute("role", "status");
  const counts = [[errors, "error"], [warnings, "warning"]].filter(([count]) => count);
  counts.forEach(([count, word], i) => {
    if (i) title.append(", ");
    title.append(element("span", `${count} ${word}${count === 1 ? "" : "s"}`, word));
  });
  const button = element("button");
  button.type = "button";
  const fold = (now) => {
    section.className = now ? "folded" : "";
    button.textContent = now ? "Show" : "Hide";
    button.ariaExpanded = String(!now);
  };
  button.addEventListener("click", () => {
    folded = !folded;
    keep(folded);
    tell(folded);
    fold(folded);
  });
  fold(folded);
  const header = element("header");
  header.append(title, button);
  const items = element("ol");
  items.append(...list.map(item));
  const more = errors + warnings - list.length;
  if (more > 0) items.append(element("li", `and ${more} more, in the terminal`, "help"));
  section.append(header, items);
  host.attachShadow({ mode: "open" }).append(element("style", STYLE), section);
  return host;
}

function item({ severity, code, message, file, line, column, source, help, edit }) {
  const entry = element("li");
  const head = element("p");
  head.append(element("span", severity, `severity ${severity}`), ` ${message} `, element("code", `[${code}]`, "place"));
  entry.append(head);
  if (file) {
    const place = [file, line, column].filter(Boolean).join(":");
    const link = element(edit ? "a" : "span", place);
    if (edit) link.href = edit;
    const where = element("p", "", "place");
    where.append(link);
    entry.append(where);
  }
  if (source) {
    const [before, marked, after] = source;
    const text = element("pre");
    text.append(before, element("mark", marked || "\u00a0"), after);
    entry.append(text);
  }
  if (help) entry.append(element("p", help, "help"));
  return entry;
}

function element(name, text = "", className = "") {
  return Object.assign(document.createElement(name), { textContent: text, className });
}
