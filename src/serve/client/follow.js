// Listens to the server, and brings the page to the version that it has.
import { patch, Reload, succeed } from "./morph.js";
import { restore, save } from "./state.js";
import { panel } from "./panel.js";

const policy = (root) => root.querySelector("meta[http-equiv=Content-Security-Policy]")?.content;

export function follow(script, page) {
  const base = new URL("..", script.src);
  const navigate = "navigate" in script.dataset;
  let run = script.dataset.wsgen;
  let version = Number(script.dataset.version);
  let news, events, working;
  const show = panel();
  page.ready.then(restore);

  // A page that nobody sees asks for nothing: browsers have few connections to one server.
  const listen = () => {
    if (document.hidden) return hang();
    if (events && events.readyState !== EventSource.CLOSED) return;
    events = new EventSource(new URL("events", script.src));
    events.addEventListener("message", ({ data }) => {
      news = JSON.parse(data);
      show(news);
      working ??= catchUp().finally(() => (working = null));
    });
    // Browsers try again by themselves unless something else than a stream has answered.
    events.addEventListener("error", () => events?.readyState === EventSource.CLOSED && setTimeout(listen, 1000));
  };
  const hang = () => {
    events?.close();
    events = null;
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", hang);
  addEventListener("pageshow", listen);
  listen();

  async function catchUp() {
    while (news.run !== run || news.version !== version) {
      const target = news;
      if (target.run === run && goes(target)) return;
      try {
        files(target);
        await update();
      } catch (error) {
        // The server is away. When it is back it tells its state anew.
        if (!(error instanceof Reload)) return hang(), setTimeout(listen, 1000);
        save();
        location.reload();
        return new Promise(() => {});
      }
      ({ run, version } = target);
    }
  }

  async function update() {
    const reply = await fetch(location.href, { cache: "no-store" });
    if (reply.redirected || !reply.headers.get("content-type")?.startsWith("text/html")) throw new Reload();
    const next = new DOMParser().parseFromString(await reply.text(), "text/html").documentElement;
    const mark = next.querySelector("script[data-wsgen]");
    if (!mark) throw new Reload();
    // A template that fails gives a page that nobody means: the last good one stays.
    if ("faulty" in mark.dataset) return;
    mark.remove();
    // What a page may load is settled when it is loaded.
    if (policy(next) !== policy(document)) throw new Reload();
    patch(page, next);
    // The theme prepares what is new.
    document.dispatchEvent(new Event("wsgen:update"));
  }

  // Whether the browser leaves for the page that was edited.
  function goes({ edited: [address, when] = [] }) {
    if (!navigate || !(when > version) || document.hidden) return false;
    const url = new URL(address, location.href);
    if (url.pathname === location.pathname) return false;
    location.assign(url);
    return true;
  }

  // Files that pages only refer to: pictures, films, stylesheets.
  function files({ files }) {
    for (const [path, when] of Object.entries(files)) {
      if (when <= version) continue;
      const changed = new URL(path.split("/").map(encodeURIComponent).join("/"), base);
      for (const element of document.querySelectorAll("[src], link[href]")) {
        const name = element.src === undefined ? "href" : "src";
        const url = new URL(element[name], location.href);
        if (url.origin !== changed.origin || url.pathname !== changed.pathname) continue;
        if (element.localName === "script") throw new Reload();
        url.searchParams.set("wsgen", when);
        if (element.rel === "stylesheet") succeed(element, Object.assign(element.cloneNode(), { href: url }));
        else element[name] = url;
      }
    }
  }
}
