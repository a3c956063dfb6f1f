"""Know the modules without a test file of their name, and keep their table in tests/README.md.

`python -m tests.architecture.untested` takes modules that have one, or are gone, off the table. With `--add`
it also puts new ones into the row of their folder; a folder without a row needs one by hand, with the reason.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

PAGE = Path("tests/README.md")
PRODUCT = ("graph", "nodes", "tools", "guards", "ui", "evals")
_ROW = re.compile(
    r"^\| `(?P<folder>[\w/]+)` \| (?P<modules>[^|]*) \| (?P<tests>[^|]+) \| (?P<why>[^|]+) \|$", re.MULTILINE
)
_NAME = re.compile(r"`([\w/.]+)`")


def untested() -> set[str]:
    """Return the modules that no test file is named after, as paths without their ending."""
    named = {path.stem.removeprefix("test_") for path in Path("tests").rglob("test_*.py")}
    modules = (path for place in PRODUCT for path in Path(place).rglob("*.py"))
    return {
        str(path.with_suffix("")) for path in modules if path.stem not in named | {"__init__", "__main__"}
    }


def listed() -> set[str]:
    """Return the modules of the table, as paths without their ending."""
    return {f"{row['folder']}/{name}" for row in _rows() for name in _NAME.findall(row["modules"])}


def places() -> set[str]:
    """Return the folders and files that the table says the modules are tested in."""
    return {name for row in _rows() for name in _NAME.findall(row["tests"])}


def _rows() -> list[re.Match[str]]:
    return list(_ROW.finditer(PAGE.read_text(encoding="utf-8")))


def _written(row: re.Match[str], *, adds: bool) -> str:
    of_folder = {name.rpartition("/")[2] for name in untested() if name.rpartition("/")[0] == row["folder"]}
    known = set(_NAME.findall(row["modules"]))
    modules = " ".join(f"`{name}`" for name in sorted(of_folder if adds else of_folder & known))
    return f"| `{row['folder']}` | {modules} | {row['tests']} | {row['why']} |" if modules else ""


def main() -> None:
    """Write the table anew."""
    adds, text = "--add" in sys.argv, PAGE.read_text(encoding="utf-8")
    for row in _rows():
        written = _written(row, adds=adds)
        text = text.replace(row[0] if written else f"{row[0]}\n", written)
    PAGE.write_text(text, encoding="utf-8")
    for name in sorted(untested() - listed()):
        sys.stdout.write(f"{name} has no test file of its name and no row\n")


if __name__ == "__main__":
    main()
