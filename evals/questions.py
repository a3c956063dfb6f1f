"""Read corpora: folders of documents and questions about them whose answers are known passages."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.data import DataSet, rows
from graph.records import Span

LIBRARY = Path(__file__).parent / "library"
MULTIHOP = DataSet(
    name="multihop_rag",
    files={
        "qa.jsonl": {"id": str, "question": str, "type": str, "evidence": list},
        "doc_stubs.jsonl": {
            "id": str,
            "url": str,
            "title": str,
            "source": str,
            "published_at": str,
            "text": str,
        },
    },
    origin="MultiHop-RAG, https://github.com/yixuantt/MultiHop-RAG, articles cut to their evidence sentences",
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*+>")
_WORD = re.compile(r"[^\W_]+")
_LOOSE, _FEW = 2, 12  # at most so many words for each word of a quote, and so many more
_ROW = {"id": str, "question": str, "kind": str, "gold": list}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """Name the words that answer, and the documents (paths in the corpus) that hold them."""

    documents: tuple[str, ...]
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvalQuestion:
    """Hold one question of a corpus; no gold means the corpus does not answer it.

    `must` is what a full answer says: one alternative of each; empty where that is not known.
    """

    id: str
    question: str
    kind: str
    gold: tuple[Gold, ...]
    must: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Hold a folder of documents and questions about them."""

    name: str
    documents: Path
    rows: tuple[EvalQuestion, ...]

    @property
    def root(self) -> Path:
        """Return the absolute folder of the documents."""
        return self.documents.resolve()

    def path(self, location: str) -> str:
        """Return the path of a source inside the corpus, or its location when it lies elsewhere."""
        path = Path(location)
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else location


def library(folder: Path, questions: str) -> Corpus:
    """Read library form, `documents/` and questions; raises Misconfigured when it is malformed."""
    return Corpus(
        name=folder.name,
        documents=folder / "documents",
        rows=tuple(
            EvalQuestion(
                id=row["id"],
                question=row["question"],
                kind=row["kind"],
                gold=tuple(_gold(gold) for gold in row["gold"]),
            )
            for row in rows(folder / questions, _ROW)
        ),
    )


def multihop(folder: Path, into: Path, *, calibrates: bool) -> Corpus:
    """Write the articles of MultiHop-RAG as documents; return the rows that calibrate, or the others."""
    articles = list(rows(folder / "doc_stubs.jsonl", MULTIHOP.files["doc_stubs.jsonl"]))
    into.mkdir(parents=True, exist_ok=True)
    for article in articles:
        title, date = json.dumps(article["title"], ensure_ascii=False), article["published_at"][:10]
        head = f"---\ntitle: {title}\ndate: {date}\n---\n"
        byline = f"By {article['author']}, {article['source']}, {date}"
        (into / f"{article['id']}.md").write_text(
            f"{head}\n{byline}\n\n{article['text']}\n", encoding="utf-8"
        )
    paths = {article["url"]: f"{article['id']}.md" for article in articles}
    asked = rows(folder / "qa.jsonl", MULTIHOP.files["qa.jsonl"])
    kept = [row for row in asked if in_calibration(row["id"]) == calibrates]
    return Corpus(name=MULTIHOP.name, documents=into, rows=tuple(_multihop_row(row, paths) for row in kept))


def in_calibration(name: str) -> bool:
    """Tell by a hash of its id whether a MultiHop-RAG row calibrates; the others are reported on."""
    return int(hashlib.sha256(f"multihop_rag{name}".encode()).hexdigest(), 16) % 2 == 0


def _multihop_row(row: Mapping[str, Any], paths: Mapping[str, str]) -> EvalQuestion:
    gold = tuple(Gold(documents=(paths[fact["url"]],), quote=fact["fact"]) for fact in row["evidence"])
    return EvalQuestion(id=row["id"], question=row["question"], kind=row["type"], gold=gold)


def _gold(gold: Mapping[str, Any]) -> Gold:
    also = gold.get("also") or ()
    others = (also,) if isinstance(also, str) else tuple(also)
    return Gold(documents=(gold["document"], *others), quote=gold["quote"])


def places(gold: Gold, texts: Mapping[str, str], paths: Mapping[str, str]) -> list[Span]:
    """Return where a gold passage stands in the stored texts of its documents."""
    mine = [(name, text) for name, text in texts.items() if paths.get(name) in gold.documents]
    found = [(name, locate(text, gold.quote)) for name, text in mine]
    return [Span(source=name, start=place[0], end=place[1]) for name, place in found if place]


def locate(text: str, quote: str) -> tuple[int, int] | None:
    """Return where a quote stands in a text, whatever the white space and the markup, or None."""
    pattern = r"\s*".join(re.escape(character) for character in quote if not character.isspace())
    match = re.search(pattern, text) if pattern else None
    return match.span() if match else _in_order(text, html.unescape(_TAG.sub(" ", quote)))


def _in_order(text: str, quote: str) -> tuple[int, int] | None:
    """Return the shortest place that has the words of a quote in order; None if it has many others.

    A reader drops bullets and marks, and writes the names of columns between the cells of a row.
    """
    asked = [match[0].lower() for match in _WORD.finditer(quote)]
    words = list(_WORD.finditer(text))
    folded = [match[0].lower() for match in words]
    found: tuple[int, int] | None = None
    for first, word in enumerate(folded):
        if asked and word == asked[0]:
            last = _end(folded, first, asked)
            if last is not None and (found is None or last - first < found[1] - found[0]):
                found = first, last
    return (words[found[0]].start(), words[found[1]].end()) if found else None


def _end(words: Sequence[str], first: int, asked: Sequence[str]) -> int | None:
    """Return the place of the last of the asked words, taken in order from a first place on."""
    at, most = first, first + _LOOSE * len(asked) + _FEW
    for word in asked:
        while at < min(most, len(words)) and words[at] != word:
            at += 1
        if at >= min(most, len(words)):
            return None
        at += 1
    return at - 1


def hits(span: Span, gold: Iterable[Span]) -> bool:
    """Tell whether a span covers half of the shorter of itself and one of the places of a gold passage."""
    return any(span.source == place.source and _covers_half(span, place) for place in gold)


def _covers_half(left: Span, right: Span) -> bool:
    shared = min(left.end, right.end) - max(left.start, right.start)
    return 2 * shared >= min(left.end - left.start, right.end - right.start)
