#!/usr/bin/env python3
"""Builds sites with two programs and compares every file that they write, and what they say.

equal_bytes.py OLD NEW [SITE…]

Without sites: the manual, the sites of the tests, and the workshops in the folder that WSGEN_WORKSHOPS names. A change
that only moves code gives no line but the last one. Exit code 1 when anything differs.
"""
import difflib, filecmp, os, re, shutil, subprocess, sys, tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOK = re.compile(r",? [0-9.]+ m?s$")  # the end of the last line
SHOWN = 5  # files with differences of which a site shows a line


def sites():
    """The sites to build: the manual, those of the tests, and real workshops."""
    yield ROOT
    for settings in sorted((ROOT / "tests").rglob("hugo.toml")):
        if "node_modules" not in settings.parts and "skeleton" not in settings.parts:
            yield settings.parent
    if folder := os.environ.get("WSGEN_WORKSHOPS"):
        for path in sorted(Path(folder).iterdir()):
            if (path / "expected.json").exists():
                yield path


def copy(site, to):
    """A copy of a site without what is no part of it; a build keeps its state in the site's folder."""
    ignore = shutil.ignore_patterns(".git", ".wsgen", "target", "node_modules", "public")
    shutil.copytree(site, to, ignore=ignore, symlinks=True)


def build(program, site, out):
    """The findings of a build, with paths of the copy left out."""
    done = subprocess.run(
        [program, "build", "-s", site, "-d", out, "--format", "short"],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"},
    )
    said = (done.stdout + done.stderr).replace(str(site), "SITE").replace(str(out), "OUT").splitlines()
    return done.returncode, [TOOK.sub("", line) for line in said]


def files(folder):
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}


def first_difference(old, new):
    texts = [path.read_text(errors="replace").splitlines() for path in (old, new)]
    lines = difflib.unified_diff(*texts, lineterm="", n=0)
    return [line[:300] for line in list(lines)[2:6]]


def compare(site, programs, scratch):
    """Prints what differs; gives the number of files that do."""
    outs, said = [], []
    for number, program in enumerate(programs):
        copied, out = scratch / f"site{number}" / "site", scratch / f"out{number}"
        copy(site, copied)
        said.append(build(program, copied, out))
        outs.append(out)
    old, new = map(files, outs)
    wrong = [(name, "only old") for name in sorted(old - new)] + [(name, "only new") for name in sorted(new - old)]
    wrong += [(name, "differs") for name in sorted(old & new) if not filecmp.cmp(outs[0] / name, outs[1] / name, False)]
    for name, why in wrong[:SHOWN]:
        print(f"{site.name}: {name}: {why}")
        if why == "differs":
            print(*("    " + line for line in first_difference(outs[0] / name, outs[1] / name)), sep="\n")
    if said[0] != said[1]:
        lines = list(difflib.unified_diff(said[0][1], said[1][1], lineterm="", n=0))[2:]
        print(f"{site.name}: exit codes {said[0][0]} and {said[1][0]}; {len(lines)} lines of findings differ")
        print(*("    " + line[:300] for line in lines[:SHOWN]), sep="\n")
    print(f"{site.name}: {len(new)} files, {len(wrong)} differ", flush=True)
    return len(wrong) + (said[0] != said[1])


def main():
    old, new, *given = sys.argv[1:]
    programs, wrong = [Path(old).resolve(), Path(new).resolve()], 0
    for site in map(Path, given) if given else sites():
        with tempfile.TemporaryDirectory() as scratch:
            wrong += compare(site.resolve(), programs, Path(scratch))
    print("equal" if wrong == 0 else f"{wrong} differences")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
