"""Measure what of a file is found again by a question: `python -m evals reading`.

The same facts are written into a document of each format and asked for through the whole product. With
`--data`, the questions of a folder are asked as well: those of its `questions.jsonl`, each about one file. A
question counts as answered when one claim of the report holds all the words it must, and as read when a line
of the text does: what is read and not answered was not found or not chosen.

Without `--limit` it tells as well what 5,000 files, a table of a million rows and 619 pages cost.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from evals.bench.kept_words import kept_of_pdfs, kept_of_word_documents
from evals.bench.known_facts import known_facts
from evals.bench.made_documents import CAUSES, MODELS, made, tables
from evals.bench.made_documents import ROWS as TABLE
from evals.bench.reading_scale import FILES, PAGES, ROWS, cost, indexed, long_pdf, long_table
from evals.bench.sentence_ends import sentence_ends
from evals.bench.whole_product import opened
from evals.data import DataSet, find, rows
from evals.intervals import bootstrap, wilson
from evals.result import Metric, SuiteResult
from evals.suite import Setup
from graph.events import Finished
from graph.options import Options
from graph.run.application import Application
from tools.documents.parser import Parser

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
    "titles found": 1.0,
    "dates found": 1.0,
}


_WORST = 10


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
    read: bool


async def measure(setup: Setup) -> SuiteResult:
    """Ask each question about its file alone."""
    with tempfile.TemporaryDirectory() as scratch:
        sets = _made(Path(scratch)), _given(setup, Path(scratch))
        asked = [question for each in sets for question in islice(each, setup.limit)]
        answers: list[Answer] = []
        async with opened(Path(scratch) / "home") as app:
            with closing(Parser()) as parser:
                for at, question in enumerate(asked, start=1):
                    answers.append(await _answer(app, parser, question))
                    setup.say(f"{at} of {len(asked)} questions")
        costs = [] if setup.limit else [cost async for cost in _costs(Path(scratch))]
    ends, cut_wrongly = sentence_ends()
    kept, lost = _kept(setup)
    return SuiteResult(
        suite="reading",
        data=f"{len(answers)} questions about {len({answer.question.file for answer in answers})} files",
        date=datetime.fromtimestamp(setup.clock(), UTC).isoformat(timespec="seconds"),
        metrics=(*_metrics(answers), *ends, *kept, *_known(), *costs),
        cases=(*_missed(answers), *cut_wrongly, *lost),
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
    header, *body = TABLE
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


async def _answer(app: Application, parser: Parser, question: FileQuestion) -> Answer:
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
        read=await parser.aside(partial(_is_read, parser, question)),
    )


def _is_read(parser: Parser, question: FileQuestion) -> bool:
    """Tell whether the words of an answer stand in one line of what is read of the file."""
    text = parser.parse(question.file.suffix, question.file.read_bytes()).text
    return any(_holds(line, question.must) for line in text.splitlines())


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
    yield from _rate("answers in one line of what was read", (a.read for a in answers))
    yield from _rate("places named", (placed for answer in ours for placed in answer.placed))
    for kind in sorted({a.question.kind for a in answers}):
        yield from _rate(f"kind {kind}", (a.answered for a in answers if a.question.kind == kind))
    for suffix in sorted({a.question.file.suffix for a in answers}):
        yield from _rate(
            f"format {suffix}", (a.answered for a in answers if a.question.file.suffix == suffix)
        )


def _kept(setup: Setup) -> tuple[Sequence[Metric], Sequence[Mapping[str, Any]]]:
    """Return how many words the readers of PDF and Word keep, and the files that lose most.

    There is nothing of PDF without files or pdftotext.
    """
    word = list(kept_of_word_documents().values())
    metrics = [_mean("words kept of made Word documents", word, target=0.99)]
    pdfs = kept_of_pdfs(setup.data) if setup.data else None
    if not pdfs or not pdfs.shares:
        return metrics, []
    shares = list(pdfs.shares.values())
    metrics.append(_mean("words kept of the PDFs of the folder", shares, floor=0.942, target=0.962))
    lost = sorted((share, name) for name, share in pdfs.shares.items() if share < 1)[:_WORST]
    refused = [
        {"file": name, "refused": reason} for name, _, reason in (r.partition(": ") for r in pdfs.refused)
    ]
    return metrics, [*({"file": name, "words kept": round(share, 3)} for share, name in lost), *refused]


def _known() -> Iterator[Metric]:
    """Yield how many titles and dates are found of documents that say them."""
    titles, dates = known_facts()
    yield from _rate("titles found", titles.values())
    yield from _rate("dates found", dates.values())


async def _costs(scratch: Path) -> AsyncIterator[Metric]:
    """Yield what many files, a long table and a long PDF cost, beside how busy the machine was."""
    seconds, load = await indexed(scratch)
    yield _cost("seconds for 5,000 text files", seconds, FILES, 15.0)
    yield _cost("running processes for each processor meanwhile", load, FILES)
    table = await asyncio.to_thread(lambda: cost(long_table(scratch)))
    yield _cost("MB of memory for a table of a million rows", table.megabytes, ROWS, 300.0)
    pages = await asyncio.to_thread(lambda: cost(long_pdf(scratch)))
    yield _cost("seconds of work for 619 pages of PDF", pages.work, PAGES, 5.0)


def _cost(name: str, value: float, n: int, target: float | None = None) -> Metric:
    return Metric(name=name, value=value, n=n, low=value, high=value, target=target, lower_is_better=True)


def _mean(name: str, values: Sequence[float], *, target: float, floor: float | None = None) -> Metric:
    low, high = bootstrap(values)
    value = sum(values) / len(values)
    return Metric(name=name, value=value, n=len(values), low=low, high=high, floor=floor, target=target)


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
                "read": answer.read,
                "claims": answer.claims,
            }
