// The colours of diagrams: those of the page, for all kinds. Mermaid computes further colours from these and reads
// neither oklch() nor properties, so it gets #rrggbb, and the finished picture gets the properties back. So it follows
// the page on paper, where nothing can be drawn again.
const tokens = ["page", "panel", "well", "line", "control", "text", "quiet", "accent", "tint", "blue", "green", "violet", "amber", "red", "teal"];
const hues = ["blue", "green", "amber", "violet", "teal", "red"];
// How much of a hue areas have on which text stands.
const share = 30;

const context = () => document.createElement("canvas").getContext("2d", { willReadFrequently: true });

function rgb(expression) {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = expression;
  const paint = context();
  paint.fillStyle = getComputedStyle(probe).color;
  probe.remove();
  paint.fillRect(0, 0, 1, 1);
  return "#" + [...paint.getImageData(0, 0, 1, 1).data.slice(0, 3)].map((part) => part.toString(16).padStart(2, "0")).join("");
}

/** What Mermaid is to use, and what its colours are called on the page. */
export function palette() {
  const names = new Map();
  const colour = (expression) => {
    const hex = rgb(expression);
    if (!names.has(hex)) names.set(hex, expression);
    return hex;
  };
  const c = Object.fromEntries(tokens.map((token) => [token, colour(`var(--${token})`)]));
  const soft = Object.fromEntries(hues.map((hue) => [hue, colour(`color-mix(in srgb, var(--${hue}) ${share}%, var(--page))`)]));
  return { variables: { ...nodes(c), ...charts(c, soft), ...plans(c, soft), ...branches(c, soft) }, names };
}

/** A picture whose colours follow those of the page. */
export const named = (svg, names) => svg.replace(/#[0-9a-f]{6}\b/gi, (hex) => names.get(hex.toLowerCase()) ?? hex);

const nodes = (c) => ({
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
  signalColor: c.quiet,
  signalTextColor: c.text,
  sequenceNumberColor: c.page,
  fontSize: "16px",
  dropShadow: "none",
});

const charts = (c, soft) => ({
  ...Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`pie${i + 1}`, i < 6 ? soft[hues[i]] : c[hues[i - 6]]])),
  pieTitleTextColor: c.text,
  pieSectionTextColor: c.text,
  pieLegendTextColor: c.text,
  pieStrokeColor: c.page,
  pieOuterStrokeColor: c.line,
  pieOpacity: "1",
  xyChart: {
    backgroundColor: c.page,
    titleColor: c.text,
    ...Object.fromEntries(["x", "y"].flatMap((axis) => [
      [`${axis}AxisLabelColor`, c.text], [`${axis}AxisTitleColor`, c.text], [`${axis}AxisTickColor`, c.quiet], [`${axis}AxisLineColor`, c.quiet],
    ])),
    plotColorPalette: [soft.blue, c.amber, c.green, c.violet, c.teal, c.red].join(","),
  },
});

const plans = (c, soft) => ({
  sectionBkgColor: c.panel,
  sectionBkgColor2: c.panel,
  altSectionBkgColor: c.page,
  gridColor: c.line,
  taskBkgColor: c.tint,
  taskBorderColor: c.control,
  taskTextColor: c.text,
  taskTextOutsideColor: c.text,
  taskTextLightColor: c.text,
  taskTextDarkColor: c.text,
  taskTextClickableColor: c.accent,
  activeTaskBkgColor: soft.blue,
  activeTaskBorderColor: c.blue,
  doneTaskBkgColor: c.well,
  doneTaskBorderColor: c.control,
  critBkgColor: soft.red,
  critBorderColor: c.red,
  todayLineColor: c.red,
});

// Time lines and mind maps count their colours from 0 to 11, branches of a repository from 0 to 7.
const branches = (c, soft) => ({
  ...Object.fromEntries(Array.from({ length: 12 }, (_, i) => [
    [`cScale${i}`, soft[hues[i % 6]]], [`cScaleLabel${i}`, c.text], [`cScaleInv${i}`, c[hues[i % 6]]], [`cScalePeer${i}`, c[hues[i % 6]]],
  ]).flat()),
  ...Object.fromEntries(Array.from({ length: 8 }, (_, i) => [
    [`git${i}`, c[hues[i % 6]]], [`gitInv${i}`, c.page], [`gitBranchLabel${i}`, c.page],
  ]).flat()),
  commitLabelColor: c.text,
  commitLabelBackground: c.panel,
  tagLabelColor: c.text,
  tagLabelBackground: c.tint,
  tagLabelBorder: c.control,
});
