// Hints and solutions of an exercise open one after the other: each waits until the one before it was opened.
import { ready, say } from "./site.js";

const { after, locked } = document.getElementById("exercise-texts").dataset;
const known = new WeakSet();

function free(fold) {
  if (!fold?.dataset.waiting) return;
  delete fold.dataset.waiting;
  fold.querySelector("summary > small").remove();
  fold.querySelector("summary").removeAttribute("aria-disabled");
}

function prepare(exercise) {
  if (known.has(exercise)) return;
  known.add(exercise);
  const folds = [...exercise.querySelectorAll("details:is(.hint, .solution)")].filter((fold) => fold.closest(".exercise") === exercise);
  folds.forEach((fold, i) => {
    const summary = fold.querySelector("summary");
    const before = folds[i - 1];
    const title = (one) => one.querySelector("summary").firstChild.textContent.trim();
    if (before && !before.open && !("seen" in before.dataset) && !fold.open) {
      const note = document.createElement("small");
      note.textContent = after.replace("{title}", title(before));
      summary.append(" ", note);
      summary.setAttribute("aria-disabled", "true");
      fold.dataset.waiting = "true";
    }
    // Printing, a link or the browser's search may open it all the same.
    summary.addEventListener("click", (event) => {
      if (fold.dataset.waiting === "true" && !fold.open) {
        // Who asks twice knows what she wants.
        fold.dataset.waiting = "asked";
        const text = locked.replace("{title}", title(fold));
        summary.querySelector("small").textContent = text;
        say(text);
        return event.preventDefault();
      }
      free(fold);
      free(folds[i + 1]);
    });
  });
}

ready(() => document.querySelectorAll(".exercise").forEach(prepare));
