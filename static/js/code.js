// A copy button on every code block. From a terminal session only the commands are copied, without their prompt.
import { ready } from "./store.js";

const { copy, copied } = document.getElementById("code-texts").dataset;
const sign = '<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="M7 7V3.500h9.500V13H13M3.500 7H13v9.500H3.500z"/></svg>';
const tick = '<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="M4 10.500l4 4 8-9"/></svg>';

const spoken = document.body.appendChild(document.createElement("div"));
spoken.className = "spoken";
spoken.role = "status";

function text(block) {
  const code = block.querySelector("code").cloneNode(true);
  const prompts = [...code.querySelectorAll(".p")];
  if (prompts.length) return commands(code, prompts);
  return code.textContent.replace(/\n$/, "");
}

// The lines that begin with a prompt, without it.
function commands(code, prompts) {
  for (const prompt of prompts) prompt.textContent = "\u0001";
  const lines = code.textContent.split("\n").filter((line) => line.startsWith("\u0001"));
  return lines.map((line) => line.slice(1).trimStart()).join("\n");
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
    spoken.textContent = copied;
    setTimeout(() => {
      delete button.dataset.done;
      button.innerHTML = sign;
      spoken.textContent = "";
    }, 2000);
  });
  block.append(button);
}

ready(() => document.querySelectorAll(".highlight").forEach(offer));
