"""Print the figures of ARCHITECTURE.md about the code: `python -m tests.architecture.figures`."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from pathlib import Path

from tests.architecture.test_layers import CONTRACTS, WHOLE
from tests.architecture.test_names import MODULES, PRODUCT, shared_classes, shared_files


def loose_modules() -> dict[str, int]:
    """Return how many modules stand loose in each folder at the top."""
    return {place: sum(path.parent == Path(place) for path in MODULES) for place in PRODUCT}


def statements() -> Counter[str]:
    """Count the statements of each folder at the top, without docstrings."""
    counted: Counter[str] = Counter()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            counted[path.parts[0]] += isinstance(node, ast.stmt) and not _is_docstring(node)
    return counted


def _is_docstring(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def exceptions() -> int:
    """Count the imports of stores, tools and nodes that the entrances may make all the same."""
    (contract,) = (each for each in CONTRACTS if each["name"].startswith("The entrances"))
    return len(contract["ignore_imports"])


def main() -> None:
    """Print a line for each figure."""
    counted = statements()
    for name, figure in (
        ("loose modules", loose_modules()),
        ("file names that repeat", len(shared_files())),
        ("class names that repeat", len(shared_classes())),
        ("layer lines", len(WHOLE)),
        ("exceptions of the entrances", exceptions()),
        ("statements", f"{counted.total():,} {dict(counted)}"),
    ):
        sys.stdout.write(f"{name}: {figure}\n")


if __name__ == "__main__":
    main()
