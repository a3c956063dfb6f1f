"""Propose first questions about the documents; `tried_questions.py` finds those that are answered."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from graph.people.attachments import is_document
from guards.visible_text import one_line
from ui.catalogue import N_, _
from ui.report.readable_lines import LineKind, readable_lines

LIBRARY = Path("evals", "library", "documents")
MOST = 4
"""How many are offered."""
MOST_PROPOSALS = 12
MOST_FILES = 300
"""The largest collection that is tried: all of it is read once more for that."""
_HEADED = frozenset({".md", ".markdown", ".txt", ".rst", ".adoc"})
_LOOKED_AT = 20_000
_LONGEST = 40
_WHAT = N_("What is {name}?")


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstQuestion:
    """Hold a question to begin with, and its short label."""

    label: str
    question: str


OF_THE_LIBRARY = (
    FirstQuestion(label="Circuit breakers", question="When does a half-open circuit breaker close again?"),
    FirstQuestion(label="Lifetimes", question="How long do entries in Marlin live?"),
    FirstQuestion(label="A definition", question="What is a token bucket?"),
    FirstQuestion(
        label="Two parts",
        question="When does Marlin refuse a new key, and how long do its entries live?",
    ),
)


def is_library(docs: Sequence[str]) -> bool:
    """Tell whether the documents are those of the library, which has written questions."""
    return any(Path(path).parts[-len(LIBRARY.parts) :] == LIBRARY.parts for path in docs)


def documents(docs: Sequence[str]) -> list[Path]:
    """Return the files at or below some paths, sorted; one more than `MOST_FILES` where there are more."""
    found = (file for path in docs for file in _files(Path(path)) if is_document(file))
    return sorted(islice(found, MOST_FILES + 1))


def digest(files: Sequence[Path]) -> str:
    """Return a digest of files by name, size and time of change."""
    known = [(str(file), status.st_size, status.st_mtime_ns) for file in files for status in [file.stat()]]
    return hashlib.sha256(repr(known).encode()).hexdigest()


def proposals(files: Sequence[Path]) -> tuple[FirstQuestion, ...]:
    """Return questions about the subjects of files, which their headings and names tell; raises OSError."""
    subjects = dict.fromkeys(_turns([list(_subjects(file)) for file in files]))
    return tuple(
        FirstQuestion(label=name, question=_(_WHAT).format(name=name))
        for name in islice(subjects, MOST_PROPOSALS)
    )


def _files(path: Path) -> Iterator[Path]:
    found = [path] if path.is_file() else path.rglob("*")
    return (file for file in found if file.is_file() and not file.name.startswith("."))


def _turns(lists: list[list[str]]) -> Iterator[str]:
    """Yield the first of each list, then the second of each: every file comes before any comes twice."""
    for at in range(max(map(len, lists), default=0)):
        yield from (each[at] for each in lists if at < len(each))


def _subjects(file: Path) -> Iterator[str]:
    """Yield the headings of a file, or its name where it has none that can be read here."""
    found = list(_headings(file)) if file.suffix.lower() in _HEADED else []
    yield from found or [one_line(re.sub(r"[-_.]+", " ", file.stem))]


def _headings(file: Path) -> Iterator[str]:
    with file.open(encoding="utf-8", errors="replace") as text:
        lines = readable_lines(text.read(_LOOKED_AT))
    yield from (
        line.text for line in lines if line.kind is LineKind.HEADING and 0 < len(line.text) <= _LONGEST
    )
