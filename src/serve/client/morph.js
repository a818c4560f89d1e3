// Changes a page into its next version.
//
// Compared are the page as the server sent it and as it sends it now; what differs is done to the page on the screen.
// So whatever scripts and readers have done to it stays: chosen tabs, open folds, copy buttons, focus. Libraries that
// compare the screen with the new page would undo all of that.

/** The page has to be loaded anew. */
export class Reload extends Error {}

const isElement = (node) => node.nodeType === Node.ELEMENT_NODE;
const isSheet = (node) => node.localName === "link" && node.rel === "stylesheet";

// What scripts of the theme prepare once, when a page is loaded: new ones of these need the page to be loaded again.
const PREPARED = "script, input, button";

// The library draws in the place of these pictures, so that their parts are not on the screen.
const DRAWN = ".diagram.drawn";

// Tabs are built from these.
const titles = (tabs) => [...tabs.querySelectorAll(":scope > .tab > .tab-title")].map((title) => title.textContent);

// Above this many comparisons, nodes between the first and the last change are paired in order.
const MOST = 4e6;

/**
 * Makes the page like `next`. `page.sent` is the page as it was sent last, `page.live` the node on the screen for each
 * of its nodes; both are kept up to date.
 */
export function patch(page, next) {
  // Set by the theme before the first paint.
  for (const name of ["class", "data-scheme"]) {
    const value = page.sent.getAttribute(name);
    if (value !== null && !next.hasAttribute(name)) next.setAttribute(name, value);
  }
  element(page, page.sent, next);
}

function element(page, was, now) {
  if (was.isEqualNode(now)) return;
  if (was.localName === "script") throw new Reload();
  if (was.matches(".tabs") && titles(was).join("\n") !== titles(now).join("\n")) throw new Reload();
  attributes(page, was, now);
  children(page, was, now);
}

function attributes({ live }, was, now) {
  const target = live.get(was);
  for (const { name } of [...was.attributes]) {
    if (now.hasAttribute(name)) continue;
    was.removeAttribute(name);
    target.removeAttribute(name);
  }
  for (const { name, value } of now.attributes) {
    if (was.getAttribute(name) === value) continue;
    was.setAttribute(name, value);
    target.setAttribute(name, value);
  }
}

function children(page, was, now) {
  const old = [...was.childNodes];
  const fresh = [...now.childNodes];
  let after = null;
  for (const [from, to] of align(old, fresh)) {
    if (from && to) after = change(page, from, to);
    else if (to) after = insert(page, was, after, to);
    else remove(page, from);
  }
}

/** Pairs of old and new children in their order; one of a pair is missing where there is nothing to pair it with. */
function align(old, fresh) {
  const pairs = [];
  let [i, j] = [0, 0];
  for (const [a, b] of [...common(old, fresh), [old.length, fresh.length]]) {
    // Between two nodes that stayed: those of one kind are paired in order.
    for (; j < b; j++) {
      const match = old.slice(i, a).findIndex((node) => alike(node, fresh[j]));
      if (match < 0) {
        pairs.push([null, fresh[j]]);
        continue;
      }
      for (const end = i + match; i < end; i++) pairs.push([old[i], null]);
      pairs.push([old[i++], fresh[j]]);
    }
    for (; i < a; i++) pairs.push([old[i], null]);
    if (a < old.length) pairs.push([old[i++], fresh[j++]]);
  }
  return pairs;
}

const alike = (a, b) => a.nodeName === b.nodeName && (!isElement(a) || (a.id === b.id && a.classList[0] === b.classList[0]));

/** Places of equal nodes: the longest common subsequence. */
function common(old, fresh) {
  const [a, b] = [old, fresh].map((nodes) => nodes.map((node) => (isElement(node) ? node.outerHTML : node.nodeName + node.nodeValue)));
  let [start, end] = [0, 0];
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const pairs = Array.from({ length: start }, (_, i) => [i, i]);
  const [n, m] = [a.length - end, b.length - end];
  const width = m + 1;
  if ((n - start) * (m - start) > MOST) return [...pairs, ...tail(n, m, end)];
  const best = new Uint32Array((n + 1) * width);
  for (let i = n - 1; i >= start; i--) {
    for (let j = m - 1; j >= start; j--) {
      best[i * width + j] =
        a[i] === b[j] ? best[(i + 1) * width + j + 1] + 1 : Math.max(best[(i + 1) * width + j], best[i * width + j + 1]);
    }
  }
  for (let i = start, j = start; i < n && j < m; ) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (best[(i + 1) * width + j] >= best[i * width + j + 1]) i++;
    else j++;
  }
  return [...pairs, ...tail(n, m, end)];
}

const tail = (n, m, count) => Array.from({ length: count }, (_, i) => [n + i, m + i]);

function change(page, was, now) {
  const target = page.live.get(was);
  if (was.isEqualNode(now)) return was;
  if (!target?.isConnected) throw new Reload();
  if (isElement(was)) {
    if (isSheet(was) && isSheet(now)) return sheet(page, was, now);
    if (was.matches(DRAWN)) return exchange(page, was, now);
    element(page, was, now);
  } else {
    was.nodeValue = now.nodeValue;
    target.nodeValue = now.nodeValue;
  }
  return was;
}

/** Puts the next version in the place of the last one, with all that is in it. */
function exchange(page, was, now) {
  const next = document.importNode(now, true);
  page.live.get(was).replaceWith(next);
  was.replaceWith(now);
  pair(page.live, now, next);
  return now;
}

function sheet(page, was, now) {
  const next = document.importNode(now);
  succeed(page.live.get(was), next);
  was.replaceWith(now);
  page.live.set(now, next);
  return now;
}

/** A stylesheet stays until its successor is there, so that the page is never bare. */
export function succeed(old, next) {
  for (const event of ["load", "error"]) next.addEventListener(event, () => old.remove());
  old.after(next);
}

function insert(page, parent, after, node) {
  if (isElement(node) && (node.matches(PREPARED) || node.querySelector(PREPARED))) throw new Reload();
  const target = page.live.get(parent);
  const before = after && page.live.get(after);
  const copy = node.cloneNode(true);
  const shown = document.importNode(node, true);
  if (before ? before.parentNode !== target : !target.isConnected) throw new Reload();
  if (before) before.after(shown);
  else target.prepend(shown);
  if (after) after.after(copy);
  else parent.prepend(copy);
  pair(page.live, copy, shown);
  return copy;
}

function pair(live, copy, node) {
  live.set(copy, node);
  copy.childNodes.forEach((child, i) => pair(live, child, node.childNodes[i]));
}

function remove(page, was) {
  const target = page.live.get(was);
  if (!target?.isConnected) throw new Reload();
  target.remove();
  was.remove();
}
