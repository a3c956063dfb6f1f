"""The rating of a source goes from the check of its claims into the report, and comes back from storage."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema

from graph.options import Options
from tests.fakes.app import events, report, small_app
from tests.fakes.tools import Pages
from tests.ui.report import examples
from ui.report.proof import Proof, proof_of
from ui.report.publish import publish
from ui.report.verify_report import verify_folder

SCHEMA = json.loads(Path("graph/report/report.schema.json").read_text(encoding="utf-8"))
BLOG, OFFICE = "ann.substack.com/p/breaker", "www.cdc.gov/marlin"
PAGES = {BLOG: "A breaker closes after three probes.", OFFICE: "The marlin store keeps keys for 24 hours."}


async def asked(home: Path, question: str, at: str = "https://") -> dict[str, Any]:
    """Ask about two pages whose places begin with `at`."""
    async with small_app(home, Pages(PAGES, at=at)) as app:
        return report(await events(app.run(question, Options(), run_id="r1")))


def kinds(made: dict[str, Any]) -> dict[str, str]:
    return {gap["kind"]: gap["detail"] for gap in made["unknowns"]}


async def test_every_source_of_a_report_has_its_credibility(tmp_path: Path) -> None:
    """Score, grade and reasons stand beside each source, in the schema; claims on weak ones are named."""
    made = await asked(tmp_path, "breaker? marlin?")
    jsonschema.Draft202012Validator(SCHEMA).validate(made)
    blog, office = (source["credibility"] for source in made["sources"])
    assert (blog["grade"], office["grade"]) == ("low", "high")
    assert blog["reasons"] == [
        "anyone can publish at this host (+33)",
        "names no author (-3)",
        "no date (-2)",
    ]
    assert (blog["score"], office["score"]) == (28, 75)
    assert kinds(made)["low_credibility"] == "claim 1 rests on sources of low credibility only"


async def test_own_documents_are_not_rated_and_make_no_noise(tmp_path: Path) -> None:
    """A file has no score, and nothing is said of it among what the report does not know."""
    made = await asked(tmp_path, "breaker? marlin?", at="/documents/")
    assert {source["credibility"]["grade"] for source in made["sources"]} == {"not rated"}
    assert all(source["credibility"]["score"] is None for source in made["sources"])
    assert "low_credibility" not in kinds(made)


async def test_a_rating_comes_back_from_the_checkpoint(tmp_path: Path) -> None:
    """Another process finds the ratings in the stored state as they were made."""
    made = await asked(tmp_path, "breaker?")
    async with small_app(tmp_path, Pages(PAGES)) as app:
        state = await app.graph.aget_state({"configurable": {"thread_id": "r1"}})
    (rating,) = state.values["ratings"]
    assert rating.score == made["sources"][0]["credibility"]["score"]
    assert rating.reasons == tuple(made["sources"][0]["credibility"]["reasons"])


async def test_a_published_report_verifies_with_ratings_and_without(tmp_path: Path) -> None:
    """What is published now verifies, and so does a record of the time before there were ratings."""
    made = await asked(tmp_path / "home", "breaker? marlin?")
    async with small_app(tmp_path / "home", Pages(PAGES)) as app:
        proof = await proof_of(app, made)
    publish(made, proof, tmp_path / "now")
    for source in made["sources"]:
        del source["credibility"]
    publish(made, Proof(texts=proof.texts, chain=examples.chain(made)), tmp_path / "before")
    assert verify_folder(tmp_path / "now").findings == verify_folder(tmp_path / "before").findings == ()
    assert "credibility low, 28 of 100" in (tmp_path / "now" / "report.md").read_text(encoding="utf-8")
    page = (tmp_path / "before" / "report.md").read_text(encoding="utf-8")
    assert "; credibility" not in page
