// Keeps a page of the preview up to date. This part runs while the page is being read, before any module has changed
// it, and remembers it as the server sent it.
{
  const script = document.currentScript;
  const sent = document.documentElement.cloneNode(true);
  const live = new WeakMap();
  const pair = (copy, node) => {
    live.set(copy, node);
    const nodes = node.childNodes;
    copy.childNodes.forEach((child, i) => pair(child, nodes[i]));
  };
  pair(sent, document.documentElement);
  sent.querySelector("script[data-wsgen]").remove();
  // By then the modules of the page have run.
  const ready = new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
  import(new URL("follow.js", script.src)).then(({ follow }) => follow(script, { sent, live, ready }));
}
