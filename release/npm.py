"""Packages for npm: a thin one named `wsgen`, and one for each system that holds the program.

npm installs of the optional packages only the one whose `os` and `cpu` fit, so that no script has to run while it
installs. There is no `libc` among the conditions: the programs for Linux are static and run with any.
"""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from product import MANIFEST, PAPERS, ROOT, VERSION, Target, targets

# Older ones are mended by nobody.
NODE = ">=20"


def described(name: str, description: str) -> dict:
    """The lines that all packages have."""
    return {
        "name": name,
        "version": VERSION,
        "description": description,
        "license": MANIFEST["license"],
        "repository": {"type": "git", "url": f"git+{MANIFEST['repository']}.git"},
    }


def write_platform(target: Target, program: Path, out: Path) -> Path:
    """Writes the package of one system into the folder `out`."""
    lines = described(target.npm_name, f"The program wsgen for {target.name}")
    lines |= {"os": [target.os], "cpu": [target.cpu], "preferUnplugged": True}
    return pack(lines, {target.program: program}, out)


def write_thin(out: Path) -> Path:
    """Writes the package that people name."""
    lines = described("wsgen", MANIFEST["description"])
    lines |= {
        "keywords": MANIFEST["keywords"],
        "bin": {"wsgen": "wsgen.js"},
        "engines": {"node": NODE},
        "optionalDependencies": {each.npm_name: VERSION for each in targets()},
    }
    return pack(lines, {"wsgen.js": ROOT / "release/npm/wsgen.js"}, out)


def pack(lines: dict, files: dict[str, Path], out: Path) -> Path:
    """Has npm pack a folder with `package.json`, the files, and the papers."""
    with tempfile.TemporaryDirectory(prefix="wsgen-npm-") as name:
        folder = Path(name)
        lines = lines | {"files": sorted([*files, *PAPERS])}
        (folder / "package.json").write_text(json.dumps(lines, indent=2) + "\n", encoding="utf-8")
        for target, source in {**files, **{paper: ROOT / paper for paper in PAPERS}}.items():
            shutil.copyfile(source, folder / target)
            (folder / target).chmod(0o755 if target in files else 0o644)
        npm = shutil.which("npm") or "npm"
        said = subprocess.run(
            [npm, "pack", "--json", "--pack-destination", str(out.resolve())],
            cwd=folder, check=True, stdout=subprocess.PIPE, text=True,
        )
    return out / json.loads(said.stdout)[0]["filename"]
