// Makes the content of a site from documents of Debian packages, so that the search can be tried in languages that no
// workshop at hand is written in.
//
//   node tests/search/pages.mjs FOLDER LANGUAGE FILE...
//
// HTML (debian-reference-de, -zh-cn, -zh-tw) becomes a page for each of its sections; a catalogue of messages
// (/usr/share/locale/th/LC_MESSAGES/*.mo) pages of 25 messages.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [folder, language, ...files] = process.argv.slice(2);
const pages = files.flatMap((file) => (file.endsWith(".mo") ? messages(readFileSync(file)) : sections(readFileSync(file, "utf8"))));
mkdirSync(join(folder, "content"), { recursive: true });
writeFileSync(join(folder, "hugo.toml"), `title = "Debian"\ndefaultContentLanguage = "${language}"\n[languages.${language}]\nlocale = "${language}"\n`);
writeFileSync(join(folder, "content/_index.md"), "---\ntitle: Debian\n---\n");
pages.slice(0, 60).forEach(({ title, text }, nth) => {
  writeFileSync(join(folder, `content/${nth}.md`), `---\ntitle: ${JSON.stringify(title)}\nweight: ${nth + 1}\n---\n${text}\n`);
});
console.log(`${Math.min(60, pages.length)} pages`);

function sections(html) {
  const plain = (html) => html.replace(/<[^>]*>/g, "").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&nbsp;/g, " ").replace(/&amp;/g, "&").replace(/\s+/g, " ").trim();
  const escaped = (text) => text.replace(/[\\`*_{}[\]<>#|$~:!]/g, "\\$&");
  return html.split(/(?=<h2[ >])/).slice(1).flatMap((section) => {
    const title = plain(section.match(/<h2.*?<\/h2>/s)?.[0] ?? "");
    const parts = section.replace(/<h2.*?<\/h2>/s, "").match(/<(h3|h4|p|pre)\b.*?<\/\1>/gs) ?? [];
    const text = parts.map((part) => {
      if (part.startsWith("<pre")) return "```\n" + plain(part).replaceAll("```", "") + "\n```";
      return (part.startsWith("<h") ? "## " : "") + escaped(plain(part));
    });
    return title && text.length > 3 ? [{ title, text: text.join("\n\n") }] : [];
  });
}

function messages(bytes) {
  const [count, at] = [bytes.readUInt32LE(8), bytes.readUInt32LE(16)];
  const all = Array.from({ length: count }, (_, nth) => {
    const [length, start] = [bytes.readUInt32LE(at + nth * 8), bytes.readUInt32LE(at + nth * 8 + 4)];
    return bytes.toString("utf8", start, start + length).replaceAll("\0", " ").replace(/[\\`*_{}[\]<>#|$~]/g, " ").replace(/\s+/g, " ").trim();
  });
  const pages = [];
  for (let from = 1; from < count; from += 25) pages.push({ title: all[from], text: all.slice(from + 1, from + 25).join("\n\n") });
  return pages;
}
