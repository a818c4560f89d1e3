// A picture or diagram over the whole window: wheel, buttons and + - zoom, dragging and arrow keys move, Escape closes.
const icon = (path) => `<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="${path}"/></svg>`;

function button(name, path, action) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "tool";
  button.title = name;
  button.setAttribute("aria-label", name);
  button.innerHTML = icon(path);
  button.addEventListener("click", action);
  return button;
}

let styled;
const style = (href) =>
  new Promise((done) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: done, onerror: done });
    document.head.append(link);
  });

export async function zoom(source, texts) {
  await (styled ??= style(texts.zoomCss));
  const dialog = document.createElement("dialog");
  const frame = document.createElement("div");
  const tools = document.createElement("div");
  const view = source.cloneNode(true);
  const box = source.viewBox?.baseVal;
  const width = box?.width || source.naturalWidth;
  const height = box?.height || source.naturalHeight;
  for (const name of ["style", "class", "width", "height", "role", "tabindex", "loading"]) view.removeAttribute(name);
  dialog.className = "zoom";
  dialog.setAttribute("aria-label", source.getAttribute("alt") || source.getAttribute("aria-label") || texts.enlarge);
  frame.className = "zoom-frame";
  frame.tabIndex = 0;
  tools.className = "zoom-tools";

  let scale = Math.min((innerWidth * 0.94) / width, (innerHeight * 0.88) / height, box ? 3 : 1);
  const resize = (factor, x = frame.clientWidth / 2, y = frame.clientHeight / 2) => {
    const next = Math.min(Math.max(scale * factor, 0.1), 12);
    const [left, top] = [(frame.scrollLeft + x) * (next / scale), (frame.scrollTop + y) * (next / scale)];
    scale = next;
    view.style.cssText = `inline-size: ${width * scale}px; block-size: ${height * scale}px; max-inline-size: none`;
    frame.scrollTo(left - x, top - y);
  };
  frame.addEventListener("wheel", (event) => {
    event.preventDefault();
    resize(event.deltaY < 0 ? 1.15 : 1 / 1.15, event.clientX, event.clientY);
  }, { passive: false });
  frame.addEventListener("pointermove", (event) => {
    if (event.buttons === 1 && event.pointerType === "mouse") frame.scrollBy(-event.movementX, -event.movementY);
  });
  frame.addEventListener("dragstart", (event) => event.preventDefault());
  frame.addEventListener("click", (event) => event.target === frame && dialog.close());
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "+" || event.key === "=") resize(1.25);
    if (event.key === "-") resize(0.8);
  });
  dialog.addEventListener("close", () => dialog.remove());

  tools.append(
    button(texts.zoomOut, "M5 10h10", () => resize(0.8)),
    button(texts.zoomIn, "M5 10h10M10 5v10", () => resize(1.25)),
    button(texts.close, "M5 5l10 10M15 5L5 15", () => dialog.close()),
  );
  frame.append(view);
  dialog.append(frame, tools);
  document.body.append(dialog);
  dialog.showModal();
  resize(1);
}
