// Browsers load no modules in a page that was opened from a folder. Each has the same as a classic script beside it.
if (location.protocol === "file:") {
  for (const module of document.querySelectorAll("script[type=module][src]")) {
    document.head.append(Object.assign(document.createElement("script"), { src: module.src.replace(/\.js$/, ".classic.js"), async: false }));
  }
}
