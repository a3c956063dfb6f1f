"""Ask the questions of a case file, and tell which answers hold what they must: `python -m evals cases FILE`.

The questions are asked with your own settings: where they name a model, it is asked and paid.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals.answer_scores import is_full
from evals.case_file import EvalCase, documents_of, read_cases
from evals.rates import rate
from evals.result import Metric, SuiteResult
from evals.suite import Setup
from graph.app import open_app
from graph.config.settings import Settings
from graph.errors import Misconfigured
from graph.events import Finished
from graph.options import Options
from graph.run.application import Application


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOutcome:
    """Hold the claims an answer made, the files it cites and each reason why its case failed."""

    case: EvalCase
    claims: tuple[str, ...]
    cited: tuple[str, ...]
    faults: tuple[str, ...]
    first: bool


async def measure(setup: Setup) -> SuiteResult:
    """Ask each case once; raises Misconfigured when no file is named or it cannot be used."""
    if setup.file is None:
        raise Misconfigured("name a file of cases: python -m evals cases FILE (docs/cases.md shows one)")
    file = read_cases(setup.file)
    with tempfile.TemporaryDirectory() as scratch:
        home, made = Path(scratch) / "home", Path(scratch) / "documents"
        made.mkdir()
        documents = documents_of(file, setup.file.parent, made)
        outcomes = [one async for one in _outcomes(file.cases[: setup.limit], documents, home, setup)]
    return SuiteResult(
        suite="cases",
        data=setup.file.name,
        date=datetime.fromtimestamp(setup.clock(), UTC).isoformat(timespec="seconds"),
        metrics=tuple(_metrics(outcomes)),
        cases=tuple(_shown(one) for one in outcomes if one.faults),
        passed=not any(one.faults for one in outcomes),
    )


def outcome(case: EvalCase, report: Mapping[str, Any]) -> CaseOutcome:
    """Compare a report with what its case asks for."""
    claims = tuple(claim["text"] for claim in report["claims"])
    used = {citation["source"] for claim in report["claims"] for citation in claim["citations"]}
    cited = tuple(source["location"] for source in report["sources"] if source["id"] in used)
    return CaseOutcome(
        case=case,
        claims=claims,
        cited=cited,
        faults=tuple(_faults(case, claims, cited)),
        first=bool(claims) and is_full(case.must, claims[0]),
    )


async def _outcomes(
    cases: Sequence[EvalCase], documents: Sequence[Path], home: Path, setup: Setup
) -> AsyncIterator[CaseOutcome]:
    settings = replace(Settings.from_environment(), home=home, database=home / "attest.db", docs=())
    async with open_app(settings) as app:
        for number, case in enumerate(cases, 1):
            told = outcome(case, await _report(app, case.question, documents))
            setup.say(f"{number}/{len(cases)} {'ok' if not told.faults else 'FAILED'}: {case.question}")
            for fault in told.faults:
                setup.say(f"    {fault}")
            yield told


async def _report(app: Application, question: str, documents: Sequence[Path]) -> Mapping[str, Any]:
    """Return the report on a question; a run that waits for a person claims nothing."""
    report: Mapping[str, Any] = {"claims": [], "sources": []}
    async for event in app.run(question, Options(docs=tuple(map(str, documents)))):
        if isinstance(event, Finished):
            report = event.report
    return report


def _faults(case: EvalCase, claims: Sequence[str], cited: Sequence[str]) -> Iterator[str]:
    said = "\n".join(claims)
    if not case.answerable and claims:
        yield f"the documents do not answer this, but the answer says: {claims[0]}"
    if case.answerable and not claims:
        yield "nothing was answered"
        return
    for alternatives in case.must:
        if not is_full((alternatives,), said):
            yield f"the answer does not say {' or '.join(map(repr, alternatives))}"
    for words in _forbidden(case, said):
        yield f"the answer says {words!r}"
    if case.cites and not any(_is_at(place, name) for place in cited for name in case.cites):
        yield f"the answer cites none of {', '.join(case.cites)}"


def _forbidden(case: EvalCase, said: str) -> list[str]:
    return [words for words in case.must_not_say if is_full(((words,),), said)]


def _is_at(location: str, name: str) -> bool:
    return Path(location).parts[-len(Path(name).parts) :] == Path(name).parts


def _metrics(outcomes: Sequence[CaseOutcome]) -> Iterator[Metric]:
    good = [one for one in outcomes if one.case.answerable]
    factual = [one for one in good if one.case.must]
    yield from rate("cases passed", (not one.faults for one in outcomes), target=1.0)
    yield from rate("all facts said", (is_full(one.case.must, "\n".join(one.claims)) for one in factual))
    yield from rate("all facts in the first claim", (one.first for one in factual))
    yield from rate("wrongly silent", (not one.claims for one in good), lower=True)
    bad = [one for one in outcomes if not one.case.answerable]
    yield from rate("unanswerable answered", (bool(one.claims) for one in bad), lower=True)
    wary = [one for one in outcomes if one.case.must_not_say]
    forbidden = (bool(_forbidden(one.case, "\n".join(one.claims))) for one in wary)
    yield from rate("said what it must not", forbidden, lower=True)


def _shown(one: CaseOutcome) -> dict[str, Any]:
    return {
        "id": one.case.id,
        "question": one.case.question,
        "faults": one.faults,
        "claims": one.claims,
        "cited": one.cited,
    }
