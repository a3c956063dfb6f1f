"""Measure what of a file is found again by a question: `python -m evals reading`.

The same facts are written into a document of each format and asked for through the whole product. With
`--data`, the questions of a folder are asked as well: those of its `questions.jsonl`, each about one file. A
question counts as answered when one claim of the report holds all the words it must.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from evals.bench.kept_words import kept_of_pdfs, kept_of_word_documents
from evals.bench.made_documents import CAUSES, MODELS, ROWS, made, tables
from evals.bench.sentence_ends import sentence_ends
from evals.bench.whole_product import opened
from evals.data import DataSet, find, rows
from evals.intervals import bootstrap, wilson
from evals.result import Metric, SuiteResult
from evals.suite import Setup
from graph.events import Finished
from graph.options import Options
from graph.run.application import Application

READING = DataSet(
    name="reading",
    files={"questions.jsonl": {"file": str, "kind": str, "question": str, "must": list}},
    origin="questions of your own, each about one `file` of the folder, with words its answer must hold",
)
FLOOR: Mapping[str, float] = {
    "table questions": 0.203,
    "made documents": 0.312,
    "questions of the folder": 0.460,
    "places named": 0.0,
    "kind list": 0.071,
    "kind section": 0.608,
    "kind table": 0.203,
}
"""The first result, on 159 questions, of the reader that kept neither headings nor tables."""
TARGETS: Mapping[str, float] = {
    "table questions": 0.85,
    "made documents": 0.85,
    "questions of the folder": 0.85,
    "places named": 1.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileQuestion:
    """Ask for a fact of one file; an answer holds all of the words it `must`."""

    file: Path
    kind: str
    text: str
    must: tuple[str, ...]
    made: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Hold whether a question was answered, and for each citation whether its place is named."""

    question: FileQuestion
    answered: bool
    placed: tuple[bool, ...]
    claims: tuple[str, ...]


async def measure(setup: Setup) -> SuiteResult:
    """Ask each question about its file alone."""
    with tempfile.TemporaryDirectory() as scratch:
        sets = _made(Path(scratch)), _given(setup, Path(scratch))
        asked = [question for each in sets for question in islice(each, setup.limit)]
        answers: list[Answer] = []
        async with opened(Path(scratch) / "home") as app:
            for at, question in enumerate(asked, start=1):
                answers.append(await _answer(app, question))
                setup.say(f"{at} of {len(asked)} questions")
    ends, cut_wrongly = sentence_ends()
    return SuiteResult(
        suite="reading",
        data=f"{len(answers)} questions about {len({answer.question.file for answer in answers})} files",
        date=datetime.fromtimestamp(setup.clock(), UTC).isoformat(timespec="seconds"),
        metrics=(*_metrics(answers), *ends, *_kept(setup)),
        cases=(*_missed(answers), *cut_wrongly),
    )


def _made(scratch: Path) -> Iterator[FileQuestion]:
    """Yield the questions about the made documents, each document in a folder of its own."""
    for suffix, data in made().items():
        file = scratch / suffix[1:] / f"pumps{suffix}"
        file.parent.mkdir()
        file.write_bytes(data)
        yield from _table(file)
        if suffix not in tables():
            yield from _text(file)


def _table(file: Path) -> Iterator[FileQuestion]:
    header, *body = ROWS
    for row, column in ((3, 3), (1, 1), (2, 3)):
        country, year, value = body[row - 1][0], header[column], body[row - 1][column]
        text = f"How many thousand pumps were sold in {country} in {year}?"
        yield FileQuestion(file=file, kind="table", text=text, must=(country, year, value), made=True)


def _text(file: Path) -> Iterator[FileQuestion]:
    for model, value in MODELS.items():
        text = f"What is the greatest pressure of {model}?"
        yield FileQuestion(file=file, kind="section", text=text, must=(value,), made=True)
    text = "Which causes of a stop are there?"
    yield FileQuestion(file=file, kind="list", text=text, must=CAUSES[:1], made=True)


def _given(setup: Setup, scratch: Path) -> Iterator[FileQuestion]:
    """Yield the questions of a folder; each file is copied into a folder of its own."""
    folder = find(setup.data, READING) if setup.data else None
    if folder is None:
        return
    form = READING.files["questions.jsonl"]
    for at, row in enumerate(rows(folder / "questions.jsonl", form)):
        file = scratch / f"given{at}" / Path(row["file"]).name
        file.parent.mkdir()
        shutil.copyfile(folder / row["file"], file)
        must = tuple(map(str, row["must"]))
        yield FileQuestion(file=file, kind=row["kind"], text=row["question"], must=must, made=False)


async def _answer(app: Application, question: FileQuestion) -> Answer:
    report: Mapping[str, Any] = {"claims": []}
    async for event in app.run(question.text, Options(docs=(str(question.file.parent),))):
        if isinstance(event, Finished):
            report = event.report
    claims = report["claims"]
    citations = [citation for claim in claims for citation in claim["citations"]]
    return Answer(
        question=question,
        answered=any(_holds(claim["text"], question.must) for claim in claims[: _first(question)]),
        placed=tuple(bool(citation.get("place")) for citation in citations),
        claims=tuple(claim["text"] for claim in claims),
    )


def _first(question: FileQuestion) -> int | None:
    """Return how many claims count: of values that differ by their heading only, the first alone."""
    return 1 if question.kind == "section" else None


def _holds(text: str, must: Iterable[str]) -> bool:
    said = " ".join(text.split()).lower()
    return all(words.lower() in said for words in must)


def _metrics(answers: Sequence[Answer]) -> Iterator[Metric]:
    ours = [answer for answer in answers if answer.question.made]
    theirs = [answer for answer in answers if not answer.question.made]
    yield from _rate("table questions", (a.answered for a in answers if a.question.kind == "table"))
    yield from _rate("made documents", (a.answered for a in ours))
    yield from _rate("questions of the folder", (a.answered for a in theirs))
    yield from _rate("places named", (placed for answer in ours for placed in answer.placed))
    for kind in sorted({a.question.kind for a in answers}):
        yield from _rate(f"kind {kind}", (a.answered for a in answers if a.question.kind == kind))
    for suffix in sorted({a.question.file.suffix for a in answers}):
        yield from _rate(
            f"format {suffix}", (a.answered for a in answers if a.question.file.suffix == suffix)
        )


def _kept(setup: Setup) -> Iterator[Metric]:
    """Yield how many words the readers of PDF and Word keep; nothing of PDF without files or pdftotext."""
    word = list(kept_of_word_documents().values())
    yield _mean("words kept of made Word documents", word, 0.99)
    pdfs = kept_of_pdfs(setup.data) if setup.data else None
    if pdfs and pdfs.shares:
        yield _mean("words kept of the PDFs of the folder", list(pdfs.shares.values()), None)


def _mean(name: str, values: Sequence[float], target: float | None) -> Metric:
    low, high = bootstrap(values)
    return Metric(
        name=name, value=sum(values) / len(values), n=len(values), low=low, high=high, target=target
    )


def _rate(name: str, outcomes: Iterable[bool]) -> Iterator[Metric]:
    """Yield the share of outcomes that are good, with its Wilson interval; nothing without outcomes."""
    good = list(outcomes)
    if good:
        low, high = wilson(sum(good), len(good))
        value, floor, target = sum(good) / len(good), FLOOR.get(name), TARGETS.get(name)
        yield Metric(name=name, value=value, n=len(good), low=low, high=high, floor=floor, target=target)


def _missed(answers: Iterable[Answer]) -> Iterator[Mapping[str, Any]]:
    """Yield the questions that were not answered, with what was claimed."""
    for answer in answers:
        if not answer.answered:
            asked = answer.question
            yield {
                "file": asked.file.name,
                "question": asked.text,
                "must": asked.must,
                "claims": answer.claims,
            }
