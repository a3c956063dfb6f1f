"""Change quotes so that they say something else: the kinds written last, once the guard was mended."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping

Blend = Callable[[str, str, random.Random], str | None]
"""Return a sentence over two quotes that neither says, or None where this kind finds nothing to change."""

_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w’']+(?: [A-Z][\w’']+)*")  # noqa: RUF001 - typographic apostrophe
_NUMBER = re.compile(r"\b\d+(?:[.,]\d+)*\b")
_SUBJECT = re.compile(r"\A([A-Z][\w’' -]{2,60}?) (is|are|was|were|has|have|had|can|will|may|must) ")  # noqa: RUF001
_CONDITION = re.compile(
    r",? \b(?:if|unless|except|provided|until|only if|only when|whenever|as long as)\b [^,.;:()\n]{3,160}"
)
_FIRST_CONDITION = re.compile(r"\A(?:If|Unless|When|Until|Once|Whenever|Where) [^,.;:()\n]{3,160}, ?")
_ATTRIBUTION = re.compile(
    r",? according to [^,.;\n]{2,80},?"
    r"|,[”\"]?"
    r" (?:he|she|they|[A-Z]\w+(?: [A-Z]\w+)*) (?:said|says|told|claimed|believes|added)\b[^,.;\n]{0,80}"
    r"|\A[^,.;\n]{2,80}\b(?:said|says|believes|claims|claimed|argued|suggested|announced) that "
)
_LIMIT = re.compile(
    r"\A(?P<head>(?:The |A |An |All |Any |Each |Every )?[\w-]+(?: [\w-]+)?)"
    r" (?:of|in|with|from|that|who|which|for|under|without|at)\b[^,.;:\n]{2,80}?"
    r"(?= (?:is|are|was|were|has|have|had|can|will|may|must|should)\b)"
)


def exchanged(quote: str, other: str, chance: random.Random) -> str | None:
    """Let two names, or two numbers, change places."""
    del other
    for pattern in (_NAME, _NUMBER):
        found = list({match[0]: match for match in pattern.finditer(quote)}.values())
        if len(found) > 1:
            first, last = sorted(chance.sample(found, 2), key=lambda match: match.start())
            between = quote[first.end() : last.start()]
            return f"{quote[: first.start()]}{last[0]}{between}{first[0]}{quote[last.end() :]}"
    return None


def predicate(quote: str, other: str, chance: random.Random) -> str | None:
    """Say of the subject of one quote what another says of its own."""
    del chance
    mine, theirs = _SUBJECT.match(quote), _SUBJECT.match(other)
    if mine and theirs and mine[1].lower() != theirs[1].lower():
        return f"{theirs[1]}{quote[mine.end(1) :]}"
    return None


def condition(quote: str, other: str, chance: random.Random) -> str | None:
    """Leave a condition or an exception out."""
    del other, chance
    if found := _FIRST_CONDITION.match(quote):
        rest = quote[found.end() :]
        return rest[:1].upper() + rest[1:]
    return _CONDITION.sub("", quote, count=1) if _CONDITION.search(quote) else None


def attribution(quote: str, other: str, chance: random.Random) -> str | None:
    """Leave out who says it."""
    del other, chance
    if not (found := _ATTRIBUTION.search(quote)):
        return None
    rest = (quote[: found.start()] + quote[found.end() :]).strip()
    return rest[:1].upper() + rest[1:]


def limit(quote: str, other: str, chance: random.Random) -> str | None:
    """Leave out what limits the subject: say of all what is said of some."""
    del other, chance
    found = _LIMIT.match(quote)
    return f"{found['head']}{quote[found.end() :]}" if found else None


FRESH: Mapping[str, Blend] = {
    "names or numbers exchanged": exchanged,
    "predicate of another quote": predicate,
    "condition left out": condition,
    "attribution left out": attribution,
    "limit of the subject left out": limit,
}
