from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CONTRACTS: list[dict[str, Any]] = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["contracts"]
WHOLE, GRAPH = (contract["layers"] for contract in CONTRACTS[:2])


def names(line: str) -> list[str]:
    """Return the names of a layer."""
    return re.split(r" [:|] ", line.replace("(", "").replace(")", ""))


VALUES = frozenset(names(GRAPH[-1]))


def imported(path: Path) -> Iterator[str]:
    """Yield the modules of the project that a module imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def test_every_module_of_graph_is_in_one_layer() -> None:
    """A new module is given its place: import-linter is told to ask for it, and none stands in two."""
    assert CONTRACTS[1]["exhaustive"] is True
    assert CONTRACTS[1]["containers"] == ["graph"]
    named = [name for line in GRAPH for name in names(line)]
    found = [p for p in Path("graph").iterdir() if p.suffix == ".py" or (p / "__init__.py").is_file()]
    assert {path.stem for path in found} - {"__init__"} <= {*named}
    assert len(named) == len({*named})


def test_the_short_layers_are_those_of_graph_in_the_same_order() -> None:
    """The picture that a person remembers, and the list that names every module, say the same."""
    of_graph = [
        {name.removeprefix("graph.") for name in names(line) if name.startswith("graph.")} for line in WHOLE
    ]
    lines = [{*names(line)} for line in GRAPH]
    assert all(short <= whole for short, whole in zip(filter(None, of_graph), lines, strict=True))


def test_values_know_only_values() -> None:
    """What is at the bottom imports nothing of the project but what is at the bottom too."""
    project = {"graph", "nodes", "tools", "guards", "ui", "evals"}
    for name in VALUES:
        path = Path(f"graph/{name}.py")
        inside = {m for m in (imported(path) if path.exists() else ()) if m.split(".")[0] in project}
        assert {m.removeprefix("graph.") for m in inside} <= VALUES, name
