// Draws mermaid diagrams when they come near the view. The library is loaded then, not before. Without it, or where
// a diagram has a mistake, the source stays readable, or the picture that was drawn while building stays.
import { named, palette } from "./diagram/colours.js";
import { ready } from "./site.js";

const { mermaid: url, modules = "", error: errorText, label } = document.getElementById("diagram-texts").dataset;
const library = () => (library.promise ??= load());
const drawn = new Map();
let number = 0;

// All modules at once. By itself the browser finds out about one when it has another.
async function load() {
  const address = new URL(url, location.href);
  // In a page that was opened from a folder, folder.js loads it.
  if (self.wsgenLibrary) return (await self.wsgenLibrary(address)).default;
  for (const href of modules.split(" ").filter(Boolean)) {
    document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href }));
  }
  return (await import(address)).default;
}

const isDark = () => {
  const scheme = document.documentElement.dataset.scheme;
  return scheme ? scheme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};

const common = () => ({
  startOnLoad: false,
  securityLevel: "strict",
  fontFamily: getComputedStyle(document.body).fontFamily,
  look: "classic",
  // Mermaid's own choice, ELK, is larger than everything else together. Diagrams that name it get it.
  layout: "dagre",
  flowchart: { useMaxWidth: true, htmlLabels: true, wrappingWidth: 160, nodeSpacing: 36, rankSpacing: 44, padding: 12 },
  // By itself a plan is as wide as the window.
  gantt: { useWidth: Math.max(480, document.querySelector(".page-body").clientWidth), fontSize: 14, sectionFontSize: 14, barHeight: 26, leftPadding: 110 },
});

// The theme that an author has chosen for a diagram; "default" for one of which only colours are said. It is obeyed
// whole, on a ground that it was made for.
function ownTheme(text) {
  const settings = [/^---\s*\n([\s\S]*?)\n---/.exec(text)?.[1], ...Array.from(text.matchAll(/%%\{([\s\S]*?)\}%%/g), ([, init]) => init)].join("\n");
  const [, theme] = /["']?theme["']?\s*:\s*["']?(\w+)/.exec(settings) ?? [];
  return theme ?? (/themeVariables/.test(settings) ? "default" : "");
}

// An author's own fill is made for a light page. In the dark its text gets the contrast that the fill asks for.
function legible(svg) {
  for (const shape of svg.querySelectorAll("[style*='fill']")) {
    const fill = shape.style.fill;
    const group = shape.closest(".node, .cluster, .actor");
    if (!fill || !group) continue;
    const [r, g, b] = getComputedStyle(shape).fill.match(/[\d.]+/g)?.map(Number) ?? [];
    if (b === undefined || shape.tagName === "text" || shape.tagName === "tspan") continue;
    const ink = r * 0.299 + g * 0.587 + b * 0.114 > 140 ? "#1b1f24" : "#f5f7fa";
    for (const text of group.querySelectorAll(".label, .label *, .nodeLabel, text, tspan")) {
      if (text.style.color && text.dataset.ink === undefined) continue;
      text.dataset.ink = "";
      text.style.setProperty("color", ink, "important");
      if (text.tagName === "text" || text.tagName === "tspan") text.style.setProperty("fill", ink, "important");
    }
  }
}

/** The picture that the page came with. */
const pictureOf = (source) => source.closest(".diagram.drawn");

// A picture is good enough where the library would cost too much or has no time: on paper, from a folder, on a slow line.
function isEnough(source) {
  if (!pictureOf(source)) return false;
  const { saveData = false, effectiveType = "" } = navigator.connection ?? {};
  return all || location.protocol === "file:" || saveData || /2g|3g/.test(effectiveType);
}

async function draw(source) {
  const mermaid = await library();
  const text = source.textContent.trim();
  const picture = pictureOf(source);
  const place = picture ?? drawn.get(source)?.place ?? document.createElement("div");
  drawn.set(source, { text, place });
  const own = ownTheme(text);
  const { variables, names } = palette();
  mermaid.initialize(own ? common() : { ...common(), theme: "base", themeVariables: { ...variables, darkMode: isDark() } });
  try {
    const { svg } = await mermaid.render(`diagram-${++number}`, text);
    const classes = ["diagram", picture && "drawn", own && "own", own === "dark" && "own-dark"];
    place.className = classes.filter(Boolean).join(" ");
    if (!picture) place.innerHTML = '<div class="drawing"></div>';
    const frame = place.querySelector(".drawing");
    const name = frame.querySelector("svg > title")?.textContent;
    frame.innerHTML = own ? svg : named(svg, names);
    const image = frame.querySelector("svg");
    drawn.get(source).image = image;
    image.setAttribute("role", "img");
    if (!image.getAttribute("aria-labelledby")) image.setAttribute("aria-label", name || nameOf(source));
    if (!picture) place.append(enlarge());
    if (!place.isConnected) source.before(place);
    source.hidden = true;
    image.style.setProperty("--natural", `${image.viewBox.baseVal.width}px`);
    if (!own) legible(image);
    watch.observe(image.parentElement);
    rest();
  } catch (error) {
    document.getElementById(`ddiagram-${number}`)?.remove();
    if (picture) return;
    place.className = "diagram-error";
    place.textContent = `${errorText}: ${error.message ?? error}`;
    if (!place.isConnected) source.before(place);
    source.hidden = false;
  }
}

// A picture is named by its caption, else by the heading that it stands below.
function nameOf(source) {
  const next = source.nextElementSibling;
  const caption = source.closest("figure")?.querySelector("figcaption") ?? (next?.matches("p[align=center], figcaption") ? next : undefined);
  if (caption?.textContent.trim()) return caption.textContent.trim();
  const headings = [...document.querySelectorAll(".page-body :is(h1, h2, h3, h4), h1")];
  const above = headings.filter((heading) => heading.compareDocumentPosition(source) & Node.DOCUMENT_POSITION_FOLLOWING).at(-1);
  const words = above && [...above.childNodes].filter((node) => !node.classList?.contains("heading-anchor")).map((node) => node.textContent).join("").trim();
  return words ? `${label}: ${words}` : label;
}

function enlarge() {
  const button = document.createElement("button");
  const name = document.getElementById("site-texts").dataset.enlarge;
  Object.assign(button, { type: "button", className: "copy enlarge", title: name });
  button.setAttribute("aria-label", name);
  button.innerHTML = '<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="M11.500 3.500h5v5M8.500 16.500h-5v-5M16.500 3.500l-5 5M3.500 16.500l5-5"/></svg>';
  return button;
}

// What scrolls can be reached by keyboard.
const watch = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const fits = target.scrollWidth <= target.clientWidth;
    if (fits) target.removeAttribute("tabindex");
    else target.tabIndex = 0;
    target.classList.toggle("fits", fits);
  }
});

// With the library in hand the others are drawn when there is time, those in folded blocks too: who prints wants them all.
const rest = () => (rest.asked ??= (window.requestIdleCallback ?? setTimeout)(() => sources.filter((source) => !drawn.has(source) && !isEnough(source)).forEach(later)));

// One at a time: mermaid keeps its settings in one place.
let queue = Promise.resolve();
const later = (source) => (queue = queue.then(() => draw(source)).catch(() => {}));

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      later(target.matches("pre") ? target : target.querySelector("pre.mermaid"));
    }
  },
  { rootMargin: "600px" },
);
let sources = [];
const all = document.body.classList.contains("print");
ready(() => {
  for (const [source, { place }] of drawn) {
    if (source.isConnected) continue;
    place.remove();
    drawn.delete(source);
  }
  const before = sources;
  sources = [...document.querySelectorAll("pre.mermaid")];
  for (const source of sources) {
    const picture = pictureOf(source);
    if (picture && !picture.querySelector(".enlarge")) {
      picture.append(enlarge());
      watch.observe(picture.querySelector(".drawing"));
    }
    if (isEnough(source)) continue;
    const done = drawn.get(source);
    // A new version of the page brings its own picture.
    const replaced = picture && done?.image && !done.image.isConnected;
    if (done) (done.text === source.textContent.trim() && !replaced) || later(source);
    else if (all) later(source);
    else if (!before.includes(source)) near.observe(picture ?? source);
  }
});

const redraw = () => {
  for (const source of drawn.keys()) later(source);
};
document.addEventListener("schemechange", redraw);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
addEventListener("beforeprint", () => sources.filter((source) => !drawn.has(source) && !pictureOf(source)).forEach(later));
