#!/usr/bin/env python3
"""Cuts pages that wsgen and Hugo render differently down to the few lines that make the difference, and prints both results.

smallest.py [--wsgen BIN] [--hugo BIN] [--most PAGES] SITE
    spliced_pages.py 7 500 /tmp/spliced ~/workshops && smallest.py --wsgen target/debug/wsgen /tmp/spliced

SITE has its pages directly in `content/`, as the sites of random_pages.py and spliced_pages.py have. All pages that are
still being cut are built as one site, so that a round takes two builds, however many pages there are.
"""
import argparse
import shutil
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
import compare

HEADER = "---\ntitle: P\n---\n"
WIDEST = 500


class Builder:
    """Builds pages with both programs."""

    def __init__(self, settings, wsgen, hugo, work):
        self.settings, self.wsgen, self.hugo, self.work = settings, wsgen, hugo, work

    def build(self, texts):
        """Builds `texts`, by name, and gives the facets by name in which they differ."""
        for name in ("site", "neutral", "hugo", "wsgen"):
            shutil.rmtree(self.work / name, ignore_errors=True)
        site = self.work / "site"
        (site / "content").mkdir(parents=True)
        (site / "hugo.toml").write_text(self.settings)
        for name, lines in texts.items():
            (site / "content" / f"{name}.md").write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
        compare.neutral_copy(site, self.work / "neutral")
        compare.run_hugo(self.hugo, self.work / "neutral", self.work / "hugo", self.work / "cache")
        compare.run_wsgen(self.wsgen, site, self.work / "wsgen")
        different = {}
        for facet, url, *_ in compare.Comparison(self.work / "hugo", self.work / "wsgen").differences:
            different.setdefault(url.strip("/"), set()).add(facet)
        return different

    def result(self, program, name):
        """What `program` made of a page."""
        text = (self.work / program / name / "index.html").read_text("utf-8")
        start = text.index('page-body">') + len('page-body">')
        return text[start : text.rindex("</article>")].strip()[:WIDEST]


def without(lines, size):
    """The lines without each run of `size` of them."""
    return [lines[:start] + lines[start + size :] for start in range(0, len(lines), size)]


def cut(builder, pages):
    """Takes lines away from each of `pages` as long as it differs in the same facet; `pages` is facet and lines by name."""
    sizes = {name: max(1, len(lines) // 2) for name, (_, lines) in pages.items()}
    while sizes:
        tries = {f"{name}-{n}": lines for name, size in sizes.items() for n, lines in enumerate(without(pages[name][1], size))}
        different = builder.build(tries)
        for name, size in list(sizes.items()):
            facet, lines = pages[name]
            shorter = without(lines, size)
            still = next((n for n in range(len(shorter)) if facet in different.get(f"{name}-{n}", ())), None)
            if still is not None:
                pages[name] = facet, shorter[still]
                sizes[name] = max(1, min(size, len(shorter[still]) // 2))
            elif size > 1:
                sizes[name] = size // 2
            else:
                del sizes[name]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("--wsgen", default="target/release/wsgen")
    parser.add_argument("--hugo", default="hugo")
    parser.add_argument("--most", type=int, default=40, metavar="PAGES")
    args = parser.parse_args()
    texts = {f.stem: f.read_text("utf-8").split("\n---\n", 1)[-1].splitlines() for f in sorted((args.site / "content").glob("*.md"))}
    with tempfile.TemporaryDirectory() as work:
        builder = Builder((args.site / "hugo.toml").read_text(), args.wsgen, args.hugo, Path(work))
        different = builder.build(texts)
        # The text differs where anything else does.
        facet_of = lambda facets: next((facet for facet in compare.FACETS if facet in facets), None)
        pages = {name: (facet_of(different[name]), texts[name]) for name in sorted(different) if name in texts}
        pages = dict(list(pages.items())[: args.most])
        cut(builder, pages)
        builder.build({name: lines for name, (_, lines) in pages.items()})
        for name, (facet, lines) in pages.items():
            print(f"== {name}: {facet}", *lines, sep="\n")
            for program in ("hugo", "wsgen"):
                print(f"-- {program}:\n{builder.result(program, name)}")


if __name__ == "__main__":
    main()
