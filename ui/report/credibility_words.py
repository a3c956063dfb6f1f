"""Describe how credible a source is, for every form of a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guards.outside_text import is_public
from guards.visible_text import one_line

Source = Mapping[str, Any]


def grade(source: Source) -> str:
    """Return the grade with its score, such as `high, 84 of 100`; nothing where nothing rated the source."""
    rating = source.get("credibility")
    if not rating:
        return ""
    score = "" if rating["score"] is None else f", {rating['score']} of 100"
    return one_line(rating["grade"]) + score


def scored(source: Source) -> str:
    """Return the grade with its score; nothing for a source without a score."""
    return grade(source) if (source.get("credibility") or {}).get("score") is not None else ""


def reasons(source: Source) -> list[str]:
    """Return every signal in words, with its weight."""
    return [one_line(reason) for reason in (source.get("credibility") or {}).get("reasons", ())]


def credibility(source: Source) -> str:
    """Return grade and reasons on one line; nothing for a source that is not from the web."""
    told = grade(source) if is_public(str(source["location"])) else ""
    return f"{told}: {'; '.join(reasons(source))}" if told else ""
