// Draws mermaid diagrams when they come near the view. The library is loaded then, not before. Without it, or where
// a diagram has a mistake, the source stays readable.
import { ready } from "./store.js";

const { mermaid: url, error: errorText, label } = document.getElementById("diagram-texts").dataset;
const library = () => (library.promise ??= import(new URL(url, location.href)).then((module) => module.default));
const drawn = new Map();
let number = 0;

// Mermaid computes further colours from these and reads no oklch(), so the tokens are turned into #rrggbb.
function colour(token) {
  const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const style = getComputedStyle(document.body.appendChild(Object.assign(document.createElement("i"))));
  document.body.lastChild.style.color = `var(--${token})`;
  probe.fillStyle = style.color;
  document.body.lastChild.remove();
  probe.fillRect(0, 0, 1, 1);
  return "#" + [...probe.getImageData(0, 0, 1, 1).data.slice(0, 3)].map((part) => part.toString(16).padStart(2, "0")).join("");
}

const isDark = () => {
  const scheme = document.documentElement.dataset.scheme;
  return scheme ? scheme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};

function settings() {
  const tokens = ["page", "panel", "well", "line", "control", "text", "quiet", "accent", "tint"];
  const c = Object.fromEntries(tokens.map((token) => [token, colour(token)]));
  return {
    startOnLoad: false,
    securityLevel: "strict",
    theme: "base",
    fontFamily: getComputedStyle(document.body).fontFamily,
    look: "classic",
    flowchart: { useMaxWidth: true, htmlLabels: true, wrappingWidth: 220 },
    themeVariables: {
      darkMode: isDark(),
      background: c.page,
      mainBkg: c.panel,
      primaryColor: c.panel,
      primaryTextColor: c.text,
      primaryBorderColor: c.control,
      secondaryColor: c.well,
      secondaryTextColor: c.text,
      secondaryBorderColor: c.control,
      tertiaryColor: c.tint,
      tertiaryTextColor: c.text,
      tertiaryBorderColor: c.control,
      textColor: c.text,
      titleColor: c.text,
      lineColor: c.quiet,
      clusterBkg: c.panel,
      clusterBorder: c.line,
      edgeLabelBackground: c.page,
      noteBkgColor: c.tint,
      noteTextColor: c.text,
      noteBorderColor: c.control,
      actorBkg: c.panel,
      actorBorder: c.control,
      actorTextColor: c.text,
      fontSize: "15px",
      dropShadow: "none",
    },
  };
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

async function draw(source) {
  const mermaid = await library();
  const text = source.textContent.trim();
  const place = drawn.get(source)?.place ?? document.createElement("div");
  drawn.set(source, { text, place });
  mermaid.initialize(settings());
  try {
    const { svg } = await mermaid.render(`diagram-${++number}`, text);
    place.className = "diagram";
    place.innerHTML = `<div class="drawing">${svg}</div>`;
    const image = place.querySelector("svg");
    image.setAttribute("role", "img");
    if (!image.getAttribute("aria-labelledby")) image.ariaLabel ||= label;
    place.append(enlarge());
    if (!place.isConnected) source.before(place);
    source.hidden = true;
    // Small screens scroll sideways rather than shrink the text beyond reading.
    image.style.minInlineSize = `${0.7 * image.viewBox.baseVal.width}px`;
    legible(image);
    watch.observe(image.parentElement);
    rest();
  } catch (error) {
    document.getElementById(`ddiagram-${number}`)?.remove();
    place.className = "diagram-error";
    place.textContent = `${errorText}: ${error.message ?? error}`;
    if (!place.isConnected) source.before(place);
    source.hidden = false;
  }
}

function enlarge() {
  const button = document.createElement("button");
  const name = document.getElementById("site-texts").dataset.enlarge;
  Object.assign(button, { type: "button", className: "copy enlarge", ariaLabel: name, title: name });
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
const rest = () => (rest.asked ??= (window.requestIdleCallback ?? setTimeout)(() => sources.filter((source) => !drawn.has(source)).forEach(later)));

// One at a time: mermaid keeps its settings in one place.
let queue = Promise.resolve();
const later = (source) => (queue = queue.then(() => draw(source)).catch(() => {}));

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      later(target);
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
    if (drawn.has(source)) drawn.get(source).text === source.textContent.trim() || later(source);
    else if (all) later(source);
    else if (!before.includes(source)) near.observe(source);
  }
});

const redraw = () => {
  for (const source of drawn.keys()) later(source);
};
document.addEventListener("schemechange", redraw);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
addEventListener("beforeprint", () => sources.filter((source) => !drawn.has(source)).forEach(later));
