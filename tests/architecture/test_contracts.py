from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

HOUSE = ("graph", "nodes", "tools", "guards", "ui", "evals", "tests")
PLACES = [path for place in HOUSE for path in sorted(Path(place).rglob("*.py"))]
CODE = [path for path in PLACES if path.parts[0] != "tests"]
MAY_REVEAL = (
    "graph/outline.py",
    "graph/untrusted.py",
    "graph/stores/evidence.py",
    "graph/stores/index/passage_index.py",
    "graph/stores/retrievals.py",
    "guards/",
    "tools/documents/",
    "tools/search_results.py",
    "tools/page/relevant_passages.py",
    "tools/call_pipeline/result_validation.py",
    "tools/models/",
    "ui/chat/report_view/passage_window.py",
    "ui/chat/run_view/draft_text.py",
    "ui/report/publish",
    "ui/report/exports/cited_passages.py",
    "ui/server/web/event_json.py",
    "ui/server/web/source_text.py",
    "evals/",
)


def calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))


def named(path: Path, name: str) -> bool:
    return any(isinstance(c.func, ast.Attribute) and c.func.attr == name for c in calls(path))


def test_untrusted_text_is_revealed_only_where_sources_are_read() -> None:
    """No node, planner, route or screen can turn outside text into a string of its own."""
    assert [str(p) for p in CODE if named(p, "reveal") and not str(p).startswith(MAY_REVEAL)] == []


def test_the_planner_never_reveals() -> None:
    """What decides the next call cannot read a source."""
    assert not named(Path("tools/models/extractive/planner.py"), "reveal")
    assert not named(Path("tools/models/roles/planner.py"), "reveal")


def test_only_the_settings_read_the_environment() -> None:
    """One file answers for what the environment means."""
    readers = [
        str(path)
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    ]
    assert set(readers) == {"graph/config/settings.py"}


@pytest.mark.parametrize("path", PLACES, ids=str)
def test_files_and_functions_stay_small(path: Path) -> None:
    """A file has at most 300 lines and a function of the house at most forty."""
    source = path.read_text()
    assert len(source.splitlines()) <= 300
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 40, node.name


@pytest.mark.parametrize("path", [p for p in PLACES if p.name == "__init__.py"], ids=str)
def test_a_package_file_holds_a_docstring_and_nothing_else(path: Path) -> None:
    """Importing a package runs nothing."""
    body = ast.parse(path.read_text()).body
    assert len(body) == 1
    assert isinstance(body[0], ast.Expr)


@pytest.mark.parametrize("path", [p for p in PLACES if p.name.startswith("test_")], ids=str)
def test_every_test_says_what_it_proves(path: Path) -> None:
    """Each test has a sentence."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            assert ast.get_docstring(node), node.name


def test_nodes_catch_no_broad_exception() -> None:
    """LangGraph's interrupt is an exception: a node that catches everything would swallow a person's say."""
    for path in (p for p in CODE if p.parts[0] == "nodes"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ExceptHandler):
                assert node.type is not None
                assert ast.unparse(node.type) not in {"Exception", "BaseException"}


def test_no_installed_distribution_shadows_the_house() -> None:
    """Site-packages outranks an editable install: a foreign package of our name would be imported instead."""
    ours = packages_distributions()
    for place in HOUSE[:-1]:
        assert set(ours.get(place, ["attest"])) == {"attest"}
