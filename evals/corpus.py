"""Ask the whole product questions with known passages: `python -m evals corpus`."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from graph.app import App, open_app
from graph.events import Finished
from graph.options import Options
from graph.ports import Reader, Services
from graph.records import Claim, Excerpt, Lead, Span
from graph.settings import Settings
from tools.lexicon import sentences, terms

LIBRARY = Path(__file__).parent / "library"
UNANSWERABLE = ("unanswerable", "null_query")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """Name the words that answer, and the documents (paths in the corpus) that hold them."""

    documents: tuple[str, ...]
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Hold one question of a corpus; no gold means the corpus does not answer it."""

    id: str
    question: str
    kind: str
    gold: tuple[Gold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Hold a folder of documents and questions about them."""

    name: str
    documents: Path
    rows: tuple[Row, ...]

    @property
    def root(self) -> Path:
        """Return the absolute folder of the documents."""
        return self.documents.resolve()

    def path(self, location: str) -> str:
        """Return the path of a source inside the corpus, or its location when it lies elsewhere."""
        path = Path(location)
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else location


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Hold the answer to one question, the texts and paths of what it cites, and the seconds it took.

    `floor` is the sentence a plain search would have quoted.
    """

    row: Row
    report: Mapping[str, Any]
    texts: Mapping[str, str]
    paths: Mapping[str, str]
    floor: tuple[Span, ...]
    seconds: float

    @property
    def citations(self) -> tuple[Mapping[str, Any], ...]:
        """Return every citation of every claim."""
        return tuple(citation for claim in self.report["claims"] for citation in claim["citations"])

    @property
    def cited(self) -> tuple[Span, ...]:
        """Return where the citations stand."""
        return tuple(Span(source=c["source"], start=c["start"], end=c["end"]) for c in self.citations)

    def holding(self, spans: Sequence[Span]) -> list[bool]:
        """Tell for each gold passage whether one of the spans covers half of the shorter of the two."""
        return [any(hits(span, self._places(gold)) for span in spans) for gold in self.row.gold]

    def _places(self, gold: Gold) -> list[Span]:
        return places(gold, self.texts, self.paths)


@dataclass(slots=True, kw_only=True)
class Watcher:
    """Read as the product's reader does, and keep the first excerpts it was given."""

    reader: Reader
    excerpts: tuple[Excerpt, ...] = ()

    async def leads(self, question: str, excerpts: Sequence[Excerpt]) -> tuple[Lead, ...]:
        """Point at names as the product does."""
        return await self.reader.leads(question, excerpts)

    async def read(
        self, root: str, question: str, excerpts: Sequence[Excerpt], options: Options
    ) -> tuple[Claim, ...]:
        """Read as the product does."""
        self.excerpts = self.excerpts or tuple(excerpts)
        return await self.reader.read(root, question, excerpts, options)


def library(folder: Path, questions: str) -> Corpus:
    """Read a folder of library form: `documents/` and a file of questions."""
    return Corpus(
        name=folder.name,
        documents=folder / "documents",
        rows=tuple(
            Row(
                id=row["id"],
                question=row["question"],
                kind=row["kind"],
                gold=tuple(
                    Gold(documents=(gold["document"], *_listed(gold.get("also"))), quote=gold["quote"])
                    for gold in row["gold"]
                ),
            )
            for row in _lines(folder / questions)
        ),
    )


def multihop(folder: Path, into: Path, *, calibrates: bool) -> Corpus:
    """Write the stubs of MultiHop-RAG as documents; return the half of its rows that calibrates, or not."""
    stubs = _lines(folder / "doc_stubs.jsonl")
    into.mkdir(parents=True, exist_ok=True)
    for stub in stubs:
        title, date = json.dumps(stub["title"], ensure_ascii=False), stub["published_at"][:10]
        head = f"---\ntitle: {title}\ndate: {date}\n---\n"
        byline = f"By {stub['author']}, {stub['source']}, {date}"
        (into / f"{stub['id']}.md").write_text(f"{head}\n{byline}\n\n{stub['text']}\n", encoding="utf-8")
    paths = {stub["url"]: f"{stub['id']}.md" for stub in stubs}
    kept = [row for row in _lines(folder / "qa.jsonl") if in_calibration(row["id"]) == calibrates]
    return Corpus(name="multihop", documents=into, rows=tuple(_multihop_row(row, paths) for row in kept))


def in_calibration(name: str) -> bool:
    """Tell by a hash of its id whether a MultiHop-RAG row calibrates; the others are reported on."""
    return int(hashlib.sha256(f"multihop_rag{name}".encode()).hexdigest(), 16) % 2 == 0


def _multihop_row(row: Mapping[str, Any], paths: Mapping[str, str]) -> Row:
    gold = tuple(Gold(documents=(paths[fact["url"]],), quote=fact["fact"]) for fact in row["evidence"])
    return Row(id=row["id"], question=row["question"], kind=row["type"], gold=gold)


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def _listed(value: str | list[str] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


@asynccontextmanager
async def opened(home: Path, adapt: Callable[[Services], Services] | None = None) -> AsyncIterator[App]:
    """Open the product over a fresh database in a folder."""
    home.mkdir(parents=True, exist_ok=True)
    settings = Settings(home=home, database=home / "attest.db", docs=(), budget=1_000_000, eval_data=None)
    async with open_app(settings, adapt) as app:
        yield app


async def answers(corpus: Corpus, home: Path) -> list[Asked]:
    """Ask every question of a corpus, one after another; a first run that is not timed reads the documents."""
    watchers: list[Watcher] = []

    def watch(services: Services) -> Services:
        watchers.append(Watcher(reader=services.reader))
        return replace(services, reader=watchers[-1])

    async with opened(home, watch) as app:
        await report_on(app, corpus, "What is here?")
        return [await _asked(app, corpus, row, watchers[-1]) for row in corpus.rows]


async def report_on(app: App, corpus: Corpus, question: str) -> Mapping[str, Any]:
    """Return the report on one question; a run that waits for a person has no claims."""
    report: Mapping[str, Any] = {"claims": [], "sources": []}
    options = Options(docs=(str(corpus.root),))
    async for event in app.run(question, options):
        if isinstance(event, Finished):
            report = event.report
    return report


async def _asked(app: App, corpus: Corpus, row: Row, watcher: Watcher) -> Asked:
    watcher.excerpts = ()
    started = time.perf_counter()
    report = await report_on(app, corpus, row.question)
    seconds = time.perf_counter() - started
    floor = tuple(_plain_answer(row.question, watcher.excerpts))
    ids = list({*(source["id"] for source in report["sources"]), *(span.source for span in floor)})
    texts, paths = await stored(app, corpus, ids)
    return Asked(row=row, report=report, texts=texts, paths=paths, floor=floor, seconds=seconds)


async def stored(app: App, corpus: Corpus, ids: list[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the texts of sources and their paths in the corpus, by id."""
    found = await app.services.evidence.snapshots(ids)
    texts = {name: snapshot.text.reveal() for name, snapshot in found.items()}
    paths = {name: corpus.path(snapshot.source.location) for name, snapshot in found.items()}
    return texts, paths


def _plain_answer(question: str, excerpts: Sequence[Excerpt]) -> Iterable[Span]:
    """Yield the sentence of the first passage that shares most words with the question."""
    asked = set(terms(question))
    for excerpt in excerpts[:1]:
        text, here = excerpt.text.reveal(), excerpt.passage.span
        found = sentences(text)
        if found:
            start, end = max(found, key=lambda span: len(asked & set(terms(text[span[0] : span[1]]))))
            yield Span(source=here.source, start=here.start + start, end=here.start + end)


def places(gold: Gold, texts: Mapping[str, str], paths: Mapping[str, str]) -> list[Span]:
    """Return where a gold passage stands in the stored texts of its documents."""
    mine = [(name, text) for name, text in texts.items() if paths.get(name) in gold.documents]
    found = [(name, locate(text, gold.quote)) for name, text in mine]
    return [Span(source=name, start=place[0], end=place[1]) for name, place in found if place]


def locate(text: str, quote: str) -> tuple[int, int] | None:
    """Return where a quote stands in a text, whatever the white space, or None."""
    pattern = r"\s*".join(re.escape(character) for character in quote if not character.isspace())
    match = re.search(pattern, text) if pattern else None
    return match.span() if match else None


def hits(span: Span, gold: Iterable[Span]) -> bool:
    """Tell whether a span covers half of the shorter of itself and one of the places of a gold passage."""
    return any(span.source == place.source and _covers_half(span, place) for place in gold)


def _covers_half(left: Span, right: Span) -> bool:
    shared = min(left.end, right.end) - max(left.start, right.start)
    return 2 * shared >= min(left.end - left.start, right.end - right.start)
