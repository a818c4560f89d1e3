// Bundles JavaScript with rolldown. The build script starts it, with what it is to do and the folder in which the
// packages are installed:
//
//   node bundle.mjs library NPM OUT   mermaid, as few modules that a diagram of one kind loads at once
//   node bundle.mjs theme NPM IN OUT  the theme's modules, each with its parts, without what browsers do not need
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [task, npm, ...folders] = process.argv.slice(2);
const packages = join(npm, "node_modules");
const { rolldown } = await import(pathToFileURL(join(packages, "rolldown/dist/index.mjs")));

const format = { format: "esm", minify: true, comments: { legal: false } };

async function library(out) {
  const input = { library: join(packages, "mermaid/dist/mermaid.core.mjs") };
  const bundled = async (groups) => {
    const bundle = await rolldown({ input, logLevel: "warn", preserveEntrySignatures: "allow-extension" });
    const names = { entryFileNames: "[name]-[hash].js", chunkFileNames: "[name]-[hash].js" };
    return (await bundle.generate({ ...format, ...names, codeSplitting: groups && { groups } })).output;
  };
  // By itself the bundler makes a module of everything that two kinds of diagrams share. So what belongs together is
  // read from a first run: what all diagrams need, what those with nodes and edges share, and what is left of a flowchart.
  const chunks = new Map((await bundled()).map((chunk) => [chunk.fileName, chunk]));
  const reached = (name, found = new Set()) => {
    if (!chunks.has(name) || found.has(name)) return found;
    found.add(name);
    for (const next of chunks.get(name).imports) reached(next, found);
    return found;
  };
  const of = (stem) => {
    const name = [...chunks.keys()].find((name) => name.startsWith(`${stem}-`));
    if (!name) throw new Error(`mermaid has no module ${stem}`);
    return reached(name);
  };
  const kinds = ["flowDiagram", "classDiagram-v2", "stateDiagram-v2", "erDiagram"].map(of);
  const shared = kinds.flatMap((kind, at) => [...kind].filter((name) => kinds.some((other, i) => i !== at && other.has(name))));
  const groups = [["library", of("library")], ["dagre", [...of("dagre"), ...of("sizeCapture"), ...shared]], ["flowDiagram", kinds[0]]];
  const modules = await bundled(
    groups.map(([name, chunksOfGroup], at) => {
      const ids = new Set([...chunksOfGroup].flatMap((chunk) => chunks.get(chunk).moduleIds));
      return { name, test: (id) => ids.has(id), priority: groups.length - at };
    }),
  );
  write(out, modules);
}

// Neighbours stay modules of their own, because browsers load most of them when they are needed. What lies in a folder
// of its own is part of the module that imports it.
async function theme(from, out) {
  const names = readdirSync(from).filter((name) => name.endsWith(".js"));
  const neighbours = new Set(names.map((name) => resolve(from, name)));
  const resolveId = (id, importer) => {
    const path = importer && resolve(dirname(importer), id);
    return neighbours.has(path) ? { id: `./${basename(path)}`, external: true } : undefined;
  };
  for (const name of names) {
    const bundle = await rolldown({ input: resolve(from, name), logLevel: "warn", plugins: [{ name: "neighbours", resolveId }] });
    write(out, (await bundle.generate({ ...format, entryFileNames: "[name].js", codeSplitting: false })).output);
  }
}

function write(folder, modules) {
  mkdirSync(folder, { recursive: true });
  for (const { fileName, code } of modules) writeFileSync(join(folder, fileName), code);
}

await { library, theme }[task](...folders);
