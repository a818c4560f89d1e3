// The service worker of a site that readers can keep for reading offline. The line before this one says which version
// it keeps: `site.version`, `site.size` in bytes, and `site.manifest`, the list of files with their hashes and sizes.
const { scope } = registration;
const prefix = `wsgen-offline ${scope} `;
const name = prefix + site.version;
const at = (path) => new URL(`./${path}`, scope).href;
const atOnce = 4;

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(tidy().then(() => clients.claim())));
addEventListener("message", ({ data }) => data === "show" && skipWaiting());
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(scope)) event.respondWith(answer(request));
});

const earlier = async () => (await caches.keys()).filter((other) => other.startsWith(prefix) && other !== name);

// Fetches every file that no earlier version holds with the same hash. Goes on where an attempt before was cut off.
async function keep() {
  const cache = await caches.open(name);
  const list = await attempt(() => load(at(site.manifest)));
  const files = await list.clone().json();
  const old = await Promise.all((await earlier()).map(contents));
  const rest = files.slice();
  let done = 0;
  const work = async () => {
    for (let file = rest.shift(); file; file = rest.shift()) {
      const [path, hash, size] = file;
      const url = at(path);
      if (!(await cache.match(url))) {
        const same = old.find((version) => version.hashes.get(path) === hash);
        const known = await same?.cache.match(url);
        await (known ? cache.put(url, known) : attempt(async () => cache.put(url, await load(url))));
      }
      done += size;
      tell(Math.floor((done / site.size) * 100));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  await cache.put(at("offline-files"), list);
  await cache.put(at("offline.json"), Response.json(site));
  // Nobody reads an earlier version: there is nothing to wait for.
  if (!registration.active) await skipWaiting();
}

async function contents(version) {
  const cache = await caches.open(version);
  const files = (await (await cache.match(at("offline-files")))?.json()) ?? [];
  return { cache, hashes: new Map(files) };
}

// A response that was redirected cannot answer a navigation, so its content is put into a new one.
async function load(url) {
  const response = await fetch(url, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.redirected ? new Response(response.body, { headers: response.headers }) : response;
}

async function attempt(run, times = 3) {
  try {
    return await run();
  } catch (error) {
    if (times === 1) throw error;
    await new Promise((done) => setTimeout(done, 1000));
    return attempt(run, times - 1);
  }
}

async function tell(percent) {
  for (const client of await clients.matchAll({ includeUncontrolled: true })) client.postMessage({ percent });
}

async function tidy() {
  for (const version of await earlier()) await caches.delete(version);
}

// An empty page until the new version rules. It takes over when this one has nothing to do, so the page asks again only
// then; and after two seconds, in case that it has missed the moment.
const turning =
  '<!doctype html><meta http-equiv="refresh" content="2"><script>navigator.serviceWorker.oncontrollerchange = () => location.reload()</script>';

const find = (url) => caches.match(url, { cacheName: name });

// What is kept comes first, so that a page and its files are of one version and no reader waits for a network.
async function answer(request) {
  const isPage = request.mode === "navigate";
  // A new version takes over when the reader turns the page, unless other tabs still show this one.
  if (isPage && registration.waiting && (await clients.matchAll()).length < 2) {
    registration.waiting.postMessage("show");
    return new Response(turning, { headers: { "content-type": "text/html" } });
  }
  const url = new URL(request.url);
  url.search = url.hash = "";
  url.pathname = url.pathname.replace(/\/index\.html$/, "/");
  const kept = await find(url);
  if (kept) return part(kept, request.headers.get("range"));
  if (isPage && (await find(`${url}/`))) return Response.redirect(`${url}/`, 302);
  try {
    return await fetch(request);
  } catch (error) {
    const missing = isPage && (await find(at("404.html")));
    if (missing) return new Response(missing.body, { status: 404, headers: missing.headers });
    throw error;
  }
}

// Films are asked for piece by piece.
async function part(response, range) {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  if (!from && !to) return response;
  const blob = await response.blob();
  const start = from ? Number(from) : Math.max(0, blob.size - to);
  const end = from && to ? Math.min(to, blob.size - 1) : blob.size - 1;
  const headers = { "content-range": `bytes ${start}-${end}/${blob.size}`, "content-type": blob.type };
  return new Response(blob.slice(start, end + 1), { status: 206, headers });
}
