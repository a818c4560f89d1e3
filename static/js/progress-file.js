// The reader's progress, ticks and values as a file, from a file, and none at all.
import { keep, kept, ofSite } from "./site.js";

const isMap = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const isText = (value) => typeof value === "string";
// What there is, and how it looks when it is sound.
const parts = {
  progress: (value) => Array.isArray(value) && value.every(isText),
  tasks: (value) => isMap(value) && Object.values(value).every(Array.isArray),
  vars: (value) => isMap(value) && Object.values(value).every(isText),
};
const changed = () => document.dispatchEvent(new Event("wsgen:update"));

export function save() {
  const data = { wsgen: 1 };
  for (const name in parts) {
    try {
      data[name] = JSON.parse(kept(ofSite(name))) ?? undefined;
    } catch {}
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: "application/json" }));
  link.download = "progress.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

export function load({ badFile }) {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = ".json,application/json";
  input.addEventListener("change", async () => {
    let data;
    try {
      data = JSON.parse(await input.files[0].text());
    } catch {}
    const sound = Object.entries(parts).filter(([name, isSound]) => isSound(data?.[name]));
    if (data?.wsgen !== 1 || !sound.length) return alert(badFile);
    for (const [name] of sound) keep(ofSite(name), JSON.stringify(data[name]));
    changed();
  });
  input.click();
}

export function reset({ ask }) {
  if (!confirm(ask)) return;
  for (const name of ["progress", "tasks", "last"]) keep(ofSite(name), "");
  changed();
}
