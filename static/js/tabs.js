// Tabs. Groups of the same name change together on all pages, the choice is kept, and where tabs are named after
// systems the visitor's own is shown first.
import { keep, kept, ofSite, ready } from "./site.js";

const systems = {
  macos: /\b(mac|mac ?os|os ?x|darwin)\b/i,
  windows: /\b(win|windows|powershell)\b/i,
  linux: /\b(linux|ubuntu|debian|fedora|unix)\b/i,
};
const agent = navigator.userAgent;
const mine = systems[/Mac|iPhone|iPad/.test(agent) ? "macos" : /Windows/.test(agent) ? "windows" : "linux"];
const key = (group) => ofSite(`tab:${group}`);
// What shows the tab of a name, by element.
const shows = new WeakMap();
let number = 0;

// Tabs that are named after systems belong together even where their author gave them no name.
function groupOf(tabs, names) {
  const named = Object.values(systems).filter((system) => names.some((name) => system.test(name)));
  return tabs.dataset.group || (named.length > 1 ? names.join(" ") : "");
}

function build(tabs) {
  if (tabs.querySelector(":scope > .tab-list")) return;
  number++;
  const panels = [...tabs.querySelectorAll(":scope > .tab")];
  const names = panels.map((panel) => panel.querySelector(".tab-title").textContent.trim());
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const list = document.createElement("div");
  list.className = "tab-list";
  list.setAttribute("role", "tablist");
  const buttons = panels.map((panel, i) => {
    const button = document.createElement("button");
    // Of tabs with one title on several groups the first is the one that links mean.
    if (!panel.id || document.getElementById(panel.id) !== panel) panel.id = `tab-${number}-${i}`;
    panel.setAttribute("role", "tabpanel");
    Object.assign(button, { type: "button", id: `${panel.id}-button`, textContent: names[i] });
    button.setAttribute("role", "tab");
    button.disabled = "disabled" in panel.dataset;
    button.setAttribute("aria-controls", panel.id);
    panel.setAttribute("aria-labelledby", button.id);
    return button;
  });
  list.append(...buttons);
  tabs.prepend(list);
  const group = groupOf(tabs, names);
  // Groups without a name stay apart, and keep their choice while this page is read.
  const place = key(group || `${location.pathname} ${number}`);
  const area = group ? "localStorage" : "sessionStorage";

  const show = (name) => {
    const at = names.indexOf(name);
    if (at < 0) return;
    buttons.forEach((button, i) => {
      button.setAttribute("aria-selected", i === at);
      button.tabIndex = i === at ? 0 : -1;
      // The browser's search looks into what is hidden until it is found, and links lead into it.
      if (i === at) panels[i].removeAttribute("hidden");
      else panels[i].setAttribute("hidden", "until-found");
    });
  };
  const choose = (at) => {
    const before = list.getBoundingClientRect().top;
    const name = names[at];
    for (const other of group ? document.querySelectorAll(".tabs") : []) shows.get(other)?.(group, name);
    show(name);
    scrollBy(0, list.getBoundingClientRect().top - before);
    buttons[at].focus();
    keep(place, name, area);
  };
  list.addEventListener("click", (event) => {
    const at = buttons.indexOf(event.target.closest("button"));
    if (at >= 0) choose(at);
  });
  list.addEventListener("keydown", (event) => {
    const forward = getComputedStyle(list).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const at = buttons.indexOf(document.activeElement);
    const steps = { Home: -at, End: buttons.length - 1 - at };
    const step = steps[event.key] ?? (event.key.startsWith("Arrow") ? (event.key === forward ? 1 : -1) : 0);
    if (!step || event.key === "ArrowUp" || event.key === "ArrowDown") return;
    event.preventDefault();
    choose((at + step + buttons.length) % buttons.length);
  });

  panels.forEach((panel, i) => panel.addEventListener("beforematch", () => show(names[i])));
  const selected = panels.findIndex((panel) => "selected" in panel.dataset);
  show(names[Math.max(0, panels.findIndex((panel) => !("disabled" in panel.dataset)))]);
  show(names[selected] ?? names.find((name) => mine.test(name)));
  if (group) shows.set(tabs, (other, name) => other === group && show(name));
  show(kept(place, area));
  // A link means what it leads to, whatever was chosen before.
  const meant = panels.findIndex((panel) => panel.contains(target));
  show(names[meant]);
  if (meant >= 0) target.scrollIntoView();
}

ready(() => document.querySelectorAll(".tabs").forEach(build));
