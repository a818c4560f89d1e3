#!/usr/bin/env python3
"""Writes a site of random pages, for compare.py: what nobody thinks of writing down together in one case.

random_pages.py SEED COUNT DIR [--size BLOCKS] [--calls] [--languages suffix|folders]
    random_pages.py 7 200 /tmp/random && compare.py --show 5 /tmp/random

The same seed gives the same pages. A page is a handful of blocks, put into each other up to three deep; small pages
(`--size 1`) tell faster what is wrong. With `--calls` there are calls of Hugo's own shortcodes everywhere, with
`--languages` the pages are in several languages, in folders and bundles, and link to each other.
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
# Calls that give text. Those with `%` are text to Markdown, too.
TEXT_CALLS = ["{{% param who %}}", "{{< param who >}}", '{{< param "deep.key" >}}', "{{%param two%}}", "{{</* param who */>}}"]
TARGET_CALLS = ['{{< ref "page0" >}}', '{{% relref "page1.md" %}}', '{{< relref "/page2#frag" >}}', "/{{% param who %}}/x"]
BLOCK_CALLS = [
    *('{{< details summary="**S** s" >}}\n{}\n{{< /details >}}', '{{% details summary="S" open=true %}}\n\n{}\n\n{{% /details %}}'),
    *('{{< details summary="S" >}}{}{{< /details >}}', '{{< figure src="a.png" caption="*c* d" >}}', '{{< figure src="/b.png" alt="A" title="T" >}}'),
    *("{{< highlight go >}}\nx := 1\n\ny\n{{< /highlight >}}", '{{< highlight sh "hl_lines=1" >}}# h{{< /highlight >}}'),
]
SETTINGS = """\
[params]
who = "you"
two = "two *words*"
deep.key = 7
[markup.goldmark.renderer]
unsafe = true
"""


def settings_of(languages):
    """The settings of a site whose languages are told apart by suffixes or by folders."""
    settings = SETTINGS
    for code, weight in (("en", 2), ("ja", 1), ("de", 3)) if languages else ():
        folder = f'contentDir = "content/{code}"\n' if languages == "folders" else ""
        settings += f"[languages.{code}]\nweight = {weight}\n{folder}"
    return settings


class Writer:
    """Writes Markdown by chance."""

    def __init__(self, seed, calls=False, targets=()):
        self.random = random.Random(seed)
        self.pick = self.random.choice
        self.calls = calls
        self.in_container = False
        # What links name beside what is nowhere.
        self.targets = list(targets)

    def chance(self, share):
        return self.random.random() < share

    def words(self, odd=0.1):
        words = (self.pick(ODD if self.chance(odd) else PLAIN) for _ in range(self.random.randint(1, 6)))
        return " ".join(words)

    def target(self):
        if self.calls and self.chance(0.4):
            return self.pick(TARGET_CALLS)
        if self.targets and self.chance(0.8):
            return self.pick(self.targets)
        return self.pick(TARGETS)

    def call_in_line(self):
        call = self.pick(TEXT_CALLS)
        return self.pick([call, call, call, f"`{call}`", f'<a href="{self.target()}">{call}</a>', f"![{call}]({self.target()})"])

    def span(self, depth=0):
        """A piece of a line, with others inside."""
        if self.calls and self.chance(0.2):
            return self.call_in_line()
        inner = self.span(depth + 1) if depth < 3 else self.words()
        return self.pick(
            [
                *(self.words(), self.words(), self.words(), self.words(odd=0.6)),
                *(f"*{inner}*", f"**{inner}**", f"_{inner}_", f"__{inner}__", f"~~{inner}~~", f"<b>{inner}</b>"),
                self.pick(["`code`", "``a`b``", "`<b>`", "`*n*`", "` a `"]),
                f"[{inner}]({self.target()}{self.pick(TITLES)})",
                f"![{self.words()}]({self.target()}{self.pick(TITLES)})",
                self.pick(["[ref]", "[ref][]", "[text][ref]", "[none][nope]"]),
                self.pick(SPANS),
            ]
        )

    def line(self):
        between = self.pick([" ", " ", " ", "", "、", "。", "-", ","])
        note = self.pick(["", "", "", "", "[^1]", "[^n]"])
        text = between.join(self.span() for _ in range(self.random.randint(1, 3)))
        # Behind a reference a note is the other half of it to Hugo.
        return text + ("." + note if note and text.endswith("]") else note)

    def paragraph(self, _depth=0):
        between = self.pick(["\n", "\n", "  \n", "\\\n", "\n   "])
        return between.join(self.line() for _ in range(self.random.randint(1, 3)))

    def heading(self, _depth=0):
        end = self.pick(["", "", "", " #", " {#own}", " {.c}", " {k=v}"])
        # What a call with `<` leaves in the id of its heading is a listed difference.
        line = lambda: self.line().replace("{{<", "{{%").replace(">}}", "%}}")
        under = line() + "\n" + self.pick(["===", "---"])
        return self.pick(["#" * self.random.randint(1, 6) + f" {line()}{end}"] * 4 + [under])

    def fence(self, _depth=0):
        mark = self.pick(["```", "~~~", "````"])
        end = self.pick([mark, mark, mark, ""])
        call = f"a {self.pick(TEXT_CALLS)}\n" if self.calls and self.chance(0.3) else ""
        return f"{mark}{self.pick(LANGUAGES)}\n{call}{self.pick(CODE)}{end}"

    def table(self, _depth=0):
        columns = self.random.randint(2, 4)
        calls = TEXT_CALLS if self.calls else []
        cell = lambda: self.pick([self.words(odd=0), "", "`a`", "x \\| y", "**b**", *calls])
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
            parts = [task + self.line(), *(self.inside(depth) for _ in range(self.pick([0, 0, 1])))]
            text = ("\n\n" if loose else self.pick(["\n", "\n\n"])).join(parts)
            items.append(first + indented(text, width).lstrip())
        return ("\n\n" if loose else "\n").join(items)

    def quote(self, depth=0):
        block = self.inside(depth)
        return "\n".join(f"> {line}" for line in block.split("\n"))

    def definition(self, _depth=0):
        return f"{self.words()}\n: {self.paragraph()}"

    def call(self, depth=0):
        if self.in_container:
            # Hugo takes what is before the text of a line there for a part of what is inside of a call.
            return self.pick([call for call in BLOCK_CALLS if "{}" not in call and "\n" not in call])
        # Hugo makes calls again that are escaped inside of another.
        inner = self.block(depth + 1).replace("{{</* param who */>}}", "x")
        return self.pick(BLOCK_CALLS).replace("{}", inner)

    def inside(self, depth):
        """A block inside of a quote or a list item."""
        outer, self.in_container = self.in_container, True
        block = self.block(depth + 1)
        self.in_container = outer
        return block

    def block(self, depth=0):
        if self.calls and depth < 3 and self.chance(0.15):
            return self.call(depth)
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


def places(count, languages):
    """The files of the pages, from the folder of the content, with the languages that each is in."""
    if not languages:
        return [(f"page{number}.md", "en") for number in range(count)]
    files = []
    for number in range(count // 2):
        folder = ["", "s/", "s/t/", "s/u v/"][number % 4]
        name = [f"page{number}", f"bundle{number}/index", f"sect{number}/_index"][number % 3]
        for code in [["en", "ja"], ["ja"], ["en", "de"], ["en", "ja", "de"]][number % 5 % 4]:
            suffix = "" if code == "en" else f".{code}"
            files.append((f"{code}/{folder}{name}.md" if languages == "folders" else f"{folder}{name}{suffix}.md", code))
    return files


def targets(files, languages):
    """Ways of naming the pages."""
    found = []
    for file, _ in files:
        path = file.split("/", 1)[1] if languages == "folders" else file
        name = path.removesuffix(".md").removesuffix(".ja").removesuffix(".de")
        page = name.removesuffix("/index").removesuffix("/_index")
        relative = [f"{name}.md", f"/{name}.md", f"../{name}.md#frag", page, f"/{page}/", f"./{page.rsplit('/', 1)[-1]}?q=1"]
        found += [target.replace(" ", "%20") for target in relative]
        found += [f'{{{{< relref "{page}" >}}}}', f'{{{{% relref path="/{name}.md" lang="ja" %}}}}', f'{{{{< ref "{name}.md" >}}}}']
    return [*found, "pic.png", "../pic.png", "sub/pic.png"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seed", type=int)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=int, default=4, metavar="BLOCKS", help="the most blocks of a page")
    parser.add_argument("--calls", action="store_true", help="calls of shortcodes")
    parser.add_argument("--languages", choices=["suffix", "folders"], help="pages in several languages")
    args = parser.parse_args()
    content = args.folder / "content"
    content.mkdir(parents=True)
    (args.folder / "hugo.toml").write_text(settings_of(args.languages))
    files = places(args.count, args.languages)
    writer = Writer(args.seed, args.calls, targets(files, args.languages) if args.languages else ())
    for number, (file, code) in enumerate(files):
        path = content / file
        path.parent.mkdir(parents=True, exist_ok=True)
        text = writer.page(args.size)
        path.write_text(f"---\ntitle: Page {number} {code}\n---\n{text}", encoding="utf-8")
        if args.languages and number % 3:
            for picture in (path.parent / "pic.png", path.parent / "sub/pic.png"):
                picture.parent.mkdir(exist_ok=True)
                picture.write_bytes(b"")


if __name__ == "__main__":
    main()
