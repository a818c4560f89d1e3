#!/usr/bin/env python3
"""Fills in the results of the cases in this folder with a real Hugo: with_hugo.py HUGO cases/*.txt

Every case is a shortcode template and a call of it on the page /lab/one of the site below, which host.rs knows too.
A result that begins with `!error` is one where Hugo stops. A case with a line `own:` has a result of our own, with
the reason in that line; it is left alone.
"""
import html, os, re, subprocess, sys, tempfile

SITE = {
    "hugo.toml": """
baseURL = 'https://example.org/sub/'
title = 'The Site'
disableKinds = ['taxonomy', 'term', 'rss', 'sitemap', '404']
[params]
color = 'blue'
mixedCase = 'Mixed'
list = ['x', 'y']
[params.nested.deep]
key = 'value'
[[menus.main]]
name = 'Docs'
pageRef = '/about'
weight = 1
[markup.goldmark.renderer]
unsafe = true
""",
    "content/_index.md": "---\ntitle: Home\n---\n",
    "content/about.md": "---\ntitle: About\ndate: 2022-06-01\n---\nAbout *this*.\n",
    "content/lab/_index.md": "---\ntitle: Lab\nweight: 10\n---\n",
    "content/lab/two/index.md": "---\ntitle: Two\nweight: 2\ndate: 2024-01-10\nlevel: 1\n---\nTwo **bold**.\n",
    "content/lab/two/notes.txt": "some notes\n",
    "content/lab/two/data.json": '{"a": 1, "b": ["x"]}',
    "content/lab/three.md": "---\ntitle: three\ndate: 2023-05-06\nlevel: 2\ntags: [b]\n---\nThree.\n",
    "data/team.yaml": "- name: Ann\n  age: 30\n- name: Bob\n  age: 25\n",
    "data/nested/conf.toml": "x = 1\n[sub]\ny = 'z'\n",
    "i18n/en.toml": "hello = 'Hello, {{ .name }}!'\nplain = 'Plain text'\n[apples]\none = 'one apple'\nother = '{{ .Count }} apples'\n",
    "files/hello.txt": "Hello *file*\n",
    "layouts/all.html": "{{ .Content }}",
}
ONE = """---
title: One & Only
linkTitle: One
weight: 1
date: 2024-03-05T10:20:30Z
description: First lab
level: 3
tags: [a, b]
author:
  name: Ann
  homeTown: Bern
---
"""


def read(path):
    head, *cases = re.split(r"^=== ", open(path, encoding="utf-8").read(), flags=re.M)
    return head, [parse(case) for case in cases]


def parse(text):
    name, rest = text.split("\n", 1)
    head, rest = rest.split("--- template\n", 1)
    template, result = rest.split("--- result\n", 1)
    lines = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    return {"name": name, "head": head, "template": template, "result": result, **lines}


def write(path, head, cases):
    with open(path, "w", encoding="utf-8") as out:
        out.write(head)
        for case in cases:
            out.write(f"=== {case['name']}\n{case['head']}--- template\n{case['template']}--- result\n{case['result']}")


def run(hugo, cases):
    broken = {}
    while True:
        with tempfile.TemporaryDirectory() as root:
            files = dict(SITE)
            body = ONE
            for at, case in enumerate(cases):
                if at in broken:
                    continue
                # A template that does not end in a line break is written with one more at its end.
                files[f"layouts/_partials/case{at}.html"] = case["template"][:-1]
                call = case.get("call", "{{< x >}}")
                call = re.sub(r"{{([<%])(\s*/?\s*)x\b", rf"{{{{\1\2c{at}", call)
                inner = "{{ if false }}{{ .Inner }}{{ end }}" if "/x" in case.get("call", "") else ""
                files[f"layouts/_shortcodes/c{at}.html"] = (
                    inner + f'{{{{ with try (partial "case{at}.html" .) }}}}{{{{ with .Err }}}}!error {{{{ . }}}}'
                    "{{ else }}{{ .Value }}{{ end }}{{ end }}"
                )
                body += f"\n\n<!--begin {at}-->\n\n{call}\n\n<!--end {at}-->\n\n"
            files["content/lab/one.md"] = body
            for name, text in files.items():
                os.makedirs(os.path.dirname(os.path.join(root, name)) or root, exist_ok=True)
                open(os.path.join(root, name), "w", encoding="utf-8", newline="").write(text)
            done = subprocess.run([hugo, "-s", root], capture_output=True, text=True)
            page = os.path.join(root, "public/lab/one/index.html")
            if os.path.exists(page):
                out = open(page, encoding="utf-8", newline="").read()
                break
            log = done.stdout + done.stderr
            bad = {int(number) for number in re.findall(r"case(\d+)\.html", log)} - set(broken)
            if not bad:
                sys.exit(log)
            for number in bad:
                broken[number] = log
                print("stops:", cases[number]["name"], log[-300:], file=sys.stderr)
    for at, case in enumerate(cases):
        found = re.search(rf"<!--begin {at}-->\n(.*?)\n?<!--end {at}-->", out, flags=re.S)
        result = found.group(1) if found else "!error"
        if result.startswith("!error"):
            print("error:", case["name"], html.unescape(result)[-100:], file=sys.stderr)
            result = "!error"
        if "own" not in case:
            case["result"] = result + "\n"
        elif case["result"] == result + "\n":
            print("not our own:", case["name"], file=sys.stderr)


def main():
    hugo, *paths = sys.argv[1:]
    read_all = [(path, *read(path)) for path in paths]
    run(hugo, [case for _, _, cases in read_all for case in cases])
    for path, head, cases in read_all:
        write(path, head, cases)


main()
