"""Read the documents of the repository."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("graph", "nodes", "tools", "guards", "ui", "evals")
_SKIPPED = {"__pycache__", "reports", "build", "dist"}


@cache
def kept() -> tuple[Path, ...]:
    """Return the files that belong to the repository; without git, those outside of hidden folders."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    names = listed.stdout.split("\0") if listed.returncode == 0 else _walked()
    return tuple(path for name in names if name and (path := ROOT / name).is_file())


def documents() -> tuple[Path, ...]:
    """Return the Markdown files people read; those of the evaluation library are material."""
    library = ROOT / "evals" / "library" / "documents"
    return tuple(path for path in kept() if path.suffix == ".md" and not path.is_relative_to(library))


def page(name: str) -> str:
    """Return a page of the repository, such as `README.md` or `docs/settings.md`."""
    return (ROOT / name).read_text(encoding="utf-8")


def marked(name: str, text: str) -> str:
    """Return what stands between the marks of a name, without its code fence."""
    found = re.search(rf"<!-- {name} -->\n(.*?)\n<!-- /{name} -->", text, re.DOTALL)
    assert found, f"the page has lost its <!-- {name} --> marks"
    return re.sub(r"\A```\w*\n|\n```\Z", "", found[1])


def name_of(path: Path) -> str:
    """Return a path as it is written in the repository."""
    return path.relative_to(ROOT).as_posix()


def _walked() -> list[str]:
    return [
        name_of(path)
        for path in ROOT.rglob("*")
        if path.is_file()
        and not _SKIPPED & set(path.parts)
        and not any(part.startswith(".") for part in path.relative_to(ROOT).parts[:-1])
    ]
