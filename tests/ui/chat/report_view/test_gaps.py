"""Every gap of a report has a title, and is listed once."""

from __future__ import annotations

import ast
from pathlib import Path

from graph.records import Outcome
from tests.ui.chat.report_view import reports
from ui.chat.report_view.gaps import gaps
from ui.report.gap_titles import TITLES

PACKAGES = ("graph", "nodes", "guards", "tools")


def test_every_gap_is_shown_once_in_an_order_for_readers() -> None:
    """Gaps are grouped under plain titles; a kind nobody gave a title comes last under its own name."""
    found = gaps(reports.disputed())
    assert [gap.title for gap in found] == [
        "Not answered by the sources",
        "Sources disagree",
        "Resting on one source",
        "Brand new",
    ]
    assert sum(len(gap.details) for gap in found) == len(reports.disputed()["unknowns"])


def test_every_kind_of_gap_the_product_names_has_a_title() -> None:
    """A kind that is added gets words for its readers."""
    found = set()
    for path in (path for place in PACKAGES for path in Path(place).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Unknown":
                found |= {k.value.value for k in node.keywords if isinstance(k.value, ast.Constant)}
    kinds = {kind for kind in found if isinstance(kind, str) and " " not in kind}
    failures = {f"call_{outcome}" for outcome in (Outcome.FAILED, Outcome.DENIED, Outcome.SKIPPED)}
    assert len(kinds) > 10
    assert kinds | failures <= set(TITLES)
