"""Take the JSON out of what a model wrote: without its thoughts, the words around it, and small slips."""

from __future__ import annotations

import json
import re
from itertools import accumulate

_ENDS_OF_THOUGHTS = ("</think>", "</thinking>", "</thought>", "</reasoning>")
_FENCED = re.compile(r"```(?:json)?[ \t]*\n(.*?)\n?```", re.DOTALL | re.IGNORECASE)
_LONGEST = 40_000  # characters of an answer that is mended
_DEEPEST = 30  # levels of an answer that is mended: its parser calls itself for each


def without_thoughts(text: str) -> str:
    """Return what a model wrote behind its thoughts, where it writes them into its answer."""
    folded = text.lower()
    ends = [at + len(tag) for tag in _ENDS_OF_THOUGHTS if (at := folded.rfind(tag)) >= 0]
    return text[max(ends, default=0) :].strip()


def json_answer(text: str) -> str:
    """Return the JSON of an answer, mended where its form is broken; what was said where there is none."""
    said = without_thoughts(text)
    if _is_json(said):
        return said
    for fenced in _FENCED.findall(said):
        if _is_json(fenced):
            return str(fenced)
    return _embedded(said) or _mended(said) or said


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        return False


def _embedded(text: str) -> str:
    """Return the object that begins at the first brace, if it stands there whole."""
    start = max(text.find("{"), 0)
    try:
        _, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return ""
    return text[start:end] if _is_json(text[start:end]) else ""


def _mended(text: str) -> str:
    """Close what was left open and quote what must be quoted, from the first brace on."""
    from json_repair import repair_json  # noqa: PLC0415  # only a broken answer needs it

    start = text.find("{")
    if start < 0 or len(text) > _LONGEST or _depth(text) > _DEEPEST:
        return ""
    try:
        mended = repair_json(text[start:], skip_json_loads=True)
    except (ValueError, RecursionError):
        return ""
    return mended if isinstance(mended, str) and _is_json(mended) else ""


def _depth(text: str) -> int:
    """Return how deep the brackets of a text go, those in its words too."""
    steps = ((sign in "{[") - (sign in "}]") for sign in text)
    return max(accumulate(steps), default=0)
