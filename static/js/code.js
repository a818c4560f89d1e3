// A copy button on every code block. From a terminal session only the commands are copied, without their prompt.
import { say } from "./say.js";
import { ready } from "./store.js";

const { copy, copied } = document.getElementById("code-texts").dataset;
const sign = '<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="M7 7V3.500h9.500V13H13M3.500 7H13v9.500H3.500z"/></svg>';
const tick = '<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="M4 10.500l4 4 8-9"/></svg>';

// What the button copies: all of it, or the commands of a terminal session without prompts and output.
function text(block) {
  const code = block.querySelector("code").cloneNode(true);
  return code.querySelector(".p") ? commands(code) : code.textContent.replace(/\n$/, "");
}

// Lines that begin with a prompt, and those that continue them. Empty lines count where such a line follows.
function commands(code) {
  const signs = { p: "\u0001", o: "\u0002" };
  for (const span of code.querySelectorAll(".p, .o")) span.textContent = span.textContent.replace(/.+/g, signs[span.className]);
  const lines = [];
  let empty = [];
  for (const line of code.textContent.split("\n")) {
    if (!line.trim()) empty.push(line);
    else if (!line.includes(signs.o)) lines.push(...(line.includes(signs.p) ? [] : empty), line.replace(/^\s*\u0001 ?/, ""));
    if (line.trim()) empty = [];
  }
  return lines.join("\n").trimEnd();
}

function offer(block) {
  if (block.querySelector(":scope > .copy")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.ariaLabel = button.title = copy;
  button.innerHTML = sign;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text(block));
    button.dataset.done = "";
    button.innerHTML = tick;
    say(copied);
    setTimeout(() => {
      delete button.dataset.done;
      button.innerHTML = sign;
    }, 2000);
  });
  block.append(button);
}

ready(() => document.querySelectorAll(".highlight").forEach(offer));
