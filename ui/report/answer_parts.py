"""Split the answer of a report into lines of inquiry and sentences."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from guards.answer_status import SILENCE, SILENCES
from guards.claims.answer_lines import read_line
from guards.outside_text import plain
from guards.visible_text import one_line
from ui.report.claim_lines import claim_lines
from ui.report.readable_lines import LineKind, ReadableLine, readable_lines

_HEADING = re.compile(r"\*\*(.+)\*\*")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSentence:
    """Hold a sentence of the answer; `claim` is the number of its claim in the report, from 1; 0 for none."""

    text: str
    claim: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPart:
    """Hold the answer to one line of inquiry; `question` is "" when there is only one line."""

    question: str = ""
    sentences: tuple[AnswerSentence, ...] = ()

    @property
    def silent(self) -> bool:
        """Tell whether every sentence says that the sources do not answer."""
        return all(sentence.text == SILENCE for sentence in self.sentences)


def parts(report: Mapping[str, Any]) -> tuple[AnswerPart, ...]:
    """Return the answer part by part; a line that is no claim of the report stays as it is."""
    unused: dict[str, deque[int]] = {}
    for place, claim in enumerate(report["claims"], start=1):
        unused.setdefault(plain(claim["text"]), deque()).append(place)
    return tuple(_parts(filter(None, map(str.strip, report["answer"].splitlines())), unused))


def sentence_lines(report: Mapping[str, Any], sentence: AnswerSentence) -> tuple[ReadableLine, ...]:
    """Return the lines that show a sentence; words of ours stay as they are."""
    if sentence.claim:
        return claim_lines(report["claims"][sentence.claim - 1])
    if sentence.text in SILENCES:
        return (ReadableLine(kind=LineKind.TEXT, text=one_line(sentence.text)),)
    return readable_lines(sentence.text)


def _parts(lines: Iterator[str], unused: dict[str, deque[int]]) -> Iterator[AnswerPart]:
    question, sentences = "", list[AnswerSentence]()
    for line in lines:
        if heading := _HEADING.fullmatch(line):
            if question or sentences:
                yield AnswerPart(question=question, sentences=tuple(sentences))
            question, sentences = read_line(heading[1])[0], []
        else:
            sentences.append(_sentence(line, unused))
    yield AnswerPart(question=question, sentences=tuple(sentences))


def _sentence(line: str, unused: dict[str, deque[int]]) -> AnswerSentence:
    """Find the claim of a line; equal lines are different claims, in the order of the report."""
    said, _ = read_line(line)
    places = unused.get(said)
    return AnswerSentence(text=said, claim=places.popleft() if places else 0)
