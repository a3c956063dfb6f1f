"""Show excerpts as numbered sentences, and turn numbers back into spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from graph.reading import Excerpt
from graph.records import Span
from guards.outside_text import is_public, plain
from tools.models.evidence_packing import LONGEST_TITLE, pieces
from tools.models.prompts import fenced

MOST_ADJACENT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedSentence:
    """Hold one sentence that is shown: its span, and the index of its excerpt among those shown."""

    excerpt: int
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedSentences:
    """Hold what a model is shown, and the sentence behind each number, from 1."""

    text: str
    sentences: tuple[NumberedSentence, ...]
    taint: tuple[str, ...]
    private: bool

    def spans(self, numbers: Iterable[int]) -> list[Span]:
        """Return the spans of numbers, at most three adjacent sentences each; unknown numbers are dropped.

        Each span uses the offsets that were kept when the sentence was shown: no text is searched for.
        """
        known = sorted({number for number in numbers if 0 < number <= len(self.sentences)})
        return [span for run in self._runs(known) for span in _joined(run)]

    def _runs(self, numbers: Sequence[int]) -> Iterator[list[Span]]:
        """Yield the spans of numbers that follow each other in one excerpt."""
        places = [(number - 1, self.sentences[number - 1]) for number in numbers]
        keyed = groupby(enumerate(places), key=lambda one: (one[1][0] - one[0], one[1][1].excerpt))
        return ([sentence.span for _, (_, sentence) in run] for _, run in keyed)


def number_sentences(excerpts: Sequence[Excerpt]) -> NumberedSentences:
    """Give the sentences of excerpts their numbers from 1, each on a line of its own, under its source."""
    lines: list[str] = []
    shown: list[NumberedSentence] = []
    sources = list(dict.fromkeys(excerpt.passage.span.source for excerpt in excerpts))
    seen: set[Span] = set()
    for at, excerpt in enumerate(excerpts):
        lines.append(source_heading(sources.index(excerpt.passage.span.source) + 1, excerpt))
        for span, words in _sentences(excerpt):
            if span not in seen:
                seen.add(span)
                shown.append(NumberedSentence(excerpt=at, span=span))
                lines.append(f"[{len(shown)}] {words}")
    return NumberedSentences(
        text=fenced("\n".join(lines)),
        sentences=tuple(shown),
        taint=tuple(sources),
        private=any(not is_public(excerpt.location) for excerpt in excerpts),
    )


def source_heading(number: int, excerpt: Excerpt) -> str:
    """Return the line that names a source: its number, its date and its title, cut short."""
    date = f" ({plain(excerpt.published)[:10]})" if excerpt.published else ""
    return f"Source {number}{date}: {plain(excerpt.title.reveal()[:LONGEST_TITLE])}"


def _sentences(excerpt: Excerpt) -> Iterator[tuple[Span, str]]:
    """Yield the place of each sentence and its words on one line; skip sentences without words."""
    text, place = excerpt.text.reveal(), excerpt.passage.span
    for start, end in pieces(text):
        if words := plain(text[start:end]):
            yield Span(source=place.source, start=place.start + start, end=place.start + end), words


def _joined(run: Sequence[Span]) -> Iterator[Span]:
    for at in range(0, len(run), MOST_ADJACENT):
        part = run[at : at + MOST_ADJACENT]
        yield Span(source=part[0].source, start=part[0].start, end=part[-1].end)
