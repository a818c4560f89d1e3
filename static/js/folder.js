// Pages that were opened from a folder. Browsers load no modules there, and show the files of a folder where a server would
// send its page.
if (location.protocol === "file:") {
  const script = (src, more) => document.head.append(Object.assign(document.createElement("script"), { src, ...more }));

  // Each module of the theme has the same as a classic script beside it.
  for (const module of document.querySelectorAll("script[type=module][src]")) script(module.src.replace(/\.js$/, ".classic.js"), { async: false });

  for (const link of document.links) {
    if (link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
  }

  // The diagram library: scripts bring the texts of its modules, in pieces between which stand the modules that they import.
  const texts = new Map();
  const modules = new Map();
  let folder;

  window.wsgenText = (pieces) => texts.set(document.currentScript.src, pieces);

  function module(name) {
    if (!modules.has(name)) modules.set(name, made(new URL(name.replace(/\.js$/, ".text.js"), folder).href));
    return modules.get(name);
  }

  async function made(src) {
    await new Promise((done, failed) => script(src, { onload: done, onerror: () => failed(new Error(src)) }));
    const pieces = texts.get(src).map((piece, nth) => (nth % 2 ? module(piece) : piece));
    return URL.createObjectURL(new Blob(await Promise.all(pieces), { type: "text/javascript" }));
  }

  window.wsgenImport = async (name) => import(await module(name));

  /** Imports the module of the library at an address. */
  window.wsgenLibrary = (url) => {
    folder = new URL(".", url);
    return window.wsgenImport(`./${url.pathname.split("/").at(-1)}`);
  };
}
