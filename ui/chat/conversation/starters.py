"""Choose first questions that the documents can answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from graph.people.attachments import is_document
from guards.visible_text import one_line

LIBRARY = Path("evals", "library", "documents")
MOST = 4
_LOOKED_AT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstQuestion:
    """Hold a question to begin with, and its short label."""

    label: str
    question: str


OF_THE_LIBRARY = (
    FirstQuestion(label="Circuit breakers", question="When does a half-open circuit breaker close again?"),
    FirstQuestion(label="Lifetimes", question="How long do entries in Marlin live?"),
    FirstQuestion(
        label="Retries", question="How often is a failed request retried, and how long is the wait?"
    ),
    FirstQuestion(
        label="Two parts", question="What is a bulkhead, and when does a half-open breaker close again?"
    ),
)


@cache
def first_questions(docs: tuple[str, ...]) -> tuple[FirstQuestion, ...]:
    """Return questions about the documents: written ones for the library, else one for each of some files."""
    if any(Path(path).parts[-len(LIBRARY.parts) :] == LIBRARY.parts for path in docs):
        return OF_THE_LIBRARY
    return tuple(islice((_about(name) for path in docs for name in _names(Path(path))), MOST))


def _names(path: Path) -> Iterator[str]:
    """Yield the names of the documents at or below a path, as words."""
    files = [path] if path.is_file() else islice(path.rglob("*"), _LOOKED_AT)
    for file in sorted(files):
        if is_document(file) and not file.name.startswith("."):
            yield one_line(re.sub(r"[-_.]+", " ", file.stem))


def _about(name: str) -> FirstQuestion:
    return FirstQuestion(label=name, question=f"What do the documents say about {name}?")
