#!/usr/bin/env python3
"""Writes a site of pages that are spliced from real ones, for compare.py: what real text does in places that it was not
written for.

spliced_pages.py SEED COUNT DIR FOLDER…
    spliced_pages.py 7 500 /tmp/spliced ~/workshops /usr/share/doc && compare.py --show 5 /tmp/spliced

Each page is made of a few pieces of Markdown files below the folders, some of them indented, quoted or put into a list,
with tags and marks between them. Calls of shortcodes are left out. The same seed and files give the same pages;
smallest.py says which few lines of a page make the difference.
"""
import argparse
import random
import re
from pathlib import Path

FRONT_MATTER = re.compile(r"\A\s*(---|\+\+\+)\n.*?\n\1[ \t]*\n", re.DOTALL)
CALL = re.compile(r"\{\{[<%].*?[>%]\}\}", re.DOTALL)
SETTINGS = "[markup.goldmark.renderer]\nunsafe = true\n"
LONGEST = 200_000
# What is put between the pieces, or behind the first line of one.
TAGS = [
    *("<div>", "</div>", '<div class="a">', '<div markdown="1">', "<details>", "<details open><summary>a</summary>", "</details>"),
    *("<summary>S</summary>", "<p>", "</p>", '<p align="center">', "<table>", "<tr><td>", "</td></tr>", "</table>", "<td>"),
    *("<ul>", "<li>x", "</ul>", "<br>", "<hr>", "<b>", "</b>", "<u>", "</u>", "<sub>2</sub>", "<kbd>K</kbd>", "<span>y</span>"),
    *("<center>", "</center>", "<blockquote>", "</blockquote>", "<pre>", "</pre>", "<code>", "</code>", "<h3>H</h3>"),
    *('<img src="b.png" /> text', '<a href="#q">', "</a>", '<a name="x"></a>', "<script>x()</script>", "<style>a{}</style>"),
    *("<!-- c -->", "<!-- x\n-->", '<iframe src="https://x.example"></iframe>', "<custom>", "</custom>"),
]
MARKS = [
    *("---", "***", "* * *", "===", "```", "~~~", "    ", "\t", "\\", ">", "> q", "> > n", "- [ ] t", "* a", "  * b", "+ plus"),
    *("1. one", "2. two", "10) ten", "3) x", "| a | b |", "|---|---|", "Term", ": def", "# H", "[^1]", "[^1]: note", "[r]"),
    *("[r]: /u", '[l](u "t")', "![](x.png)", "**b**", "`c`", "$x$", "&nbsp;", "&lt;b&gt;", "{.cls}", "{#id}", "   text"),
]


def pieces_of(folders):
    """The lines of every Markdown file that has some."""
    for folder in folders:
        for file in sorted(folder.rglob("*.md")):
            if file.is_file() and file.stat().st_size < LONGEST:
                text = FRONT_MATTER.sub("", file.read_text("utf-8", "replace"))
                lines = CALL.sub("", text).replace("{{<", "").replace("{{%", "").splitlines()
                if len(lines) > 3:
                    yield lines


def changed(lines, chance):
    """A piece as it is, or moved into something."""
    way = chance.random()
    if way < 0.12:
        return [" " * chance.randint(1, 5) + line for line in lines]
    if way < 0.2:
        return ["> " + line for line in lines]
    if way < 0.28:
        return [("  " if number else "- ") + line for number, line in enumerate(lines)]
    if way < 0.5:
        between = [chance.choice(TAGS + MARKS) for _ in range(chance.randint(1, 4))]
        return between + (lines if chance.random() < 0.5 else [])
    return lines


def page(files, chance):
    out = []
    for _ in range(chance.randint(4, 16)):
        file = chance.choice(files)
        start = chance.randrange(len(file))
        lines = changed(file[start : start + chance.randint(1, 6)], chance)
        if lines and chance.random() < 0.15:
            lines[0] += " " + chance.choice(TAGS + MARKS)
        out += lines + [""] * (chance.random() < 0.5)
    return "\n".join(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seed", type=int)
    parser.add_argument("count", type=int)
    parser.add_argument("site", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    args = parser.parse_args()
    chance, files = random.Random(args.seed), list(pieces_of(args.folders))
    if not files:
        parser.error("there are no Markdown files")
    (args.site / "content").mkdir(parents=True)
    (args.site / "hugo.toml").write_text(SETTINGS)
    for number in range(args.count):
        text = f"---\ntitle: Page {number}\n---\n{page(files, chance)}\n"
        (args.site / "content" / f"page{number:04}.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
