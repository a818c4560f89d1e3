// Tabs. Groups of the same name change together on all pages, the choice is kept, and where tabs are named after
// systems the visitor's own is shown first.
import { keep, kept, ofSite, ready } from "./store.js";

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
  const list = document.createElement("div");
  list.className = "tab-list";
  list.role = "tablist";
  const buttons = panels.map((panel, i) => {
    const button = document.createElement("button");
    panel.id ||= `tab-${number}-${i}`;
    panel.role = "tabpanel";
    Object.assign(button, { type: "button", role: "tab", id: `${panel.id}-button`, textContent: names[i] });
    button.disabled = "disabled" in panel.dataset;
    button.setAttribute("aria-controls", panel.id);
    panel.setAttribute("aria-labelledby", button.id);
    return button;
  });
  list.append(...buttons);
  tabs.prepend(list);
  const group = groupOf(tabs, names);

  const show = (name) => {
    const at = names.indexOf(name);
    if (at < 0) return;
    buttons.forEach((button, i) => {
      button.ariaSelected = String(i === at);
      button.tabIndex = i === at ? 0 : -1;
      panels[i].hidden = i !== at;
    });
  };
  const choose = (at) => {
    const before = list.getBoundingClientRect().top;
    const name = names[at];
    for (const other of group ? document.querySelectorAll(".tabs") : []) shows.get(other)?.(group, name);
    show(name);
    scrollBy(0, list.getBoundingClientRect().top - before);
    buttons[at].focus();
    if (group) keep(key(group), name);
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

  const selected = panels.findIndex((panel) => "selected" in panel.dataset);
  show(names[Math.max(0, panels.findIndex((panel) => !("disabled" in panel.dataset)))]);
  show(names[selected] ?? names.find((name) => mine.test(name)));
  if (!group) return;
  shows.set(tabs, (other, name) => other === group && show(name));
  show(kept(key(group)));
}

ready(() => document.querySelectorAll(".tabs").forEach(build));
