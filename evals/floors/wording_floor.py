"""Keep the earlier guard of worded sentences as the floor of `evals.suites.wording`.

It requires numbers, names, addresses, denials and three quarters of the other words, in any order.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from graph.records import Decision

SHARE = 0.75
"""How much of a sentence's content must stand in its quotes."""

_FUNCTION_WORDS = frozenset(
    (  # noqa: SIM905 - a word list reads best as words
        "a about above after again against all also although am among an and any are around as at be"
        " because been before being below between both but by can could did do does doing done down during"
        " each either else ever every few for from further had has have having he her here hers him his how"
        " however i if in into is it its itself just may me might more most much must my near no nobody"
        " none nor not nothing never neither cannot of off on once only onto or other our out over own per"
        " rather same shall she should since so some such than that the their them then there these they"
        " this those though through thus to too under until up upon us very was we were what when where"
        " whether which while who whom whose why will with within without would yet you your"
    ).split()
)
_NEGATORS = frozenset({"no", "none", "nobody", "nothing", "not", "never", "neither", "cannot", "without"})
_SPELT = (  # noqa: SIM905 - a word list reads best as words
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty"
).split()
# "One" is left a word: it mostly stands for a thing, not for a count.
_VALUES = {word: str(value) for value, word in enumerate(_SPELT) if word != "one"} | {
    word: str(value)
    for value, word in zip(
        range(30, 100, 10), ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), strict=True
    )
}

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")  # noqa: RUF001 - typographic apostrophe
_GENITIVE = re.compile(r"['’]s$")  # noqa: RUF001 - typographic apostrophe
_ADDRESS = re.compile(r"(?:\w+://|www\.)[^\s<>\"')\]]+", re.IGNORECASE)
_STOP = re.compile(r"(?<=[.!?])\s+|\n+")
_OPENING = " \t\"'“‘("  # noqa: RUF001 - typographic quotation marks
_BEGINS = frozenset({"", ".", "!", "?", ":", "\n"})
_STEMMER = Stemmer.Stemmer("english", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    """Hold what is compared of a text: terms that need a quote of their own, content, negations."""

    strict: dict[str, str]
    content: frozenset[str]
    negations: int


def is_mostly_covered(sentence: str, quotes: Sequence[str]) -> Decision:
    """Refuse a sentence with a number, name, address or negation that its quotes lack, or with new content.

    A sentence that stands in a quote word for word is covered.
    """
    if not sentence.strip():
        return Decision(allowed=False, reason="it says nothing")
    if any(_flat(sentence) in _flat(quote) for quote in quotes):
        return Decision(allowed=True)
    reason = _problem(sentence, quotes)
    return Decision(allowed=not reason, reason=reason)


def _problem(sentence: str, quotes: Sequence[str]) -> str:
    said, known = _read(sentence), _terms(quotes)
    strange = [word for term, word in said.strict.items() if term not in known]
    strange += [found[0] for found in _ADDRESS.finditer(sentence) if not any(found[0] in q for q in quotes)]
    if strange:
        return f"{strange[0][:40]!r} stands in none of its quotes"
    if said.negations != sum(_nearest(said, quote).negations for quote in quotes):
        return "it denies what its quotes affirm, or affirms what they deny"
    if len(said.content & known) < SHARE * len(said.content):
        return "too much of what it says stands in none of its quotes"
    return ""


def _nearest(said: _Compared, quote: str) -> _Compared:
    """Return the sentence of a quote that shares most content with the written one."""
    return max(map(_read, _STOP.split(quote)), key=lambda here: len(here.content & said.content))


@lru_cache(maxsize=1 << 10)
def _read(text: str) -> _Compared:
    found = list(_WORD.finditer(text))
    words = [match[0] for match in found]
    units = {at for at in range(1, len(words)) if _is_number(words[at - 1]) and _is_content(words[at])}
    strict = [at for at, match in enumerate(found) if at in units or _is_strict(text, match)]
    return _Compared(
        strict={_term(words[at]): words[at] for at in strict},
        content=frozenset(_term(word) for word in words if _is_content(word)),
        negations=sum(map(_negates, words)),
    )


def _terms(quotes: Iterable[str]) -> frozenset[str]:
    return frozenset(_term(match[0]) for quote in quotes for match in _WORD.finditer(quote))


def _is_strict(text: str, match: re.Match[str]) -> bool:
    """Tell a number or a name, which a quote must hold; a capital that begins a sentence proves nothing."""
    word, before = match[0], text[: match.start()].rstrip(_OPENING)
    if _is_number(word):
        return True
    return word != word.lower() and (before[-1:] not in _BEGINS or _is_content(word))


def _is_number(word: str) -> bool:
    return word[0].isdigit() or word.lower() in _VALUES


def _is_content(word: str) -> bool:
    return word.lower() not in _FUNCTION_WORDS


def _negates(word: str) -> bool:
    return word.lower() in _NEGATORS or word.lower().endswith(("n't", "n’t"))  # noqa: RUF001 - typographic


@lru_cache(maxsize=1 << 16)
def _term(word: str) -> str:
    """Write a number as digits alone, and any other word as its stem without case, accents or genitive."""
    if word[0].isdigit():
        plain = word.replace(",", "")
        return plain.rstrip("0").rstrip(".") if "." in plain else plain.lstrip("0") or "0"
    parts = unicodedata.normalize("NFKD", _GENITIVE.sub("", word).casefold())
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    return _VALUES.get(bare) or str(_STEMMER.stemWord(bare)) or bare


def _flat(text: str) -> str:
    return " ".join(text.split())
