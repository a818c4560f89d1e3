// Turning pages by keyboard: the arrow keys, where nothing else wants them.
import { kept, ofSite } from "./store.js";

addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (!/^Arrow(Left|Right)$/.test(key) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.defaultPrevented) return;
  // Fields, tabs, and what scrolls sideways.
  if (target.closest?.("input, textarea, select, [contenteditable], [role=tablist], [tabindex='0'], video, audio, dialog, summary")) return;
  if (document.querySelector("dialog:modal") || kept(ofSite("search-slash")) === "off") return;
  const forward = (key === "ArrowRight") === (document.documentElement.dir !== "rtl");
  document.querySelector(`.pager [rel=${forward ? "next" : "prev"}]`)?.click();
});
