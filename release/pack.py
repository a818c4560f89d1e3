"""Makes the files of a release.

    python release/pack.py target TARGET PROGRAM OUT   an archive, a package for npm and a wheel of one compiled program
    python release/pack.py finish OUT                  the thin package for npm, and the checksums of all archives
    python release/pack.py names                       the names of the archives, one a line, for tests
    python release/pack.py version                     the version that is being released
    python release/pack.py notes                       its section of CHANGELOG.md
    python release/pack.py ready --tag TAG --repository URL
                                                       fails, and says why, where that must not be released

Equal programs give equal files.
"""

import argparse
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import product
import readiness

CHECKSUMS = "SHA256SUMS"
KINDS = ("archives", "npm", "wheels")


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    target = commands.add_parser("target")
    target.add_argument("target")
    target.add_argument("program", type=Path)
    target.add_argument("out", type=Path)
    target.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    finish = commands.add_parser("finish")
    finish.add_argument("out", type=Path)
    commands.add_parser("names")
    commands.add_parser("version")
    commands.add_parser("notes")
    ready = commands.add_parser("ready")
    ready.add_argument("--tag", required=True)
    ready.add_argument("--repository", required=True)
    options = parser.parse_args()
    match options.command:
        case "target":
            pack(product.target(options.target), options.program, options.out, options.kinds)
        case "finish":
            complete(options.out)
        case "names":
            print("\n".join(each.archive for each in product.targets()))
        case "version":
            print(product.VERSION)
        case "notes":
            print(readiness.changes())
        case "ready":
            readiness.insist(options.tag, options.repository)


def pack(target: product.Target, program: Path, out: Path, kinds: list[str]) -> None:
    """Writes what one compiled program gives, each kind into a folder of its name."""
    os.environ["SOURCE_DATE_EPOCH"] = str(product.SECONDS)
    for kind in kinds:
        (out / kind).mkdir(parents=True, exist_ok=True)
        tell(writer(kind)(target, program, out / kind))


def writer(kind: str) -> Callable[[product.Target, Path, Path], Path]:
    """The function that packs a program in one way. Only wheels need the packages of requirements.txt."""
    match kind:
        case "archives":
            from archives import write
        case "npm":
            from npm import write_platform as write
        case "wheels":
            from wheels import write
        case _:
            raise SystemExit(f"there are no {kind}")
    return write


def complete(out: Path) -> None:
    """Writes what is made once for all systems."""
    import npm

    (out / "npm").mkdir(parents=True, exist_ok=True)
    tell(npm.write_thin(out / "npm"))
    archives = out / "archives"
    if not archives.is_dir():
        return
    files = sorted(path for path in archives.iterdir() if path.name != CHECKSUMS)
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (archives / CHECKSUMS).write_text("".join(lines), encoding="ascii")


def tell(path: Path) -> None:
    """Prints the name and the size of a file."""
    print(f"{path.stat().st_size:>12,} {path}")


if __name__ == "__main__":
    main()
