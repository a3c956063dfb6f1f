"""Pack evidence into a token budget: the most relevant first, from several sources, in whole sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.reading import Excerpt
from graph.records import Passage, Span
from tools.lexicon.sentences import sentences

LONGEST = 900
"""The most characters of a piece: a longer sentence (a table, a log) is shown in parts."""
LONGEST_TITLE = 100
"""The most characters of a title that are shown."""

_LETTERS_A_TOKEN = 3
_LINE = 8  # tokens of the number and the line break around a piece
_HEAD = 140  # tokens of the line that names a source
_SOURCES = 6  # so many share the budget; of fewer, each has its part
_LETTERS = re.compile(r"[A-Za-z \n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedEvidence:
    """Hold the excerpts to be shown, some cut short, and the spans that did not fit."""

    kept: tuple[Excerpt, ...]
    left_out: tuple[Span, ...]


def tokens_of(text: str) -> int:
    """Estimate the tokens of a text from above: three Latin letters or blanks, or any other character.

    English takes four letters a token and Chinese a little less than one character, in the tokenizers in use;
    digits and signs often stand alone. Only strings of no language (keys, base64) may take more.
    """
    others = len(_LETTERS.sub("", text))
    return others + -((others - len(text)) // _LETTERS_A_TOKEN)


def pack(excerpts: Sequence[Excerpt], budget: int) -> PackedEvidence:
    """Keep the excerpts with the highest scores that fit into `budget` tokens.

    No source gets more than a sixth of it, or than its equal part where there are fewer than six. An excerpt
    that does not fit is cut behind its last sentence that does.
    """
    spent: Counter[str] = Counter()
    share = budget // max(1, min(_SOURCES, len({e.passage.span.source for e in excerpts})))
    kept, left_out = [], []
    for excerpt in sorted(excerpts, key=lambda excerpt: -excerpt.passage.score):
        source = excerpt.passage.span.source
        end, cost = _fitting(excerpt, min(share - spent[source], budget - spent.total()))
        if end:
            spent[source] += cost
            kept.append(_cut(excerpt, end))
        if _says(excerpt, end):
            left_out.append(replace(excerpt.passage.span, start=excerpt.passage.span.start + end))
    return PackedEvidence(kept=tuple(kept), left_out=tuple(left_out))


def pieces(text: str) -> list[tuple[int, int]]:
    """Return `(start, end)` of each sentence; one that is too long comes in parts, cut at a blank."""
    return [piece for start, end in sentences(text) for piece in _parts(text, start, end)]


def _fitting(excerpt: Excerpt, room: int) -> tuple[int, int]:
    """Return where the last piece ends that fits into so many tokens, and the tokens of all up to there."""
    whole = excerpt.text.reveal()
    # No more characters can fit: the rest need not be cut into sentences, and the last may be half of one.
    text = whole[: max(0, room) * _LETTERS_A_TOKEN]
    found = pieces(text) if len(text) == len(whole) else pieces(text)[:-1]
    end, cost = 0, _HEAD
    for start, stop in found:
        cost_here = _LINE + tokens_of(text[start:stop])
        if cost + cost_here > room:
            break
        end, cost = stop, cost + cost_here
    return end, cost


def _says(excerpt: Excerpt, start: int) -> bool:
    """Tell whether any words follow a place."""
    return any(map(str.isalnum, excerpt.text.reveal()[start:]))


def _cut(excerpt: Excerpt, end: int) -> Excerpt:
    span = excerpt.passage.span
    passage = Passage(
        span=replace(span, end=span.start + end), score=excerpt.passage.score, branch=excerpt.passage.branch
    )
    return replace(excerpt, passage=passage, text=excerpt.text.part(0, end))


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    while end - start > LONGEST:
        cut = text.rfind(" ", start + 1, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        found.append((start, cut))
        start = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
    return [*found, (start, end)] if start < end else found
