"""Whether a tag may be released, and what its notes say."""

from product import MANIFEST, ROOT, VERSION

UNRELEASED = "not released yet"


def insist(tag: str, repository: str) -> None:
    """Ends with every reason why the tag must not be released."""
    reasons = [text for wrong, text in checks(tag, repository) if wrong]
    if reasons:
        raise SystemExit("".join(f"error: {reason}\n" for reason in reasons))


def checks(tag: str, repository: str) -> list[tuple[bool, str]]:
    """Each reason with whether it holds."""
    title = heading()
    return [
        (tag != f"v{VERSION}", f"the tag is {tag}, and Cargo.toml says version {VERSION}"),
        (
            repository != MANIFEST["repository"],
            f"this is {repository}, and `repository` in Cargo.toml says {MANIFEST['repository']}",
        ),
        (title is None, f"CHANGELOG.md has no section ## {VERSION}"),
        (title is not None and UNRELEASED in title, f"CHANGELOG.md says of {VERSION}: {UNRELEASED}"),
    ]


def lines() -> list[str]:
    """CHANGELOG.md."""
    return (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()


def heading() -> str | None:
    """The heading of the version's section."""
    return next((line for line in lines() if line.replace(",", " ").split()[:2] == ["##", VERSION]), None)


def changes() -> str:
    """The version's section without its heading."""
    title, kept, inside = heading(), [], False
    for line in lines():
        if line.startswith("## "):
            inside = line == title
        elif inside:
            kept.append(line)
    return "\n".join(kept).strip()
