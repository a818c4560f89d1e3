// A footnote beside its number, for whoever points at it or reaches it by keyboard. The link still leads to the note.
import { ready } from "./site.js";

const box = document.createElement("div");
box.className = "footnote-box";
box.id = "footnote-box";
let shown, waiting;

function show(link) {
  clearTimeout(waiting);
  if (link === shown) return;
  hide();
  const note = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!note) return;
  const copy = note.cloneNode(true);
  for (const back of copy.querySelectorAll("[role=doc-backlink]")) back.remove();
  for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
  box.replaceChildren(...copy.childNodes);
  document.querySelector("main").append(box);
  const { left, top, bottom } = link.getBoundingClientRect();
  const [width, height] = [box.offsetWidth, box.offsetHeight];
  const above = bottom + height + 12 > innerHeight && top > height + 12;
  box.style.left = `${Math.max(12, Math.min(left - 24, innerWidth - width - 12))}px`;
  box.style.top = `${above ? top - height - 6 : bottom + 6}px`;
  link.setAttribute("aria-describedby", box.id);
  shown = link;
}

function hide() {
  clearTimeout(waiting);
  shown?.removeAttribute("aria-describedby");
  shown = undefined;
  box.remove();
}

const hideSoon = () => {
  clearTimeout(waiting);
  waiting = setTimeout(hide, 250);
};
const showSoon = (link) => {
  clearTimeout(waiting);
  waiting = setTimeout(show, 150, link);
};

ready(() => {
  for (const link of document.querySelectorAll(".footnote-ref")) {
    // A finger follows the link.
    link.onpointerenter = ({ pointerType }) => pointerType === "mouse" && showSoon(link);
    link.onpointerleave = hideSoon;
    link.onfocus = () => link.matches(":focus-visible") && show(link);
    link.onblur = hideSoon;
  }
});
box.addEventListener("pointerenter", () => clearTimeout(waiting));
box.addEventListener("pointerleave", hideSoon);
addEventListener("keydown", ({ key }) => key === "Escape" && hide());
addEventListener("scroll", () => shown && hide(), { passive: true });
