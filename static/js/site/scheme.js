// The colour scheme: the switch, the choice of other tabs, and pictures that have a version for each scheme.
import { keep } from "./store.js";

const root = document.documentElement;
const key = "wsgen-scheme";
const schemes = ["", "light", "dark"];
const button = document.querySelector(".scheme");

function name() {
  const { label, auto, ...texts } = button.dataset;
  button.title = `${label}: ${texts[root.dataset.scheme] ?? auto}`;
  button.setAttribute("aria-label", button.title);
}

// Sources of <picture> ask for the system's scheme. A chosen one decides instead.
function pictures() {
  const { scheme } = root.dataset;
  for (const source of document.querySelectorAll("picture > source[media*=prefers-color-scheme], source[data-media]")) {
    const wanted = (source.dataset.media ??= source.media);
    source.media = scheme ? (wanted.includes(scheme) ? "all" : "not all") : wanted;
  }
}

function choose(scheme) {
  if (scheme) root.dataset.scheme = scheme;
  else delete root.dataset.scheme;
  if (button) name();
  pictures();
  document.dispatchEvent(new Event("schemechange"));
}

button?.addEventListener("click", () => {
  const next = schemes[(schemes.indexOf(root.dataset.scheme ?? "") + 1) % schemes.length];
  keep(key, next);
  choose(next);
});
addEventListener("storage", (event) => (event.key === key || event.key === null) && choose(event.newValue ?? ""));
if (button) name();
pictures();
