"""Describe by a few numbers what a candidate is, whatever its words; each in 0..1."""

from __future__ import annotations

import math
import re

from tools.models.extractive.candidate import Candidate, Unit
from tools.models.extractive.inquiry import Inquiry
from tools.models.extractive.shapes import Shape

NAMES = (
    "rank",  # reciprocal rank of the passage in its search
    "follow_up",  # found by a follow-up search
    "words",  # number of its words, logarithmic
    "place",  # how far down its excerpt it stands
    "first",  # the first statement under its heading
    "row",
    "item",
    "code",
    "heading_unit",
    "list",
    "list_asked",  # a list, and one is asked for
    "steps_asked",  # steps or an example, and steps are asked for
    "example",
    "asks",  # is a question itself
    "refers",  # only points to where more is said
    "number",  # has a figure that the question does not say
)
_WORDY = math.log(200)
_LISTS = frozenset({Unit.LIST, Unit.STEPS})
_REFERS = re.compile(
    r"\b(?:see (?:also|the|\[)|(?:read|learn) (?:more|about)|more (?:info|information|details)|refer to"
    r"|for (?:more|an example|examples|details|further)|check (?:the|out)|next (?:section|chapter)"
    r"|described in|(?:is|are) (?:described|explained|discussed|covered|detailed|listed) in\b"
    r"|as (?:described|shown|explained|discussed) (?:in|above|below)|you(?:'ll| will) (?:see|learn))\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d[\d.,]*")


def look(inquiry: Inquiry, candidate: Candidate) -> tuple[float, ...]:
    """Return the values of `NAMES`."""
    unit, text = candidate.unit, candidate.text
    return (
        1.0 / (1 + candidate.rank),
        float("." in candidate.branch),
        min(1.0, math.log1p(len(candidate.words)) / _WORDY),
        candidate.place,
        float(candidate.first),
        float(unit is Unit.ROW),
        float(unit is Unit.ITEM),
        float(unit is Unit.CODE),
        float(unit is Unit.HEADING),
        float(unit in _LISTS),
        float(unit in _LISTS and inquiry.shape in {Shape.LIST, Shape.COMPARISON}),
        float(unit in {Unit.STEPS, Unit.EXAMPLE} and inquiry.shape is Shape.STEPS),
        float(unit is Unit.EXAMPLE),
        float(text.rstrip("*_ \"'").endswith("?")),
        float(bool(_REFERS.search(text))),
        float(any(match[0] not in inquiry.text for match in _FIGURE.finditer(text))),
    )
