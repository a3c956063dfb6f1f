"""Read a sentence as words, and find in it what is asked of somebody."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

from guards.prompt_injection import injection_words as w

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[.,:;!?—–]")  # noqa: RUF001 - typographic signs
_SPACED = re.compile(r"\b[^\W\d_](?: [^\W\d_]\b){3,}")
STOPS = frozenset(".,:;!?—–")  # noqa: RUF001 - dashes
_REACH = 9
_LONGEST = 2_000


def folded(text: str) -> str:
    """Fold a text: one form of each letter, nothing invisible, letters set apart joined again."""
    kept = text[:_LONGEST].lower()
    if not kept.isascii():
        shown = unicodedata.normalize("NFKC", kept)
        kept = "".join(c for c in shown if unicodedata.category(c) != "Cf").lower()
    text = " ".join(kept.replace("e-mail", "email").replace("’", "'").split())  # noqa: RUF001 - typographic
    return _SPACED.sub(lambda match: match[0].replace(" ", ""), text)


def orders(words: Sequence[str], verbs: Collection[str]) -> list[int]:
    """Return the places where one of the verbs is an order: at the beginning, or behind "please", "must"."""
    return [at for at, word in enumerate(words) if word in verbs and _is_order(words, at)]


def _is_order(words: Sequence[str], at: int) -> bool:
    before = words[at - 1] if at else ""
    if not before or before in STOPS or before in w.COMMANDS or before in w.JOINS:
        return True
    if before in w.LEADS:  # "please also say", but not "people now say"
        return _is_order(words, at - 1)
    return before == "to" and any(
        word in {"you", "task", "assistant", "ai"} for word in words[max(0, at - 5) : at]
    )


def ahead(words: Sequence[str], at: int, reach: int = _REACH) -> list[str]:
    """Return the words behind a place, up to the end of its sentence."""
    behind = list(words[at + 1 : at + 1 + reach])
    stop = next((place for place, word in enumerate(behind) if word in {".", "!", "?"}), len(behind))
    return behind[:stop]


def has(words: Sequence[str], wanted: Collection[str]) -> bool:
    """Tell whether one of the words is wanted."""
    return any(word in wanted for word in words)


def in_turn(words: Sequence[str], first: Collection[str], then: Collection[str]) -> bool:
    """Tell whether a word of the first list stands before one of the second."""
    at = next((place for place, word in enumerate(words) if word in first), None)
    return at is not None and has(words[at + 1 :], then)
