// Hints and solutions of an exercise open one after the other: each waits until the one before it was opened.
import { ready } from "./store.js";

const { after } = document.getElementById("exercise-texts").dataset;
const known = new WeakSet();

function free(fold) {
  if (!fold?.dataset.waiting) return;
  delete fold.dataset.waiting;
  fold.querySelector("summary > small").remove();
}

function prepare(exercise) {
  if (known.has(exercise)) return;
  known.add(exercise);
  const folds = [...exercise.querySelectorAll("details:is(.hint, .solution)")].filter((fold) => fold.closest(".exercise") === exercise);
  folds.forEach((fold, i) => {
    const summary = fold.querySelector("summary");
    const before = folds[i - 1];
    if (before && !before.open && !fold.open) {
      const note = document.createElement("small");
      note.textContent = after.replace("{title}", before.querySelector("summary").firstChild.textContent.trim());
      summary.append(" ", note);
      fold.dataset.waiting = "true";
    }
    // Printing, a link or the browser's search may open it all the same.
    summary.addEventListener("click", (event) => {
      if (fold.dataset.waiting && !fold.open) return event.preventDefault();
      free(fold);
      free(folds[i + 1]);
    });
  });
}

ready(() => document.querySelectorAll(".exercise").forEach(prepare));
