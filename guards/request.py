"""May this question be researched?"""

from __future__ import annotations

import unicodedata

from graph.records import Decision

MOST_CHARACTERS = 2_000
_POINTING = """
a about and are be but can could did do does for had has have he her him his how i in is it its me my no
not of on one or our she should so that the their them then there these they this those to us was we were
what when where which who whom whose why will with would yes you your
"""
POINTING_WORDS = frozenset(_POINTING.split())
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Embeddings, overrides and isolates (UAX 9); the marks that Arabic and Hebrew are typed with stay."""
_ASK_AGAIN = "ask it in one or two plain sentences"


def is_request_allowed(question: str) -> Decision:
    """Refuse a question that is empty, longer than 2,000 characters, broken or without a word."""
    if not question.strip():
        return Decision(allowed=False, reason=f"the question is empty: {_ASK_AGAIN}")
    if len(question) > MOST_CHARACTERS:
        return Decision(
            allowed=False,
            reason=f"the question has {len(question):,} characters, more than {MOST_CHARACTERS:,}: "
            f"{_ASK_AGAIN} and put the material into a document",
        )
    if any(character in _TURNING for character in question):
        return Decision(
            allowed=False,
            reason="the question holds characters that turn the order of its words on a screen: "
            "write it without them",
        )
    if any(_is_broken(character) for character in question):
        return Decision(
            allowed=False, reason=f"the question holds control or broken characters: {_ASK_AGAIN}"
        )
    if not any(character.isalnum() for character in question):
        return Decision(allowed=False, reason=f"the question has no word in it: {_ASK_AGAIN}")
    return Decision(allowed=True)


def is_question_clear(question: str) -> Decision:
    """Refuse a question made of words that only point at something said elsewhere."""
    words = {word.strip("?!.,;:'\"").lower() for word in question.split()}
    if words - POINTING_WORDS:
        return Decision(allowed=True)
    return Decision(allowed=False, reason="the question does not say what it is about: name the subject")


def _is_broken(character: str) -> bool:
    return character not in "\n\r\t" and unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"}
