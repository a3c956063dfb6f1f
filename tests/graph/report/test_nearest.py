"""A report without an answer shows the nearest passage, and proves it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph.app import open_app
from graph.events import Finished
from graph.options import Options
from tests.fakes.app import settings
from ui.report.proof import proof_of
from ui.report.publish import RECORD, publish
from ui.report.verify_report import verify_folder

TEXT = "# Ferry\n\nThe ferry leaves the harbour at noon on weekdays.\n"
QUESTION = "What does a ticket for the ferry cost?"


@pytest.fixture
async def published(tmp_path: Path) -> tuple[Path, dict[str, Any]]:
    """Publish the report of a question that the only document does not answer."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "ferry.md").write_text(TEXT, encoding="utf-8")
    folder = tmp_path / "out"
    folder.mkdir()
    async with open_app(settings(tmp_path / "home")) as app:
        options = Options(docs=(str(tmp_path / "docs"),), sources=("documents",))
        (report,) = [e.report async for e in app.run(QUESTION, options) if isinstance(e, Finished)]
        publish(report, await proof_of(app, report), folder)
    return folder, report


async def test_the_nearest_passage_is_told_and_verified(published: tuple[Path, dict[str, Any]]) -> None:
    """It is an exact quote of a source of the report, and claims nothing."""
    folder, report = published
    assert (report["status"], report["claims"]) == ("not answered", [])
    assert "leaves the harbour at noon" in report["nearest"]["quote"]
    assert report["nearest"]["source"] in {source["id"] for source in report["sources"]}
    assert verify_folder(folder).findings == ()


async def test_a_forged_nearest_passage_is_found(published: tuple[Path, dict[str, Any]]) -> None:
    """Other words than those of the source do not verify."""
    folder, report = published
    near = {**report["nearest"], "quote": report["nearest"]["quote"].replace("noon", "nine")}
    (folder / RECORD).write_text(json.dumps({**report, "nearest": near}), encoding="utf-8")
    found = {str(each.kind) for each in verify_folder(folder).findings}
    assert "changed_quote" in found
