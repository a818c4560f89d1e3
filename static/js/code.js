// A copy button on every code block. What copies is loaded when a reader reaches for the button.
import { ready, say } from "./site.js";

const texts = document.getElementById("code-texts").dataset;
const icon = (path) => `<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="${path}"/></svg>`;
const sign = icon("M7 7V3.500h9.500V13H13M3.500 7H13v9.500H3.500z");
const tick = icon("M4 10.500l4 4 8-9");
const cross = icon("M5 5l10 10M15 5L5 15");
const tools = () => import("./copy.js");

async function press(button) {
  const { copy } = await tools();
  const done = await copy(button.parentElement);
  button.dataset.done = done ? "yes" : "no";
  button.innerHTML = done ? tick : cross;
  say(done ? texts.copied : texts.failed);
  clearTimeout(button.waiting);
  button.waiting = setTimeout(() => {
    delete button.dataset.done;
    button.innerHTML = sign;
  }, 2000);
}

function offer(block) {
  if (block.querySelector(":scope > .copy")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.title = texts.copy;
  button.setAttribute("aria-label", texts.copy);
  button.innerHTML = sign;
  button.addEventListener("click", () => press(button));
  for (const sign of ["pointerenter", "focus"]) button.addEventListener(sign, tools, { once: true });
  block.append(button);
}

// Indented code and authors' own <pre> get the frame that highlighted code has: in what scrolls, the button would scroll.
function frame(pre) {
  const block = document.createElement("div");
  block.className = "highlight";
  pre.replaceWith(block);
  block.append(pre);
}

ready(() => {
  for (const pre of document.querySelectorAll(".page-body pre:not(.mermaid)")) pre.closest(".highlight") ?? frame(pre);
  document.querySelectorAll(".highlight").forEach(offer);
});
