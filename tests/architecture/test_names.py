from __future__ import annotations

import ast
import sys
from collections import defaultdict
from pathlib import Path

PRODUCT = ("graph", "nodes", "tools", "guards", "ui", "evals")
MODULES = [path for place in PRODUCT for path in sorted(Path(place).rglob("*.py")) if path.stem != "__init__"]

PARALLEL_FILES = {
    "app": "the application of the graph, and the one that Chainlit starts",
    "budget": "a guard, its command and its suite",
    "chat": "a command and its suite",
    "costs": "the values and the command that lists them",
    "credibility": "a guard and its suite",
    "gateway": "the gateway to models and its suite",
    "judge": "a role of the extractive engine and of the models",
    "planner": "a role of the extractive engine and of the models",
    "reader": "a role of the extractive engine and of the models",
    "runs": "the store and the command that lists it",
    "studio": "the graph for Studio and the command that serves it",
    "verify": "a node and the command for a published report",
    "wording": "a guard and its suite",
    "writer": "a role of the extractive engine and of the models",
}
"""The file names that several things share, and why they are parallel. The list may only shrink."""

REPEATED_CLASSES = frozenset(
    """
    Answer
    Finding
    Reading
    SearchArguments
    Written
    _Hit
    _Reply
    _Work
    """.split()  # noqa: SIM905 - one a line keeps changes apart
)
"""The class names that several files still use. The list may only shrink."""


def shared_files() -> dict[str, list[Path]]:
    """Return the files whose name is not theirs alone, by name."""
    named = defaultdict(list)
    for path in MODULES:
        named[path.stem].append(path)
    return {name: paths for name, paths in named.items() if len(paths) > 1}


def shared_classes() -> dict[str, set[Path]]:
    """Return the files of each class name that more than one file uses."""
    named = defaultdict(set)
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                named[node.name].add(path)
    return {name: paths for name, paths in named.items() if len(paths) > 1}


def test_no_two_files_share_a_name_but_parallel_things() -> None:
    """Whoever looks for a file by its name finds one, or several of which each is named in the list."""
    assert shared_files().keys() == PARALLEL_FILES.keys()


def test_no_two_classes_share_a_name() -> None:
    """A class name means one thing. What still repeats is listed, and leaves the list with its repetition."""
    assert shared_classes().keys() == REPEATED_CLASSES


def test_no_folder_of_the_entrances_hides_another_package() -> None:
    """Chainlit puts `ui` first on the path: a folder in it must not be found in the place of a package."""
    folders = {path.name for path in Path("ui").iterdir() if path.is_dir()}
    assert not folders & {"graph", "nodes", "tools", "guards", "evals", "tests"}
    assert not folders & sys.stdlib_module_names
