#!/usr/bin/env python3
"""Counts over a folder of repositories how often their pages need what wsgen does before the Markdown parser, and which
template functions their layouts use.

need.py [--where N] [--functions] FOLDER                                                  needs nothing but Python

Each folder in FOLDER is a repository. A rule that no page needs is one to remove, and a new one names the page that needs
it. The rules here look at lines, as a reader would search for them; they know neither HTML blocks nor indented code, so a
count is an upper bound. Each has samples, which are tried first.
"""
import argparse
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SKIPPED = {".git", "node_modules", "public", "resources", ".wsgen"}

# Lines ---------------------------------------------------------------------------------------------------------------

CONTAINERS = re.compile(r"(?:\s*(?:>|[-*+][ \t]+|\d+[.)][ \t]+))*\s*")
ITEM = re.compile(r" *(?:\d+[.)]|[-*+]) +(?=\S)")
FENCE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,})")
ROW = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")


def content(line):
    """The line without the signs of quotes and list items."""
    return line[CONTAINERS.match(line).end():].rstrip()


def is_rule(line):
    return re.fullmatch(r"\s*([-*_])[ \t]*(\1[ \t]*)*", line) is not None


def is_delimiter_row(text):
    return "|" in text and ROW.match(text) is not None


def cells(row):
    return len(re.sub(r"\\\\|\\\|", "", row.strip()).strip("|").split("|"))


def indentation(line):
    return len(line) - len(line.lstrip(" "))


def goes_on(line):
    """Whether a line can go on with the paragraph above it."""
    return bool(line.strip()) and indentation(line) < 4 and not line.startswith("\t") and not ITEM.match(line) \
        and not line.lstrip().startswith((">", "#", "<", "```", "~~~")) and not is_rule(line)


def plain_lines(text):
    """The lines with their numbers; those of code between fences are empty, the fences stay."""
    fence, lines = None, []
    for line in text.replace("\r\n", "\n").split("\n"):
        said = content(line)
        found = FENCE.match(said)
        if fence is None:
            fence = found and found[1]
            lines.append(line)
        elif found and found[1].startswith(fence) and said == found[1]:
            fence = None
            lines.append(line)
        else:
            lines.append("")
    return lines


# Rules: each yields the numbers of the lines that need it ------------------------------------------------------------

def is_east_asian(char):
    return unicodedata.east_asian_width(char) in "WFH"


def is_sign(char):
    return unicodedata.category(char)[0] in "PS"


def emphasis(lines):
    """Runs of asterisks that CommonMark takes for text beside East Asian signs. They open and close in turns."""
    for number, line in enumerate(lines):
        opens = Counter()
        for run in re.finditer(r"(?<![\\*~])(?:\*{1,3}|~~)(?![*~])", re.sub(r"`[^`]*`", lambda code: "x" * len(code[0]), content(line))):
            before, after = run.string[:run.start()][-1:] or "\n", run.string[run.end():][:1] or "\n"
            opens[run[0]] ^= 1
            outer, inner = (before, after) if opens[run[0]] else (after, before)
            is_text = is_sign(inner) and not is_sign(outer) and not outer.isspace()
            if is_text and (is_east_asian(inner) or is_east_asian(outer)):
                yield number


def step_tables(lines):
    item = None
    for number, line in enumerate(lines):
        header = lines[number - 1] if number else ""
        if item and is_delimiter_row(line) and goes_on(header) and indentation(header) < item and not ITEM.match(line):
            yield number
            item = None
        found = ITEM.match(line)
        item = found.end() if found and not is_rule(line) else item if goes_on(line) else None


def fence_tabs(lines):
    return (number for number, line in enumerate(lines) if re.search(r"(?:`{3}|~{3})[ ]*\t\s*$", line))


def colons(lines):
    return (number for number, line in enumerate(lines) if number and re.match(r"[\s>]*:[^\s-]", line) and lines[number - 1].strip())


def angles(lines):
    return (number for number, line in enumerate(lines) if re.search(r"<<|>>", re.sub(r"`[^`]*`|\{\{.*?\}\}", "", line.lstrip("> "))))


CALL = re.compile(r"\{\{[<%]\s*(/?)([\w./-]+).*?[>%]\}\}", re.DOTALL)


def box_notes(lines):
    """A note that is used in a call's text and defined outside of all, or the other way round."""
    depth, uses, defined = 0, defaultdict(set), defaultdict(set)
    closed = {name for slash, name in CALL.findall("\n".join(lines)) if slash}
    for number, line in enumerate(lines):
        for found in re.finditer(r"\{\{[<%]\s*(/?)([\w./-]+)[^}]*\}\}|\[\^([^\]\[]+)\](:?)", line):
            slash, name, label, defines = found.groups()
            if label:
                (defined if defines and not line[:found.start()].strip() else uses)[label].add((depth > 0, number))
            elif name in closed and not found[0].rstrip("}%> ").endswith("/"):
                depth = max(0, depth + (-1 if slash else 1))
    for label, places in uses.items():
        inside = {inside for inside, _ in defined[label]}
        yield from (number for inside_box, number in places if inside and inside_box not in inside)


def row_tabs(lines):
    return (number for number, line in enumerate(lines) if "\t" in line.strip() and is_delimiter_row(content(line)))


def short_headers(lines):
    for number, line in enumerate(lines):
        row, header = content(line), content(lines[number - 1]) if number else ""
        above = content(lines[number - 2]) if number > 1 else ""
        if is_delimiter_row(row) and header and not header.startswith(("#", "<", "```")) and not is_delimiter_row(header):
            short = cells(header) < cells(row)
            if short or (above and not above.startswith(("#", "|", "<")) and "|" in header and not header.startswith("|")):
                yield number


def numbered_rows(lines):
    table = False
    for number, line in enumerate(lines):
        said = line.strip().lstrip("> ")
        table = bool(said) and (table or is_delimiter_row(said)) and not said.startswith(("#", "<"))
        if table and re.match(r"(?!1[.)])\d+[.)](\s|$)", said):
            yield number


def linked_notes(lines):
    return (number for number, line in enumerate(lines) if re.search(r"(?<!\\)\[[^\]\[]*\[\^[^\]\[]+\][^\]\[]*\]\s*[(\[]", line))


def preformatted(lines):
    opened = None
    for number, line in enumerate(lines):
        if re.match(r"\s*</pre>", line) and (not number or not lines[number - 1].strip()):
            yield number
        if re.match(r" {0,3}<pre[\s>]|\s{0,3}<pre$", line):
            opened = number
        if opened is not None and "</pre>" in line:
            opened = None
        if opened is not None and re.search(r"</(?:script|style|textarea)>", line) and "</pre>" not in "\n".join(lines[number:]):
            yield number


def quote_tables(lines):
    """Rows that lack the sign of the quote that their table is in."""
    table = False
    for number, line in enumerate(lines):
        quoted = line.lstrip().startswith(">")
        if table and not quoted and goes_on(line):
            yield number
        table = quoted and (table or is_delimiter_row(content(line))) and bool(content(line))


# name: (rule, where it is in wsgen, a text that needs it, one that does not)
RULES = {
    "emphasis beside East Asian signs": (emphasis, "flanking", "**強調（括弧）**です", "**強調** です"),
    "tables at the margin below a step": (step_tables, "tables", "1. a\n| x |\n|---|\n", "1. a\n\n| x |\n|---|\n"),
    "a tab behind a closing fence": (fence_tabs, "fences", "```\na\n```\t\nb", "```\na\t\n```\n"),
    "a colon at the beginning of a line": (colons, "definitions", "a\n:smile: b", "a\n: b"),
    "angle quotes": (angles, "typographer", "a <<b>> c", "`<<a>>` {{<x>}}"),
    "notes across boxes": (box_notes, "references", "{{< tip >}}a[^1]{{< /tip >}}\n\n[^1]: b", "a[^1]\n\n[^1]: b"),
    "tabs in the delimiter row of a table": (row_tabs, None, "|a|b|\n|-\t|-|", "|a|\n|-|"),
    "tables with a short or late first row": (short_headers, None, "| a |\n|---|---|\n", "| a | b |\n|---|---|\n"),
    "numbered lines as rows of a table": (numbered_rows, None, "|a|\n|-|\n2. b", "|a|\n|-|\n\n2. b"),
    "notes in the texts of links": (linked_notes, None, "[a[^1]](b)", "[a](b)[^1]"),
    "tags of preformatted text": (preformatted, None, "a\n\n</pre>\n", "<pre>\na\n\nb</pre>\n"),
    "rows of a table without the sign of its quote": (quote_tables, None, "> |a|\n> |-|\n|b|", "> |a|\n> |-|\n\n|b|"),
}


def try_samples():
    for name, (rule, _, needs, does_not) in RULES.items():
        if not list(rule(plain_lines(needs))) or list(rule(plain_lines(does_not))):
            sys.exit(f"need.py: the rule “{name}” fails on its samples")


# Template functions --------------------------------------------------------------------------------------------------

ACTION = re.compile(r"\{\{-?(?!\s*/\*)(.*?)-?\}\}", re.DOTALL)
TEXT = re.compile(r'"(?:\\.|[^"\\])*"|`[^`]*`')
NAME = re.compile(r"(?<![\w.$])[A-Za-z]\w*(?:\.[A-Za-z]\w*)*")


def functions():
    """The functions of the template language: each a tuple of its names."""
    sources = [*ROOT.glob("src/**/functions/*.rs"), *ROOT.glob("crates/*/src/functions/*.rs")]
    found = [re.findall(r'"([\w.]+)"', names) for source in sources for names in re.findall(r"\(\s*&\[([^\]]*)\]\s*,", source.read_text())]
    return [tuple(names) for names in found if names]


def names_in(template):
    for action in ACTION.findall(template):
        yield from NAME.findall(TEXT.sub('""', action))


# Reports -------------------------------------------------------------------------------------------------------------


def files(folder, wanted):
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if wanted(path, parts) and not SKIPPED & set(parts) and path.is_file():
            yield path, path.read_text("utf-8", "replace")


def is_page(path, parts):
    return path.suffix.lower() in (".md", ".markdown") and "layouts" not in parts


def is_layout(path, parts):
    return "layouts" in parts and path.suffix.lower() in (".html", ".htm", ".md", ".xml", ".txt", ".json")


def report_rules(folder, where):
    pages, found = 0, defaultdict(list)
    for path, text in files(folder, is_page):
        pages += 1
        lines = plain_lines(text)
        for name, (rule, *_) in RULES.items():
            found[name] += ((path.relative_to(folder), number + 1) for number in sorted(set(rule(lines))))
    print(f"{pages} pages\n\n{'places':>7} {'files':>6} {'repositories':>13}  rule (module)")
    for name, (_, module, *_) in RULES.items():
        places = found[name]
        numbers = len(places), len({path for path, _ in places}), len({path.parts[0] for path, _ in places})
        print("{:7} {:6} {:13}  ".format(*numbers) + f"{name} ({module or 'none'})")
        for path, line in places[:where]:
            print(f"{'':30}{path}:{line}")


def report_functions(folder):
    in_shortcodes, in_layouts, templates = Counter(), Counter(), 0
    for path, text in files(folder, is_layout):
        templates += 1
        is_shortcode = bool({"shortcodes", "_shortcodes"} & set(path.parts))
        (in_shortcodes if is_shortcode else in_layouts).update(set(names_in(text)))
    known = functions()
    print(f"\n{templates} templates, {len(known)} functions\n\n{'shortcodes':>10} {'others':>7}  function")
    rows = [(sum(in_shortcodes[name] for name in names), sum(in_layouts[name] for name in names), names) for names in known]
    for of_shortcodes, of_others, names in sorted(rows, key=lambda row: (-row[0], -row[1], row[2])):
        print(f"{of_shortcodes:10} {of_others:7}  {', '.join(names)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--where", type=int, default=0, metavar="N", help="show the first N places of each rule")
    parser.add_argument("--functions", action="store_true", help="also count template functions, by templates that use them")
    options = parser.parse_args()
    try_samples()
    report_rules(options.folder, options.where)
    if options.functions:
        report_functions(options.folder)


if __name__ == "__main__":
    main()
