"""What is released: the version, the systems, and the names of the files."""

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CARGO = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))
# The package with what it takes from the workspace.
MANIFEST = {
    key: CARGO["workspace"]["package"][key] if value == {"workspace": True} else value
    for key, value in CARGO["package"].items()
}
VERSION = MANIFEST["version"]
# Files that come along with the program.
PAPERS = ("README.md", "LICENSE-APACHE", "LICENSE-MIT")
# A time for everything in an archive, so that equal programs give equal archives: the first that a zip can hold.
YEAR = 1980
SECONDS = 315532800


@dataclass(frozen=True)
class Target:
    """A system that there is a program for."""

    name: str
    archive_form: str
    os: str
    cpu: str
    wheel_tags: tuple[str, ...]

    @property
    def program(self) -> str:
        """The program's file name."""
        return "wsgen.exe" if self.os == "win32" else "wsgen"

    @property
    def archive(self) -> str:
        """The archive on the page of the release. `Cargo.toml` tells `cargo binstall` the same."""
        return f"wsgen-{self.name}.{self.archive_form}"

    @property
    def folder(self) -> str:
        """The only folder in the archive."""
        return f"wsgen-{self.name}"

    @property
    def npm_name(self) -> str:
        """The package in npm's registry; `npm/wsgen.js` works it out in the same way."""
        return f"@wsgen/{self.os}-{self.cpu}"


def targets() -> list[Target]:
    """The table in `targets.json`."""
    rows = json.loads((ROOT / "release/targets.json").read_text(encoding="utf-8"))
    return [
        Target(row["target"], row["archive"], row["npm"]["os"], row["npm"]["cpu"], tuple(row["wheel"]))
        for row in rows
    ]


def target(name: str) -> Target:
    """The system with this name."""
    found = [each for each in targets() if each.name == name]
    if not found:
        known = ", ".join(each.name for each in targets())
        raise SystemExit(f"no target is named {name}; there are {known}")
    return found[0]
