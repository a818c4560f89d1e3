#!/usr/bin/env python3
"""Writes a site of random pages, for compare.py: what nobody thinks of writing down together in one case.

random_pages.py SEED COUNT DIR [--size BLOCKS]
    random_pages.py 7 200 /tmp/random && compare.py --show 5 /tmp/random

The same seed gives the same pages. A page is a handful of blocks, put into each other up to three deep; small pages
(`--size 1`) tell faster what is wrong.
"""
import argparse
import random
from pathlib import Path

PLAIN = ["foo", "Bar", "alpha", "one", "two", "it's", "v1.2", "end.", "日本", "語", "テスト"]
ODD = [
    *('"q"', "a_b", "snake_case_x", "2*3", "語。", "（括弧）", "C++", "--", "---", "...", "&amp;", "&copy;", "&", "<", ">"),
    *("\\*", "\\_", "$x", "10%", "http://a.example/b", "www.ex.example", "me@ex.example", "1.", "-", "+", "#", "|", "!"),
    *("==", "`", "``", "[", "]", "(", ")", "*", "_", "**", "__", "😀", ":smile:", "“x”", "Ω", "'tis", "5'10\"", "(c)"),
    *("{a}", "\u3000", "\u00a0", "&#35;", "&nbsp;", "[x]", "[ ]"),
]
TARGETS = ["https://e.example/x", "/a/b/", "x.html", "#frag", "<a b>", "/p(q)", "a_b_c", "https://e.example/?a=b&c=d", "x%20y"]
TITLES = ["", "", "", ' "t"', " 't'", " (t)", ' "a \\"b\\" & c"', ' "日本"']
LANGUAGES = ["", "go", "bash", "text", "go {hl_lines=[1]}", "C++", "nolang", 'sh {title="x"}', "日本"]
CODE = ["x := 1\ny\n", "\n", "<b>&amp;</b>\n", "  indented\n\n    more\n", "\ttab\n", "# h\n- l\n", "a\n\n\nb\n"]
HTML = [
    *("<div>\n{}\n</div>", "<div>\n\n{}\n\n</div>", "<p align=center>{}</p>", "<!-- c\n\nd -->\n{}", "<br>\n{}"),
    *("<details>\n<summary>S</summary>\n\n{}\n\n</details>", "<table><tr><td>\n\n{}\n\n</td></tr></table>", "</div>\n{}"),
    *("<pre>\n{}\n\nx</pre>", "<center>{}</center>", '<a name="x"></a>\n{}', '<img src="a.png">\n{}'),
]
SPANS = ["<br>", "<!-- c -->", "<kbd>K</kbd>", "<https://e.example/x>", "<a@b.example>", "<x-y>", "<3", "</b>"]
SETTINGS = """\
[markup.goldmark.renderer]
unsafe = true
"""


class Writer:
    """Writes Markdown by chance."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.pick = self.random.choice

    def chance(self, share):
        return self.random.random() < share

    def words(self, odd=0.1):
        words = (self.pick(ODD if self.chance(odd) else PLAIN) for _ in range(self.random.randint(1, 6)))
        return " ".join(words)

    def span(self, depth=0):
        """A piece of a line, with others inside."""
        inner = self.span(depth + 1) if depth < 3 else self.words()
        return self.pick(
            [
                *(self.words(), self.words(), self.words(), self.words(odd=0.6)),
                *(f"*{inner}*", f"**{inner}**", f"_{inner}_", f"__{inner}__", f"~~{inner}~~", f"<b>{inner}</b>"),
                self.pick(["`code`", "``a`b``", "`<b>`", "`*n*`", "` a `"]),
                f"[{inner}]({self.pick(TARGETS)}{self.pick(TITLES)})",
                f"![{self.words()}]({self.pick(TARGETS)}{self.pick(TITLES)})",
                self.pick(["[ref]", "[ref][]", "[text][ref]", "[none][nope]"]),
                self.pick(SPANS),
            ]
        )

    def line(self):
        between = self.pick([" ", " ", " ", "", "、", "。", "-", ","])
        note = self.pick(["", "", "", "", "[^1]", "[^n]"])
        return between.join(self.span() for _ in range(self.random.randint(1, 3))) + note

    def paragraph(self, _depth=0):
        between = self.pick(["\n", "\n", "  \n", "\\\n", "\n   "])
        return between.join(self.line() for _ in range(self.random.randint(1, 3)))

    def heading(self, _depth=0):
        end = self.pick(["", "", "", " #", " {#own}", " {.c}", " {k=v}"])
        under = self.line() + "\n" + self.pick(["===", "---"])
        return self.pick(["#" * self.random.randint(1, 6) + f" {self.line()}{end}"] * 4 + [under])

    def fence(self, _depth=0):
        mark = self.pick(["```", "~~~", "````"])
        end = self.pick([mark, mark, mark, ""])
        return f"{mark}{self.pick(LANGUAGES)}\n{self.pick(CODE)}{end}"

    def table(self, _depth=0):
        columns = self.random.randint(2, 4)
        cell = lambda: self.pick([self.words(odd=0), "", "`a`", "x \\| y", "**b**"])
        row = lambda count: "| " + " | ".join(cell() for _ in range(count)) + " |"
        marks = "|" + "|".join(self.pick(["---", ":--", "--:", ":-:"]) for _ in range(columns)) + "|"
        lengths = [columns, columns, columns - 1, columns + 1]
        return "\n".join([row(columns), marks, *(row(self.pick(lengths)) for _ in range(self.random.randint(0, 3)))])

    def html(self, _depth=0):
        return self.pick(HTML).format(self.paragraph())

    def list(self, depth=0):
        mark = self.pick(["-", "*", "+", "1.", "1)", "3."])
        loose = self.chance(0.3)
        items = []
        for number in range(self.random.randint(1, 4)):
            own = mark if mark in "-*+" else f"{int(mark[:-1]) + number}{mark[-1]}"
            first = own + " " * self.pick([1, 1, 1, 2, 3])
            width = self.pick([len(first)] * 5 + [2, 4])
            task = self.pick(["", "", "", "[ ] ", "[x] "])
            parts = [task + self.line(), *(self.block(depth + 1) for _ in range(self.pick([0, 0, 1])))]
            text = ("\n\n" if loose else self.pick(["\n", "\n\n"])).join(parts)
            items.append(first + indented(text, width).lstrip())
        return ("\n\n" if loose else "\n").join(items)

    def quote(self, depth=0):
        return "\n".join(f"> {line}" for line in self.block(depth + 1).split("\n"))

    def definition(self, _depth=0):
        return f"{self.words()}\n: {self.paragraph()}"

    def block(self, depth=0):
        kinds = [self.paragraph] * 5 + [self.heading] * 2 + [self.fence] * 2 + [self.table, self.html, self.definition]
        if depth < 3:
            kinds += [self.list] * 4 + [self.quote] * 2
        return self.pick(kinds)(depth)

    def page(self, size):
        blocks = [self.block() for _ in range(self.random.randint(1, size))]
        notes = ["[ref]: https://e.example/r 'R'", f"[^1]: {self.words()}", f"[^n]: {self.words()}"]
        return "\n\n".join(blocks + notes) + "\n"


def indented(text, width):
    return "\n".join(" " * width + line if line.strip() else line for line in text.split("\n"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seed", type=int)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=int, default=4, metavar="BLOCKS", help="the most blocks of a page")
    args = parser.parse_args()
    content = args.folder / "content"
    content.mkdir(parents=True)
    (args.folder / "hugo.toml").write_text(SETTINGS)
    writer = Writer(args.seed)
    for number in range(args.count):
        text = writer.page(args.size)
        (content / f"page{number}.md").write_text(f"---\ntitle: Page {number}\n---\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
