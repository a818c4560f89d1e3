"""Wheels for PyPI, whose only content is the program: `pip install wsgen`, `uvx wsgen`, `pipx run wsgen`."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipInfo

from packaging.version import Version
from wheel.wheelfile import WheelFile

from product import MANIFEST, PAPERS, ROOT, VERSION, YEAR, Target

# Python needs no other version for it: the wheel holds no module.
PYTHON = "py3-none"


def write(target: Target, program: Path, out: Path) -> Path:
    """Writes the wheel of a system into the folder `out`."""
    # Rust writes 1.0.0-rc.1 where Python writes 1.0.0rc1.
    version = str(Version(VERSION))
    stem, path = f"wsgen-{version}", out / f"wsgen-{version}-{PYTHON}-{'.'.join(target.wheel_tags)}.whl"
    with WheelFile(str(path), "w", ZIP_DEFLATED) as wheel:
        add(wheel, f"{stem}.data/scripts/{target.program}", program.read_bytes(), 0o755)
        add(wheel, f"{stem}.dist-info/METADATA", metadata(version).encode(), 0o644)
        add(wheel, f"{stem}.dist-info/WHEEL", description(target).encode(), 0o644)
        for name in PAPERS[1:]:
            add(wheel, f"{stem}.dist-info/licenses/{name}", (ROOT / name).read_bytes(), 0o644)
    return path


def add(wheel: WheelFile, name: str, content: bytes, mode: int) -> None:
    """Adds a file; the wheel itself keeps the list of its hashes."""
    entry = ZipInfo(name, (YEAR, 1, 1, 0, 0, 0))
    entry.compress_type, entry.external_attr = ZIP_DEFLATED, (0o100000 | mode) << 16
    wheel.writestr(entry, content)


def metadata(version: str) -> str:
    """The file `METADATA`."""
    lines = [
        "Metadata-Version: 2.4",
        "Name: wsgen",
        f"Version: {version}",
        f"Summary: {MANIFEST['description']}",
        f"License-Expression: {MANIFEST['license']}",
        *(f"License-File: {name}" for name in PAPERS[1:]),
        f"Project-URL: Repository, {MANIFEST['repository']}",
        f"Keywords: {','.join(MANIFEST['keywords'])}",
        "Requires-Python: >=3.8",
        "Description-Content-Type: text/markdown",
    ]
    return "\n".join(lines) + "\n\n" + (ROOT / "README.md").read_text(encoding="utf-8")


def description(target: Target) -> str:
    """The file `WHEEL`."""
    tags = "".join(f"Tag: {PYTHON}-{tag}\n" for tag in target.wheel_tags)
    return f"Wheel-Version: 1.0\nGenerator: wsgen-release\nRoot-Is-Purelib: false\n{tags}"
