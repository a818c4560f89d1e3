// Keeps the whole site for reading offline, says how large that is and what became of it, and forgets it again. What
// does the work is the service worker, see worker.js.
import { say } from "./site.js";

const places = [...document.querySelectorAll(".offline")];
const texts = document.getElementById("offline-texts").dataset;
const worker = new URL(texts.worker, location.href);
const scope = new URL(".", worker).href;
const workers = navigator.serviceWorker;

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const readable = (bytes) => {
  const [unit, part, maximumFractionDigits] = bytes < 1e6 ? ["kilobyte", 1e3, 0] : ["megabyte", 1e6, 1];
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, maximumFractionDigits }).format(bytes / part);
};

// A text, and what can be done: pairs of a label and a function. Who has pressed a button finds the next one under it.
function show(text, ...actions) {
  for (const place of places) {
    const had = place.contains(document.activeElement);
    const line = Object.assign(document.createElement("span"), { textContent: text });
    const buttons = actions.map(([textContent, onclick]) => Object.assign(document.createElement("button"), { type: "button", textContent, onclick }));
    place.replaceChildren(...(text ? [line] : []), ...buttons);
    place.hidden = false;
    if (had) buttons[0]?.focus();
  }
}

function showPercent(n) {
  for (const place of places) {
    const button = place.querySelector("button");
    button.textContent = fill(texts.keeping, { n });
    button.setAttribute("aria-disabled", "true");
    button.onclick = null;
  }
}

const registered = async () => {
  const found = await workers.getRegistration(scope);
  return found?.scope === scope ? found : undefined;
};

async function offer() {
  const { size } = await (await fetch(new URL("offline.json", worker), { cache: "no-cache" })).json();
  show("", [fill(texts.keep, { size: readable(size) }), keep]);
}

async function keep() {
  const progress = ({ data }) => "percent" in data && showPercent(data.percent);
  workers.addEventListener("message", progress);
  showPercent(0);
  try {
    const registration = await workers.register(worker, { scope, updateViaCache: "none" });
    await active(registration);
    // The browser may clear away what nobody asked it to keep.
    // Firefox asks the reader, and answers when she has.
    void navigator.storage?.persist?.().catch(() => {});
    await kept(registration);
    say(places[0].firstChild.textContent);
  } catch {
    show("", [texts.failed, keep]);
    say(texts.failed);
  } finally {
    workers.removeEventListener("message", progress);
  }
}

const active = (registration) =>
  new Promise((done, failed) => {
    const { installing } = registration;
    if (!installing) return done();
    installing.addEventListener("statechange", () => {
      if (installing.state === "activated") done();
      if (installing.state === "redundant") failed();
    });
  });

async function forget() {
  await (await registered())?.unregister();
  for (const name of await caches.keys()) if (name.startsWith(`wsgen-offline ${scope} `)) await caches.delete(name);
}

// A new version is fetched by the browser in the background.
async function kept(registration) {
  const { size } = await (await fetch(new URL("offline.json", worker))).json();
  const renew = () => {
    workers.addEventListener("controllerchange", () => location.reload(), { once: true });
    registration.waiting.postMessage("show");
  };
  const tell = () =>
    show(fill(texts.kept, { size: readable(size) }), ...(registration.waiting ? [[texts.renew, renew]] : []), [texts.remove, () => forget().then(offer)]);
  const follow = () => registration.installing?.addEventListener("statechange", tell);
  registration.addEventListener("updatefound", follow);
  follow();
  tell();
  registration.update().catch(gone).catch(() => {});
}

// A site that is not kept any longer must not be read from what was kept. One that is away is.
async function gone() {
  const { status } = await fetch(worker, { method: "HEAD", cache: "no-store" });
  if (status !== 404 && status !== 410) return;
  await forget();
  location.reload();
}

if (places.length && workers && isSecureContext) {
  try {
    const registration = await registered();
    await (registration?.active ? kept(registration) : offer());
  } catch {
    // The host is away, and nothing is kept.
  }
}
