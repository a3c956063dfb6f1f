"""Find in a sentence the agent, the one value of a property, and the words after a preposition."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import takewhile

from tools.statements.statement_tokens import StatementToken, is_name

BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_BELONG = frozenset({"belong", "belongs", "belonged"})
PREPOSITIONS = frozenset({"in", "on", "at", "by", "for", "with", "from", "during", "under", "near", "of"})


def agent_first(tokens: Sequence[StatementToken], content: Sequence[int]) -> list[int]:
    """Return the places of the content with who does it first: "is owned by X" as "X owns"."""
    words = [token.lower for token in tokens]
    be = _place(words, BE, 0)
    begins, joint = (be, "by") if be is not None else (_place(words, _BELONG, 0), "to")
    if begins is None:
        return list(content)
    agent = _place(words, {joint}, begins)
    if agent is not None:
        end = _place(words, PREPOSITIONS, agent + 1)
        return _moved(content, agent, len(words) if end is None else end)
    if be is None:
        return list(content)
    right = words[be + 1 :]
    if "of" in words[:be] and right and all(is_name(tokens, at) for at in range(be + 1, len(words))):
        return _moved(content, be, len(words))
    return list(content)


def _moved(content: Sequence[int], start: int, end: int) -> list[int]:
    front = [at for at in content if start < at < end]
    return [*front, *(at for at in content if at not in front)]


def _place(words: Sequence[str], wanted: Collection[str], start: int) -> int | None:
    return next((at for at in range(start, len(words)) if words[at] in wanted), None)


def value(tokens: Sequence[StatementToken], words: Sequence[str]) -> frozenset[str]:
    """Return the name that "the N of X is …" and "… is the N of X" give, where there is one N."""
    be = _place(words, {"is", "was"}, 0)
    if be is None:
        return frozenset()
    sides = (tokens[:be], tokens[be + 1 :])
    for described, named in (sides, sides[::-1]):
        one = [token.lower for token in described]
        if (
            one[:1] == ["the"]
            and {"of", "for"} & set(one)
            and all(token.text[0].isupper() for token in named)
        ):
            return frozenset(token.folded for token in named)
    return frozenset()


def tail(tokens: Sequence[StatementToken], last: int) -> frozenset[str]:
    """Return the words behind a preposition, up to the verb; none where they name several things."""
    behind = list(takewhile(lambda token: token.lower not in BE, tokens[last + 1 :]))
    several = any(token.lower in {"and", "or"} for token in behind)
    return frozenset() if several else frozenset(token.folded for token in behind)
