"""Change a quote so that it says something else: the kinds that were written after the guard."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping

from evals.bench.wording_changes import Change

_PIVOT = re.compile(
    r" (is|are|was|were|has|have|had|can|could|will|would|must|should|may|supports|needs|requires|uses|sends"
    r"|includes|contains|follows|becomes|means|provides|beats|defeated|replaced|joined|called|named|received"
    r"|announced|released|created|established|introduced|launched|opened|signed|wrote|founded|produced|made"
    r"|took|gave|won|led|met|took over|moved to|returned to|married|told|asked|helped|followed|used) "
)
_BY = re.compile(r" by ")
_LEFT = re.compile(r"(?:[^\W\d_][\w'’-]* ?){1,7}\Z")  # noqa: RUF001 - typographic apostrophe
_RIGHT = re.compile(r"\A(?:[^\W\d_][\w'’-]* ?){1,6}")  # noqa: RUF001 - typographic apostrophe
_ENDS = frozenset(
    (  # noqa: SIM905 - a word list reads best as words
        "of in on at by for with from to into as than that which who and or but if when while because is are"
        " was were be been has have had can could will would must should may not"
    ).split()
)
_PLACES = {
    "before": "after",
    "after": "before",
    "above": "below",
    "below": "above",
    "over": "under",
    "under": "over",
    "up": "down",
    "down": "up",
    "into": "out of",
    "onto": "off",
    "from": "to",
    "to": "from",
    "until": "since",
    "since": "until",
    "inside": "outside",
    "outside": "inside",
    "within": "beyond",
    "through": "around",
    "toward": "away from",
    "towards": "away from",
    "for": "against",
    "against": "for",
    "in": "out of",
    "on": "off",
    "then": "previously",
    "next": "previous",
    "previous": "next",
    "ahead": "behind",
    "behind": "ahead of",
    "upstream": "downstream",
    "with": "without",
}
_STRENGTHS = {
    "may": "must",
    "might": "will",
    "can": "must",
    "could": "will",
    "should": "must",
    "must": "may",
    "will": "may",
    "would": "will",
    "shall": "may",
    "usually": "always",
    "often": "always",
    "sometimes": "always",
    "generally": "always",
    "typically": "always",
    "probably": "certainly",
    "likely": "certain",
    "nearly": "exactly",
    "almost": "exactly",
    "about": "exactly",
    "approximately": "exactly",
    "is": "may be",
    "are": "should be",
    "was": "may have been",
    "were": "must have been",
    "does": "might",
    "has": "may have",
    "have": "should have",
    "had": "might have",
}
_QUANTITIES = {
    "all": "some",
    "every": "hardly any",
    "each": "one",
    "some": "all",
    "many": "all",
    "most": "all",
    "several": "all",
    "any": "every",
    "both": "one",
    "one": "every",
    "two": "all",
    "only": "also",
    "no": "every",
    "none": "all",
    "another": "every",
    "a": "every",
    "an": "every",
    "the": "most of the",
}


def swapped(quote: str, chance: random.Random) -> str | None:
    """Put what stands before a verb, or before the doer in "by …", in the place of what stands behind it."""
    del chance
    for pivot in (*_BY.finditer(quote), *_PIVOT.finditer(quote)):
        left, right = _LEFT.search(quote[: pivot.start()]), _RIGHT.search(quote[pivot.end() :])
        doer = _until_small(right[0]) if right else ""
        if left and doer and doer.lower() != left[0].strip().lower():
            return (
                f"{quote[: left.start()]}{doer}{pivot[0]}{left[0].strip()}{quote[pivot.end() + len(doer) :]}"
            )
    return None


def _until_small(words: str) -> str:
    """Return the words before the first that ties or helps."""
    kept: list[str] = []
    for word in words.split():
        if word.lower() in _ENDS:
            break
        kept.append(word)
    return " ".join(kept)


def place(quote: str, chance: random.Random) -> str | None:
    """Turn a word of direction or order round."""
    return _replace(quote, _PLACES, chance)


def strength(quote: str, chance: random.Random) -> str | None:
    """Make it surer or less sure, allowed or demanded."""
    return _replace(quote, _STRENGTHS, chance)


def quantity(quote: str, chance: random.Random) -> str | None:
    """Say it of more or of fewer; words that say how many before articles, where there are any."""
    known = {word: other for word, other in _QUANTITIES.items() if word not in ("a", "an", "the")}
    return _replace(quote, known, chance) or _replace(quote, _QUANTITIES, chance)


AFTER: Mapping[str, Change] = {
    "subject and object swapped": swapped,
    "direction or order": place,
    "modal strength": strength,
    "quantity": quantity,
}


def _replace(quote: str, table: Mapping[str, str], chance: random.Random) -> str | None:
    known = [found for found in re.finditer(r"[^\W\d_]+", quote) if found[0].lower() in table]
    if not known:
        return None
    one = chance.choice(known)
    other = table[one[0].lower()]
    if one[0][0].isupper():
        other = other[0].upper() + other[1:]
    return quote[: one.start()] + other + quote[one.end() :]
