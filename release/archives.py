"""Archives for people, for `cargo binstall` and for the action."""

import io
import lzma
import tarfile
import zipfile
from pathlib import Path

from product import PAPERS, ROOT, SECONDS, YEAR, Target


def write(target: Target, program: Path, out: Path) -> Path:
    """Writes the archive of a system into the folder `out`."""
    files = [(f"{target.folder}/{target.program}", program.read_bytes(), 0o755)]
    files += [(f"{target.folder}/{name}", (ROOT / name).read_bytes(), 0o644) for name in PAPERS]
    path = out / target.archive
    form = {"tar.xz": tar_xz, "zip": zip_file}[target.archive_form]
    path.write_bytes(form(files))
    return path


def tar_xz(files: list[tuple[str, bytes, int]]) -> bytes:
    """A compressed tape archive."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, content, mode in files:
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode, entry.mtime = len(content), mode, SECONDS
            tar.addfile(entry, io.BytesIO(content))
    return lzma.compress(plain.getvalue(), preset=6)


def zip_file(files: list[tuple[str, bytes, int]]) -> bytes:
    """A zip file."""
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content, mode in files:
            entry = zipfile.ZipInfo(name, (YEAR, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, mode << 16
            archive.writestr(entry, content)
    return plain.getvalue()
