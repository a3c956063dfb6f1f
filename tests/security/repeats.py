"""Write texts that a pattern could read in many ways: what its repeats take, again and again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants as kinds
from re import _parser as parser
from typing import Any, TypeAlias

Item: TypeAlias = tuple[Any, Any]
"""One part of a parsed pattern: its kind, and a value that depends on it."""

UNITS = (
    " ", "\n", "\t", "\r\n", "a", "A", "1", "_", ".", "!", "-", "*", "#", "(", "[", "<", ">", "|", ",",
    ":", ";", "'", '"', "`", "\u201c", "&", "\xe9", "\u6f22", "\u3002", "\u0301", "\xa0", "/", "=",
    "a ", "A ", "1 ", "a.", "A.", "1,", "a-", "a_", "a\n", ". ", "# ", "- ", "1) ", "> ", "(a) ",
    "<!", "<!--", "<!-- -->", "<p ", "<?xml ", "and ", "a and b ", "of a and b between ", "is a and b ",
    "compare a and b ", "a vs b ", "what is the a ", "[1, ", "not ", "charset ", "display:", "one ",
)  # fmt: skip
_REPEATS = {kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT}
_ASSERTS = {kinds.ASSERT, kinds.ASSERT_NOT}
_CLASSES = {
    kinds.CATEGORY_DIGIT: r"\d", kinds.CATEGORY_NOT_DIGIT: r"\D", kinds.CATEGORY_SPACE: r"\s",
    kinds.CATEGORY_NOT_SPACE: r"\S", kinds.CATEGORY_WORD: r"\w", kinds.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
_CANDIDATES: list[str] = [*" a1.-_A!\n<", *map(chr, range(33, 0x3100, 7))]
_LONG = 16
_COUNTED = 3


def repeats(pattern: re.Pattern[Any]) -> tuple[tuple[str, str, str], ...]:
    """Return what to put before, to repeat, and to put after: general units, and those of the pattern."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    own = dict.fromkeys(_pumps(list(parser.parse(source, pattern.flags & ~re.DEBUG)), ""))
    led = [(before, unit, after) for before, unit in own if unit for after in ("", "\x00")]
    again = [("", before + unit * _LONG, "") for before, unit in own if before and unit]
    return (*(("", unit, "") for unit in UNITS), *led, *again)


def written(repeat: tuple[str, str, str], size: int) -> str:
    """Return a text of about so many characters."""
    before, unit, after = repeat
    return before + unit * (size // len(unit)) + after


def _pumps(items: list[Item], before: str) -> Iterator[tuple[str, str]]:
    """Yield a text that leads to each long repeat of a parsed pattern, and what it repeats."""
    for kind, value in items:
        if kind in _REPEATS:
            least, most, inner = value
            if most > _LONG:
                yield before, _sample(inner)
                yield before, _sample(inner, at=-1)
            yield from _pumps(list(inner), before)
            before += _sample(inner) * min(least, _COUNTED)
            continue
        for inner in _inner(kind, value):
            yield from _pumps(list(inner), before)
        before += _one(kind, value)


def _inner(kind: object, value: Any) -> list[Any]:  # noqa: ANN401 - the parser knows its types
    if kind is kinds.SUBPATTERN:
        return [value[-1]]
    if kind is kinds.BRANCH:
        return list(value[1])
    if kind in _ASSERTS:
        return [value[1]]
    return [value] if kind is kinds.ATOMIC_GROUP else []


def _sample(items: Any, at: int = 0) -> str:  # noqa: ANN401 - the parser knows its types
    return "".join(_one(kind, value, at) for kind, value in items)


def _one(kind: object, value: Any, at: int = 0) -> str:  # noqa: ANN401 - the parser knows its types
    """Return a short text that one part of a pattern matches, the first or the last of several."""
    if kind is kinds.LITERAL:
        return chr(int(value))
    if kind is kinds.NOT_LITERAL:
        return "a" if value != ord("a") else "b"
    if kind is kinds.IN:
        return _member(value, at)
    if kind in _REPEATS:
        return _sample(value[2], at) * max(1, min(int(value[0]), _COUNTED))
    found = [] if kind in _ASSERTS else _inner(kind, value)
    if found:
        return _sample(found[at], at)
    return "a" if kind is kinds.ANY else ""


def _member(choices: list[Item], at: int) -> str:
    matching = re.compile("[" + "".join(_choice(*each) for each in choices) + "]")
    found = [each for each in _CANDIDATES if matching.match(each)]
    if found:
        return found[at]
    kind, value = choices[-1]
    if kind is kinds.CATEGORY:
        return "a"
    return chr(int(value if kind is kinds.LITERAL else value[0]))


def _choice(kind: object, value: Any) -> str:  # noqa: ANN401 - the parser knows its types
    if kind is kinds.NEGATE:
        return "^"
    if kind is kinds.LITERAL:
        return re.escape(chr(value))
    if kind is kinds.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return str(_CLASSES[value])
