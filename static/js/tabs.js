// Tabs. Groups of the same name change together on all pages, the choice is kept, and where tabs are named after
// systems the visitor's own is shown first.
const system = /Mac|iPhone|iPad/.test(navigator.userAgent)
  ? ["macos", "mac", "os x"]
  : /Win/.test(navigator.userAgent)
    ? ["windows", "win"]
    : ["linux", "ubuntu", "debian"];
const key = (group) => `wsgen-tab:${group}`;
const groups = [];

function recall(group) {
  try {
    return localStorage.getItem(key(group));
  } catch {
    return null;
  }
}

function build(tabs, number) {
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
    for (const other of groups) if (other.group === tabs.dataset.group) other.show(name);
    show(name);
    scrollBy(0, list.getBoundingClientRect().top - before);
    buttons[at].focus();
    try {
      if (tabs.dataset.group) localStorage.setItem(key(tabs.dataset.group), name);
    } catch {}
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

  const selected = panels.find((panel) => "selected" in panel.dataset);
  const mine = names.find((name) => system.some((word) => name.toLowerCase().startsWith(word)));
  show(names[Math.max(0, panels.findIndex((panel) => !("disabled" in panel.dataset)))]);
  show(selected ? names[panels.indexOf(selected)] : mine);
  if (tabs.dataset.group) {
    groups.push({ group: tabs.dataset.group, show });
    show(recall(tabs.dataset.group));
  }
}

[...document.querySelectorAll(".tabs")].forEach(build);
