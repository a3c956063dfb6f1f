"""What is changed in a published record is found: alone anywhere, with its chain where the run is known."""

from __future__ import annotations

import copy
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from typer.testing import CliRunner

from graph.options import Options
from guards.claims.sealed_report import SEALED, AuditEntry, digest_of, entry_hash
from guards.visible_text import write_json
from tests.fakes.app import events, report, small_app
from tests.fakes.tools import Pages
from ui.cli import app as attest
from ui.report.chain_file import CHAIN, read_chain, write_chain
from ui.report.proof import proof_of
from ui.report.publish import PAGE, RECORD, publish
from ui.report.report_markdown import report_markdown
from ui.report.verify_report import UNSIGNED

PAGES = {"Breakers": "A breaker closes after three probes.", "Marlin": "The marlin store keeps keys."}
Report = dict[str, Any]


def _set(*path: str | int, to: object) -> Callable[[Report], None]:
    def change(made: Report) -> None:
        node: Any = made
        for key in path[:-1]:
            node = node[key]
        node[path[-1]] = to

    return change


CHANGES: dict[str, Callable[[Report], None]] = {
    "status": _set("status", to="partly answered"),
    "reason": _set("reason", to="all is well"),
    "question": _set("question", to="Another question?"),
    "verdict": _set("claims", 0, "verdict", to="contradicted"),
    "confidence": _set("claims", 0, "confidence", to=0.99),
    "independent sources": _set("claims", 0, "independent_sources", to=0),
    "unknowns gone": _set("unknowns", to=[]),
    "unknowns more": _set("unknowns", to=[{"kind": "stale", "detail": "old"}]),
    "title": _set("sources", 0, "title", to="Ministry of Breakers"),
    "location": _set("sources", 0, "location", to="https://www.gov.example/breakers"),
    "date of a source": _set("sources", 0, "published", to="2026-01-01"),
    "retrieval": _set("sources", 0, "retrieved_at", to="2020-01-01T00:00:00+00:00"),
    "author": _set("sources", 0, "author", to="A Minister"),
    "cost": _set("cost", "usd", to="5.00"),
    "calls": _set("cost", "calls", to=99),
    "a model": _set("cost", "by_model", to={"a model": "0.00"}),
    "roles": _set("roles", to={"reader": "somebody"}),
    "date of the run": _set("timings", "finished", to="2020-01-01T00:00:00.000+00:00"),
    "run": _set("run_id", to="r2"),
}


class House:
    """Hold the folder a run published, in a home that knows the run or in none."""

    def __init__(self, place: Path, made: Report) -> None:
        self.home, self.folder, self.report = place / "home", place / "report", made

    def rewrite(self, made: Report) -> None:
        """Write a changed record, and the page that goes with it."""
        (self.folder / RECORD).write_text(write_json(made), "utf-8")
        (self.folder / PAGE).write_text(report_markdown(made), "utf-8")

    def forge_chain(self, made: Report) -> None:
        """Make the chain anew, entry by entry, so that it seals a changed record."""
        entries: list[AuditEntry] = []
        previous = "0" * 64
        for entry in read_chain((self.folder / CHAIN).read_text("utf-8")):
            detail = json.loads(entry.detail)
            if entry.kind == SEALED:
                detail = {"status": made["status"], "report": digest_of(made)}
            body = json.dumps(detail, ensure_ascii=False, sort_keys=True)
            digest = entry_hash(made["run_id"], entry.position, entry.at, entry.kind, body, previous)
            entries.append(
                AuditEntry(
                    position=entry.position,
                    at=entry.at,
                    kind=entry.kind,
                    detail=body,
                    previous=previous,
                    hash=digest,
                )
            )
            previous = digest
        made["audit_head"] = previous
        (self.folder / CHAIN).write_text(write_chain(entries), "utf-8")

    def verify(self, *, known: bool) -> tuple[int, str]:
        """Run `attest verify` where the run was made, or where nobody knows it."""
        home = str(self.home if known else self.home.with_name("elsewhere"))
        environment = {"ATTEST_HOME": home, "ATTEST_DATABASE_URL": ""}
        result = CliRunner().invoke(attest, ["verify", str(self.folder)], env=environment)
        return result.exit_code, result.stdout


@pytest_asyncio.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """Publish the report of a real run."""
    async with small_app(tmp_path / "home", Pages(PAGES)) as app:
        made: Report = report(await events(app.run("breaker? marlin?", Options(), run_id="r1")))
        publish(made, await proof_of(app, made), tmp_path / "report")
    yield House(tmp_path, made)


@pytest.mark.parametrize("known", [True, False])
async def test_what_was_published_verifies_and_says_what_that_proves(house: House, known: bool) -> None:  # noqa: FBT001
    """Where the run was made its database agrees; anywhere else it is said that nothing is signed."""
    code, said = house.verify(known=known)
    assert code == 0, said
    assert (UNSIGNED in said) is not known
    assert ("the database of this machine holds this run" in said) is known


@pytest.mark.parametrize("field", CHANGES)
async def test_a_field_changed_alone_is_found_anywhere(house: House, field: str) -> None:
    """Record and page agree and break no rule of the format: the chain still gives the change away."""
    made = copy.deepcopy(house.report)
    CHANGES[field](made)
    house.rewrite(made)
    for known in (True, False):
        code, said = house.verify(known=known)
        assert code == 1, said
        assert "changed_record: " in said or "broken_chain: " in said


@pytest.mark.parametrize("field", CHANGES)
async def test_a_field_changed_with_its_chain_is_found_where_the_run_is_known(
    house: House, field: str
) -> None:
    """A chain made anew deceives a stranger, who is told that nothing is signed, and no home of the run."""
    made = copy.deepcopy(house.report)
    CHANGES[field](made)
    house.forge_chain(made)
    house.rewrite(made)
    code, said = house.verify(known=False)
    assert (code, UNSIGNED in said) == (0, True), said
    code, said = house.verify(known=True)
    if field == "run":  # nobody here knows a run of that name
        assert UNSIGNED in said
    else:
        assert code == 1
        assert "changed_record: the database knows this run, and it never ended with this audit_head" in said


async def test_a_chain_that_was_touched_or_taken_away_is_found(house: House) -> None:
    """An entry that is changed, gone, elsewhere or none at all is named, and so is a missing chain."""
    chain = house.folder / CHAIN
    lines = chain.read_text("utf-8").splitlines(keepends=True)
    spoiled = {
        "changed": [lines[0].replace('"cost": 0', '"cost": 1'), *lines[1:]],
        "gone": lines[1:],
        "turned": [lines[1], lines[0], *lines[2:]],
        "short": lines[:-1],
        "garbage": ["no entry\n", *lines],
        "more": [*lines, lines[-1]],
        "empty": [],
    }
    for how, changed in spoiled.items():
        chain.write_text("".join(changed), "utf-8")
        code, said = house.verify(known=False)
        assert (code, "broken_chain: " in said) == (1, True), how
    chain.unlink()
    assert house.verify(known=False)[0] == 1


async def test_an_earlier_version_is_no_way_round_the_seal(house: House) -> None:
    """A record that calls itself version 1 beside the chain of version 2 is compared with it all the same."""
    made = copy.deepcopy(house.report)
    del made["reason"]
    for citation in (each for claim in made["claims"] for each in claim["citations"]):
        del citation["sentence"]
    made |= {"schema": "attest.report/1", "status": "complete", "question": "Something else?"}
    house.rewrite(made)
    code, said = house.verify(known=False)
    assert (code, "changed_record: " in said) == (1, True), said


async def test_an_empty_answer_cannot_be_called_answered(house: House) -> None:
    """Sealed or not: a record that claims nothing and calls itself answered breaks the format."""
    made = {**house.report, "claims": [], "sources": [], "answer": "The sources do not say."}
    house.forge_chain(made)
    house.rewrite(made)
    code, said = house.verify(known=False)
    assert (code, "invalid_report: report.claims: has fewer than 1" in said) == (1, True)


async def test_a_database_that_cannot_be_read_is_said_and_stops_nothing(house: House, tmp_path: Path) -> None:
    """Verifying needs no database: one that is broken is named in a note."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "attest.db").write_bytes(b"garbage" * 1000)
    code, said = house.verify(known=False)
    assert code == 0
    assert "note: the database of this machine was not asked: " in said
