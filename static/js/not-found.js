// The page for addresses at which there is nothing: pages with addresses like it, and its words for the search.
const parts = (path) => decodeURIComponent(path).toLowerCase().replace(/(?:index)?\.html?$/, "").split("/").filter(Boolean);
const pairs = (text) => Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2));

// Share of the pairs of letters that two texts have in common, from 0 to 1.
function alike(one, other) {
  if (one === other) return 1;
  const [first, rest] = [pairs(one), pairs(other)];
  const total = first.length + rest.length;
  const common = first.filter((pair) => {
    const at = rest.indexOf(pair);
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  }).length;
  return total ? (2 * common) / total : 0;
}

const wanted = parts(location.pathname);
const last = wanted.at(-1) ?? "";
// A page that has moved keeps its name more often than its folder.
const score = ({ pathname }) => {
  const there = parts(pathname);
  return Math.max(alike(last, there.at(-1) ?? ""), 0.9 * alike(wanted.join("/"), there.join("/")));
};
const links = [...new Map([...document.querySelectorAll(".tree a[href]")].map((link) => [link.pathname, link])).values()];
const near = links.map((link) => [score(link), link]).filter(([score]) => score > 0.5).sort(([a], [b]) => b - a).slice(0, 3);

const list = document.querySelector(".nearest");
for (const [, { href, textContent }] of near) {
  const item = document.createElement("li");
  item.append(Object.assign(document.createElement("a"), { href, textContent }));
  list.querySelector("ul").append(item);
}
list.hidden = !near.length;

const words = last.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => /\p{L}/u.test(word)).join(" ");
document.querySelector("[data-query]")?.setAttribute("data-query", words);
