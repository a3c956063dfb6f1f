"""Superscripts and subscripts in plain text: 10 and a raised 6 are 10⁶, not 106."""

from __future__ import annotations

import re

_RAISED = str.maketrans(
    "0123456789+-−–=()abcdefghijklmnoprstuvwxyz",  # noqa: RUF001
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
)
_LOWERED = str.maketrans("0123456789+-−–=()aeioxhklmnpst", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎ₐₑᵢₒₓₕₖₗₘₙₚₛₜ")  # noqa: RUF001
# A number, a list of numbers, a sign with a number, or one letter.
_NUMBERS = re.compile(r"[\d+\-−–=()]+(?:[,;] ?[\d+\-−–=()]+)*|[a-z]")  # noqa: RUF001
_MARKS = {"TM": "™", "SM": "℠"}
_WORD = re.compile(r"[^\W\d_]{2,}\.?")
_SIGNS = re.compile(r"[^\w\s]*")
_REFERENCE = re.compile(r"\[[^\]]{0,80}\]")
_PLAIN = re.compile(r"[\w.]+")


def superscript(words: str) -> str:
    """Return raised words as plain text: `6` as ⁶, `1/2` as ^(1/2); `th`, `me` and * need no sign."""
    core = words.strip()
    if _NUMBERS.fullmatch(core):
        return _kept_blanks(words, core.translate(_RAISED))
    if core in _MARKS or any(kind.fullmatch(core) for kind in (_WORD, _SIGNS, _REFERENCE)):
        return _kept_blanks(words, _MARKS.get(core, core))
    return _kept_blanks(words, _signed("^", core))


def subscript(words: str) -> str:
    """Return lowered words as plain text: `2` as ₂, `max` as _max."""
    core = words.strip()
    if _NUMBERS.fullmatch(core) and (lowered := core.translate(_LOWERED)) != core:
        return _kept_blanks(words, lowered)
    return words if _SIGNS.fullmatch(core) else _kept_blanks(words, _signed("_", core))


def _signed(sign: str, core: str) -> str:
    return f"{sign}{core}" if _PLAIN.fullmatch(core) else f"{sign}({core})"


def _kept_blanks(words: str, core: str) -> str:
    before, after = len(words) - len(words.lstrip()), len(words) - len(words.rstrip())
    return words[:before] + core + words[len(words) - after :] if core else words
