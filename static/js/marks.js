// What a search has found is marked on the page that it has led to, until Escape. What hides the first place is opened.
import { placesOf } from "./search-index.js";
import { keep, kept } from "./site.js";

const blocks = "p, li, td, th, dt, dd, pre, summary, figcaption, h1, h2, h3, h4, h5, h6";

// The text of the page with the nodes that it is made of; blocks are apart.
function textOf(root) {
  const nodes = [];
  let text = "", block;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    const own = node.parentElement.closest(blocks);
    if (own !== block) text += "\n";
    block = own;
    nodes.push([text.length, node]);
    text += node.data;
  }
  return { nodes, text };
}

function open(node) {
  for (let element = node.parentElement; element; element = element.parentElement) {
    if (element.matches("details")) element.open = true;
    if (element.matches("[role=tabpanel][hidden]")) document.getElementById(`${element.id}-button`)?.click();
  }
}

export function mark() {
  const found = JSON.parse(kept("wsgen-found", "sessionStorage") ?? "null");
  const root = document.querySelector(".page-body");
  if (!root || found?.url !== location.href.split("#")[0] || !self.Highlight) return keep("wsgen-found", "", "sessionStorage");
  const { nodes, text } = textOf(root);
  const point = (place, start) => {
    const [from, node] = nodes.findLast(([from]) => (start ? from <= place : from < place));
    return [node, Math.min(place - from, node.length)];
  };
  const ranges = placesOf(text, found.words).map(([from, to]) => {
    const range = new Range();
    range.setStart(...point(from, true));
    range.setEnd(...point(to, false));
    return range;
  });
  CSS.highlights.set("found", new Highlight(...ranges));
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const first = ranges.find((range) => !target || target.compareDocumentPosition(range.startContainer) & 20);
  if (first) open(first.startContainer);
  addEventListener("keydown", ({ key }) => key === "Escape" && (CSS.highlights.delete("found"), keep("wsgen-found", "", "sessionStorage")), { once: false });
}
