"""Take the answer of a report apart into lines of inquiry and sentences."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from guards.answer_status import SILENCE
from guards.claims.answer_lines import read_line
from guards.outside_text import plain

_HEADING = re.compile(r"\*\*(.+)\*\*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """Hold a sentence of the answer; `claim` is the place of its claim in the report, from 1, or 0."""

    text: str
    claim: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Answer one line of inquiry; `question` is empty when there is only one."""

    question: str = ""
    sentences: tuple[Sentence, ...] = ()

    @property
    def silent(self) -> bool:
        """Tell whether the sources do not say."""
        return all(sentence.text == SILENCE for sentence in self.sentences)


def parts(report: Mapping[str, Any]) -> tuple[Part, ...]:
    """Return the answer part by part; a line that is no claim of the report is kept as it is."""
    waiting: dict[str, deque[int]] = {}
    for place, claim in enumerate(report["claims"], start=1):
        waiting.setdefault(plain(claim["text"]), deque()).append(place)
    return tuple(_parts(filter(None, map(str.strip, report["answer"].splitlines())), waiting))


def _parts(lines: Iterator[str], waiting: dict[str, deque[int]]) -> Iterator[Part]:
    question, sentences = "", list[Sentence]()
    for line in lines:
        if heading := _HEADING.fullmatch(line):
            if question or sentences:
                yield Part(question=question, sentences=tuple(sentences))
            question, sentences = read_line(heading[1])[0], []
        else:
            sentences.append(_sentence(line, waiting))
    yield Part(question=question, sentences=tuple(sentences))


def _sentence(line: str, waiting: dict[str, deque[int]]) -> Sentence:
    """Find the claim that a line is; one that stands there twice is two claims, in the report's order."""
    said, _ = read_line(line)
    places = waiting.get(said)
    return Sentence(text=said, claim=places.popleft() if places else 0)
