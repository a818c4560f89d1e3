// A page stays open for hours, and its author goes on writing. When another text is there, the page says so, once, and
// leads to the same place in it.
import { keep, kept, ofSite } from "./site.js";

const texts = document.getElementById("site-texts").dataset;
const key = ofSite("place");
const version = (document) => document.querySelector(".page-body")?.dataset.version;
let told;

/** Asks whether there is another text than the one that is shown. A host that is away is no news. */
export async function ask() {
  try {
    const answer = await fetch(location.href, { cache: "no-cache" });
    if (!answer.ok) return;
    const there = version(new DOMParser().parseFromString(await answer.text(), "text/html"));
    if (there && there !== version(document) && there !== told) tell(there);
  } catch {}
}

function tell(there) {
  told = there;
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: texts.zoomCss }));
  document.querySelector(".changed")?.remove();
  const note = document.createElement("aside");
  note.className = "changed";
  note.setAttribute("role", "status");
  document.body.append(note);
  const button = (text, onclick) => Object.assign(document.createElement("button"), { type: "button", textContent: text, onclick });
  const renew = button(texts.renew, () => (keep(key, JSON.stringify(place()), "sessionStorage"), location.reload()));
  const close = button("×", () => note.remove());
  close.setAttribute("aria-label", texts.close);
  note.append(texts.changed, renew, close);
}

const named = () => [...document.querySelectorAll(".page-body [id]")].filter((element) => element.offsetParent);

// The last thing with a name above the middle of the window, and how far below its head the window begins.
function place() {
  const passed = named().filter((element) => element.getBoundingClientRect().top < innerHeight / 2);
  const last = passed.at(-1);
  return { path: location.pathname, id: last?.id, top: last?.getBoundingClientRect().top };
}

/** Leads to the place where the reader was before she asked for the new text. */
export function back() {
  const { path, id, top } = JSON.parse(kept(key, "sessionStorage"));
  keep(key, "", "sessionStorage");
  const element = path === location.pathname && id && document.getElementById(id);
  if (element) scrollBy(0, element.getBoundingClientRect().top - top);
}
