"""Cut text into sentences, by the stops of each script."""

# ruff: noqa: RUF001 - the typographic signs in the patterns are meant

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from guards.claims.stops import CLOSING, FOOTNOTE, LATIN, OPENING, OTHER, SPELT_SMALL
from tools.lexicon.full_stops import BEFORE_NUMBER, CLIPPED, COMPANY, LABELLED, NEVER
from tools.lexicon.identification import language_of
from tools.lexicon.lines import blocks
from tools.lexicon.terms import WORD, is_stop

_CLOSE = f"[{re.escape(CLOSING)}]"
# It begins with one class of signs, so that letters are passed over quickly. A row of stops is read once,
# from its first: from each of fifty thousand dots it would be read to the end.
_STOP = re.compile(
    rf"[{LATIN}{OTHER};;](?:"
    rf"(?<=[{LATIN}])(?<![{LATIN}][{LATIN}])[{LATIN}]*+(?:{_CLOSE}|[\u00a0\u202f ]»)*+(?:{FOOTNOTE})*+(?=\s)"
    rf"|(?<=[{OTHER}])[{OTHER}]*+{_CLOSE}*+"
    r"|(?<=[a-z]{3}\.)\d{1,2}(?=\s[A-Z])"  # a footnote's number, glued to the stop
    r"|(?<=[a-z]{2}\.)(?=[A-Z][a-z]*+\s[a-z])"  # no blank behind the stop
    r"|(?<=[α-ωά-ώ][;;])(?=\s))"  # the Greek question mark
)
_QUOTED = "」』”’»\"'"
_AHEAD = 48
_BEHIND = 20
_SPELT_SMALL = re.compile(SPELT_SMALL)
_SUFFIX = re.compile(r"(?:Inc|Ltd|Corp|Co|LLC|PLC|GmbH|AG)\b")
_NUMBER = re.compile(r"[#§]?\d|[IVXLC]{2,}(?![^\W_])|[B-HJ-Z](?![^\W_])")
_STREET = re.compile(r"\w{3,}str\Z")
_ORDINAL = re.compile(r"\d{1,3}\Z")
_DATED = re.compile(
    r"Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|Septem|Oktob|Novem|Dezem|Jahrh|Jh"
)
_ORDINAL_LANGUAGES = frozenset({"cs", "da", "de", "fi", "hu", "no", "pl"})
_STARTERS = frozenset(
    """anybody anyone anything earlier everybody everyone everything finally first hence later many
    meanwhile next nobody nothing once one people second several somebody someone something soon three
    today tomorrow two yesterday""".split()  # noqa: SIM905 - a word list reads best as words
)
_VERBS = frozenset(
    "be can could did do does had has have is are was were may must will would".split()  # noqa: SIM905 - a list
)
_LONGEST_PART = 4
_APOSTROPHE = re.compile("['’]")


def sentences(text: str) -> list[tuple[int, int]]:
    """Return `(start, end)` of each sentence, trimmed; a heading, list item or table row stands alone."""
    spans = []
    for start, end, code in blocks(text):
        borders = [start, *([] if code else _stops_between(text, start, end)), end]
        spans += [_trim(text, *pair) for pair in pairwise(borders)]
    return [(start, end) for start, end in spans if start < end]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _stops_between(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where each sentence of a block ends, but the last."""
    for match in _STOP.finditer(text, start, end):
        if match.end() >= end:
            return
        after = text[match.end() : match.end() + _AHEAD].lstrip().lstrip(OPENING)
        if after and _ends(text, start, match, after):
            yield match.end()


def _ends(text: str, start: int, stop: re.Match[str], after: str) -> bool:
    """Tell a sentence's stop from one of an abbreviation, an initial, an ordinal or a quote inside it."""
    sign = stop[0][0]
    if sign in OTHER:
        return stop[0][-1] not in _QUOTED or not text[stop.end()].isalnum()
    if after[0].islower() and not _SPELT_SMALL.match(after):
        return False
    if sign == ".":
        return _is_full_stop(text, start, stop, after)
    return sign not in LATIN or _SUFFIX.match(after) is None


def _is_full_stop(text: str, start: int, stop: re.Match[str], after: str) -> bool:
    """Tell whether a sentence ends at a full stop, behind which a blank, a note or the next one stands."""
    if not text[stop.end()].isspace():
        return _starts(text, after)
    before = text[max(start, stop.start() - _BEHIND) : stop.start()].split()
    if stop[0][-1].isdecimal():
        return _abbreviation(before) not in BEFORE_NUMBER
    return _is_end(text, before, after)


def _is_end(text: str, before: list[str], after: str) -> bool:
    """Tell by the words before a full stop, and those behind it, whether a sentence ends there."""
    word = _abbreviation(before)
    starts = partial(_starts, text, after)
    if word in NEVER or not word:
        return not word
    if (word in BEFORE_NUMBER or _STREET.match(word)) and _NUMBER.match(after):
        return False
    if word in CLIPPED:
        return starts() or (word in COMPANY and _has_verb(after))
    if len(word.rpartition(".")[2]) == 1 and word[-1].isalpha():
        return starts() or (len(before) > 1 and before[-2].lower() in LABELLED)
    return not (_ORDINAL.match(word) and _is_ordinal(text, after)) or starts()


def _abbreviation(before: list[str]) -> str:
    """Return the last word in small letters, with short ones before it if both are known as one: "z. B"."""
    word = _APOSTROPHE.split(before[-1].lstrip(OPENING).lower())[-1] if before else ""
    joined, at = word, len(before) - 2
    while at >= 0 and before[at].endswith(".") and len(before[at]) <= _LONGEST_PART:
        joined, at = before[at].lstrip(OPENING).lower() + joined, at - 1
        if joined in NEVER or joined in CLIPPED:
            return joined
    return word


def _starts(text: str, after: str) -> bool:
    """Tell whether what follows begins with a word that commonly begins a sentence, and no initial."""
    first = WORD.search(after)
    if first is None or (len(first[0]) == 1 and after[first.end() : first.end() + 1] == "."):
        return False
    word = first[0].capitalize()
    if is_stop(word) or word.lower() in _STARTERS:
        return True
    language = language_of(text)
    return bool(language) and is_stop(word, language)


def _has_verb(after: str) -> bool:
    words = after.split(maxsplit=2)
    return len(words) > 1 and words[1] in _VERBS


def _is_ordinal(text: str, after: str) -> bool:
    """Tell whether a number with a stop can be an ordinal here: "am 3. Mai", "19. Jahrhundert"."""
    return _DATED.match(after) is not None or language_of(text) in _ORDINAL_LANGUAGES
