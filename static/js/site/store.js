// What the browser keeps, and when a module does its work.
//
// A module of the theme that works on the text of a page does so in a function that may run any number of times, and
// hands it to `ready`. It runs at once, and again whenever the text has changed: who replaces or morphs the article
// dispatches the event `wsgen:update` on the document afterwards. What was already prepared is left alone then.

// Where the site begins: modules lie in a folder at its root.
const base = new URL("..", import.meta.url).pathname;

// The key of something that belongs to this site and not to others at the same host.
export const ofSite = (name) => `wsgen-${name}:${base}`;

// Storage may be switched off or full; the page then forgets, and goes on.
export function keep(key, value, area = "localStorage") {
  try {
    value ? self[area].setItem(key, value) : self[area].removeItem(key);
  } catch {}
}

export function kept(key, area = "localStorage") {
  try {
    return self[area].getItem(key);
  } catch {
    return null;
  }
}

export function ready(init) {
  init();
  document.addEventListener("wsgen:update", init);
}
