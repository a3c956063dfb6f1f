"""Find proper names and quoted titles by their capitals and signs."""

# ruff: noqa: RUF001 - the typographic signs in the patterns are meant

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.lexicon.sentences import sentences
from tools.lexicon.terms import is_stop

_CALENDAR = frozenset(
    """january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday""".split()  # noqa: SIM905 - a word list reads best as words
)
_JOINTS = frozenset(
    [
        "of",
        "the",
        "de",
        "del",
        "della",
        "di",
        "da",
        "du",
        "des",
        "la",
        "le",
        "el",
        "al",
        "von",
        "van",
        "der",
        "den",
        "ter",
        "bin",
        "ibn",
        "af",
        "av",
        "zu",
        "y",
        "&",
        "for",
    ]
)
_QUOTES = "\"'“‘«([*_¿¡"

# A word of a name: initials (`J.`), or one with signs inside (`AC/DC`, `graph.stores`, `C++`).
_NAMED = re.compile(r"(?:[^\W\d_]\.)+(?![^\W_])|St\.|&|[^\W_]\w*(?:[-'’.&/+]\w+)*[+#]{0,2}")
_DOTTED = re.compile(r"[a-z]\w+(?:\.[a-z]\w+)+")
_QUOTED = re.compile(r"“([^“”\n]{2,80})”|\"([^\"\n]{2,80})\"|«([^«»\n]{2,80})»|`([^`\n]{2,80})`")
# Over the shape of a sentence, two letters a word (see `_kind`).
_RUN = re.compile(r"(?<=[ |])N(?: [NI]|(?: j){1,3}(?= N))*")
_MOST_TITLE_WORDS = 8
_NUMERAL_DIGITS = 3


def names(text: str) -> list[tuple[int, int]]:
    """Return `(start, end)` of each proper name or quoted title; a sentence's first word needs proof."""
    quoted = [match.span(match.lastindex or 0) for match in _QUOTED.finditer(text) if _is_title(match)]
    found = [run for start, end in sentences(text) for run in _runs(text, start, end)]
    inside = {word for start, end, proven in found if proven for word in text[start:end].split()}
    kept = [(start, end) for start, end, proven in found if proven or text[start:end] in inside]
    return _first_of_overlaps(sorted(quoted + kept, key=lambda span: span[0]))


def _first_of_overlaps(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _is_title(quoted: re.Match[str]) -> bool:
    """Tell a quoted title or identifier from quoted speech, which is long or ends in a stop."""
    inner = quoted[quoted.lastindex or 0]
    if quoted[0][0] == "`":
        return " " not in inner
    begins, ends = inner[0].isupper() or inner[0].isdigit(), inner[-1].isalnum() or inner[-1] in "!?)"
    return begins and ends and len(inner.split()) <= _MOST_TITLE_WORDS


def _runs(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Yield each run of name words in a sentence, and whether it is a name whatever stands elsewhere."""
    words = list(_NAMED.finditer(text, start, end))
    shape = "".join(_kind(text, word, words[at - 1] if at else None) for at, word in enumerate(words))
    for run in _RUN.finditer(shape):
        first = run.start() // 2
        group = [word[0] for word in words[first : (run.end() + 1) // 2]]
        if all(_bare(word).lower() in _CALENDAR or word.isdigit() for word in group):
            continue
        last = words[first + len(group) - 1].start() + len(_bare(group[-1]))
        begins = first == 0 or text[words[first].start() - 1] in _QUOTES
        yield words[first].start(), last, not begins or _proves(group)


def _proves(group: list[str]) -> bool:
    """Tell whether a run that begins a sentence is a name: two words, a genitive, a capital inside."""
    return len(group) > 1 or group[0] != _bare(group[0]) or not group[0][1:].islower()


def _bare(word: str) -> str:
    """Drop the genitive."""
    return word[:-2] if word.endswith(("'s", "’s", "'S", "’S")) else word


def _kind(text: str, word: re.Match[str], before: re.Match[str] | None) -> str:
    """Write a word as two letters: blank if only blanks part it from the last, then its role."""
    near = before is not None and text[before.end() : word.start()].isspace()
    return (" " if near else "|") + _role(word[0], first=before is None)


def _role(word: str, *, first: bool) -> str:
    """Return N for a word of a name, I for a numeral after one, j for what may join two, x for all else."""
    lower = word.lower()
    if word.isdigit() or word == "I":
        return "I" if len(word) <= _NUMERAL_DIGITS and not first else "x"
    if lower in _JOINTS or (lower != word and is_stop(word)):
        return "x" if first else "j"
    return "N" if lower != word or "_" in word or _DOTTED.fullmatch(word) else "x"
