"""Read polarity: which side of an opposite a sentence takes, what it denies, and how certain it is."""

# ruff: noqa: E501 - a pattern and a list read best on one line

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tools.statements.synonyms import fold

# One pole, a colon, the other. The first word names the concept.
_POLES = """
allow allowed permit permitted welcome may can could authorised authorized legal lawful : forbid forbidden prohibit prohibited
    ban banned disallow disallowed illegal unlawful outlaw outlawed
require required must mandatory compulsory obligatory necessary shall : optional voluntary unnecessary
safe harmless secure innocuous : dangerous unsafe harmful hazardous poisonous toxic insecure risky
open opened opens : closed close closes shut
enable enabled active activated : disable disabled inactive deactivated
lock locked : unlock unlocked
accept accepted : reject rejected refuse refused
include included : exclude excluded omit omitted
succeed successful success : fail failed failing failure unsuccessful
rise rose risen raise raised increase increased grow grew grown climb climbed double doubled triple tripled gain
    gained expand expanded : fall fell fallen lower lowered decrease decreased drop dropped shrink shrank decline declined
    cut halve halved reduce reduced lose lost
edible drinkable : inedible undrinkable
possible : impossible
true correct right accurate : false incorrect wrong inaccurate
legal : illegal
visible shown : invisible hidden
full : empty
present available : absent unavailable missing
public : private confidential
fast faster quick quicker rapid : slow slower
large larger big bigger : small smaller little
high higher tall taller : low
long longer length : short shorter
heavy heavier : light lighter
more : less fewer
strong stronger : weak weaker
dear dearer expensive costlier : cheap cheaper inexpensive
old older : new newer young younger
warm warmer hot hotter : cold colder cool cooler
early earlier : late later
synchronous : asynchronous
temporary : permanent
fixed constant unchanged : variable changing changed
encrypted : unencrypted
signed : unsigned
supported : unsupported
known : unknown
stable : unstable
certain sure : uncertain unsure
alive living : dead
win won victory : defeat defeated
newest latest : oldest earliest
maximum most : minimum least
import imported : export exported
add added : remove removed delete deleted
mutable : immutable
reversible : irreversible
"""
_NEGATORS = frozenset(
    (  # noqa: SIM905 - a word list reads best as words
        "not no non never none nobody nothing neither nor cannot without hardly barely scarcely unable isn't aren't"
        " wasn't weren't don't doesn't didn't hasn't haven't hadn't won't wouldn't can't couldn't shouldn't mustn't"
        " needn't mayn't"
    ).split()
)
_HEDGES = {
    word: kind
    for kind, words in {
        "possible": "might possibly perhaps probably likely reportedly allegedly apparently seemingly rumoured maybe",
        "coming": "will planned expected proposed intended scheduled soon",
        "advised": "should ought recommended advisable",
        "past": "formerly previously",
        "only": "only solely exclusively merely",
        "if": "if unless except provided otherwise",
    }.items()
    for word in words.split()
}
_QUANTIFIERS = {
    word: kind
    for kind, words in {
        "all": "all every each always everyone everybody entire entirely both whole",
        "few": "few some several sometimes partly half",
        "most": "most mostly usually often many",
        "none": "no none never nobody nothing neither",
    }.items()
    for word in words.split()
}
_POLE: dict[str, tuple[str, int]] = {}
for _line in " ".join(_POLES.split("\n    ")).strip().splitlines():
    _for, _, _against = _line.partition(" : ")
    _concept = fold(_for.split()[0])
    for _side, _words in ((1, _for), (-1, _against)):
        for _word in _words.split():
            _POLE.setdefault(_word, (_concept, _side))
ALLOW, REQUIRE = fold("allow"), fold("require")
_FOLDED: dict[str, tuple[str, int]] = {}
for _word, _known in _POLE.items():
    _FOLDED.setdefault(fold(_word), _known)


@lru_cache(maxsize=1 << 13)
def pole(word: str) -> tuple[str, int] | None:
    """Return the concept of a word and the side it takes, 1 or -1; None where it takes none."""
    return _POLE.get(word) or _FOLDED.get(fold(word))


def negates(word: str) -> bool:
    """Tell whether a word in lower case denies."""
    return word in _NEGATORS


def is_shading(word: str) -> bool:
    """Tell whether a word in lower case says only to what degree something is so."""
    return word in _NEGATORS or word in _HEDGES or word in _QUANTIFIERS


def hedges(words: Sequence[str]) -> frozenset[str]:
    """Return the hedges of a sentence: that it only supposes, plans or advises."""
    return frozenset(_HEDGES[word] for word in words if word in _HEDGES)


def quantifiers(words: Sequence[str]) -> frozenset[str]:
    """Return the quantifiers of a sentence: all, few, most, none."""
    return frozenset(_QUANTIFIERS[word] for word in words if word in _QUANTIFIERS)
