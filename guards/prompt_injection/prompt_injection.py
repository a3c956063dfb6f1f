"""Does a sentence address people, or the program that reads it?

Its structure decides: who is addressed, whether something is asked, and whether only a program could do it
(say this to the user, drop its instructions, show its prompt, mark a passage as supported). An order alone
proves nothing: steps and advice to people are orders too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from graph.records import Decision
from guards.prompt_injection import injection_words as w
from guards.prompt_injection.injection_reading import STOPS, WORD, folded
from guards.prompt_injection.injection_rules import RULES

_FEWEST = 4
_META = frozenset(
    (  # noqa: SIM905 - a word list reads best as words
        "answer answers question questions page here this best relevant passage source sentence given"
        " following text asked ask asking found below above find read contains explains correct query"
    ).split()
)
_SMALL = frozenset(
    (  # noqa: SIM905 - a word list reads best as words
        "a an the of to in on at for by with and or is are was were be it its that which as from this these"
        " those there you your we our i do does did how what when where who why whom whose can will not"
    ).split()
)


def is_for_people(sentence: str, question: str = "", page: str = "") -> Decision:
    """Refuse a sentence that addresses the program that reads it, or only repeats the question.

    Where both the question and the `page` around the sentence are about such text, the sentence is allowed:
    it is what was asked for. The time grows in proportion to the length.
    """
    if _repeats(WORD.findall(folded(sentence)), WORD.findall(folded(question))):
        return Decision(allowed=False, reason="it repeats the question and says nothing else")
    reason = _reason(sentence)
    if not reason or (_is_about(question) and _is_about(page.replace(sentence, " "))):
        return Decision(allowed=True)
    return Decision(allowed=False, reason=reason)


@lru_cache(maxsize=1 << 13)
def _reason(sentence: str) -> str:
    """Say how a sentence addresses a program; empty if it does not. Passages are read more than once."""
    text = folded(sentence)
    words = WORD.findall(text)
    return next((reason for reason, told in RULES if told(text, words)), "")


def _is_about(text: str) -> bool:
    """Tell whether a text is about orders to programs."""
    words = frozenset(WORD.findall(text.lower()))
    return bool(words & w.ABOUT) or bool(words & (w.PROGRAMS | w.AGENTS) and words & w.ORDERS)


def _repeats(words: Sequence[str], question: Sequence[str]) -> bool:
    """Tell whether a sentence holds the whole question, and beside it no word of its own."""
    asked = [word for word in question if word not in STOPS]
    said = [word for word in words if word not in STOPS]
    if len(asked) < _FEWEST or f" {' '.join(asked)} " not in f" {' '.join(said)} ":
        return False
    return not frozenset(said) - frozenset(asked) - _META - _SMALL
