"""Tell what form of answer a question wants, and whether a statement has that form."""

from __future__ import annotations

import re
from enum import StrEnum

from tools.lexicon.analysis_language import ENGLISH, current_language
from tools.lexicon.question_words import asked_for
from tools.lexicon.value_patterns import value_pattern
from tools.linear_regex import LinearPattern
from tools.models.extractive.answer_types import AnswerType
from tools.models.extractive.candidate import Candidate, Unit

_AUX = r"(?:is|are|was|were|does|do|did|can|could|should|would|will|has|have|had|must|may|might)"


class Shape(StrEnum):
    """Name the form of an answer."""

    ABBREVIATION = "abbreviation"
    COMPARISON = "comparison"
    REASON = "reason"
    STEPS = "steps"
    LIST = "list"
    RULING = "ruling"
    DEFINITION = "definition"
    FACT = "fact"


_PLURAL = r"(?!(?:is|was|does|has|this|status|address|process|class|access|always)\b)[\w-]+(?<![su])s"
_SHAPES = (
    (
        Shape.ABBREVIATION,
        (
            r"\b(?:stands?\s+for|short\s+for|abbreviat\w*|acronym|initials?|spelled\s+out"
            r"|full\s+(?:name|form)\s+of|expan(?:d|sion|ded)\b)"
        ),
    ),
    (
        Shape.COMPARISON,
        (
            r"\b(?:differences?|differs?|different|compared?|comparison|contrast|versus|vs\.?|distinguish\w*"
            r"|distinction|rather\s+than)\b"
        ),
    ),
    (
        Shape.REASON,
        (
            r"\bwhy\b|\bwhat\s+(?:is|was|are)\s+the\s+reasons?\b|\bwhat\s+(?:for|causes?)\b"
            r"|\bhow\s+come\b"
        ),
    ),
    (
        Shape.STEPS,
        (
            r"\bhow\s+(?:(?:do|does|can|could|should|would|must)\s+(?:i|we|you|one|someone|an?|the|\w+s?)\b"
            r"|to\b)|\b(?:steps?|instructions?|procedure|command)\s+(?:to|for)\b"
            r"|\bwhat\s+(?:do|should|must)\s+(?:i|we|you)\s+do\b"
        ),
    ),
    (
        Shape.LIST,
        (
            rf"^\W*+(?:list|name|enumerate)\b|\b(?:what|which)\s++(?:(?!{_AUX}\b)[\w-]++\s++){{0,3}}{_PLURAL}\b"
            rf"|\bwhat\s++are\s++(?:(?:the|all|its|some)\s++)?(?:[\w-]++\s++){{0,3}}{_PLURAL}\b"
        ),
    ),
    (Shape.RULING, rf"^\W*{_AUX}\b|,\s*(?:do|does|is|are|can|should)\s+(?:i|we|you|it|they)\b"),
    (
        Shape.DEFINITION,
        (
            r"^\W*(?:what|who)(?:'s|\s+(?:is|are|was|were))\s+(?:\S+\s+){0,7}\S+\s*$"
            r"|\bwhat\s+(?:does|do|is|did)\b.*\b(?:mean|means|meant|do|refer\s+to|consist\s+of|called)\W*"
            r"(?:in\b.*)?\s*$|\b(?:define|definition|meaning)\b"
        ),
    ),
)
# Where no meaning is asked for, Python's engine would read the rest again from each "what is".
_ASKING = tuple(
    (
        shape,
        LinearPattern(f"(?i){pattern}") if shape is Shape.DEFINITION else re.compile(pattern, re.IGNORECASE),
    )
    for shape, pattern in _SHAPES
)
_REASONS = re.compile(
    r"\b(?:because|so that|since|otherwise|therefore|in order to|reasons?|as a result|thus|hence|due to|lest"
    r"|to (?:avoid|keep|prevent|ensure|allow|make sure|protect)|leads? to|causes?|caused|which means"
    r"|means that|purpose|helps?|if not|would)\b",
    re.IGNORECASE,
)
_RULES = re.compile(
    r"\b(?:must|should|shall|may|can(?:not)?|need(?:s|ed)?|required?|requires|not|no|never|always|only|none"
    r"|allowed?|supported|possible|optional|yes|will|does|is|are)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
_DEFINES = re.compile(
    r"\b(?:is|are|was|means?|refers? to|stands? for|denotes?|defines?|called|known as|consists? of|describes?"
    r"|represents?|specif(?:y|ies)|indicates?|allows?|enables?|enforces?)\b|[:\u2013\u2014=]",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\b(?:while|whereas|but|unlike|instead|however|than|compared|differs?|different|difference|same as"
    r"|in contrast|on the other hand|both|rather)\b",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"^\W*(?:to\b|first\b|then\b|next\b|use\b|run\b|set\b|add\b|open\b|go\b|click\b|select\b|install\b|create\b"
    r"|start\b|call\b|send\b|make\b|you (?:can|should|must|need)\b|[a-z]+ the\b)|`[^`]+`|\$ "
    r"|\b(?:by|with) \w+ing\b|\b(?:using|command|option|run|use)\b",
    re.IGNORECASE,
)
_CODED = re.compile(
    r"[`_(){}=<>$]|--|\b(?:code|example|command|syntax|snippet|flag|option|setting|config\w*)\b|\b\w+\.\w+\b"
)
_OPEN = frozenset({AnswerType.ANY, AnswerType.MOMENT})
_LISTS = re.compile(r"[^,;][,;](?:[^,;]++[,;][^,;]|[^,;]+?\b(?:and|or)\b[^,;])")


def shape(question: str) -> Shape:
    """Return the form of answer that a question wants; a plain fact where none is named."""
    if (language := current_language()) != ENGLISH:
        return _shape_in(question, language)
    return next((kind for kind, pattern in _ASKING if pattern.search(question)), Shape.FACT)


def _shape_in(question: str, language: str) -> Shape:
    """Return the form asked for by the question words of a language."""
    found = asked_for(question, language)
    return _NAMED.get(found[0], Shape.FACT) if found else Shape.FACT


_NAMED = {
    "reason": Shape.REASON,
    "steps": Shape.STEPS,
    "list": Shape.LIST,
}


_HOLDING = {
    Shape.REASON: _REASONS,
    Shape.RULING: _RULES,
    Shape.DEFINITION: _DEFINES,
    Shape.COMPARISON: _COMPARES,
    Shape.STEPS: _ACTS,
    Shape.LIST: _LISTS,
}


def has_shape(kind: Shape, text: str) -> bool:
    """Tell whether a statement has words that an answer of this form has."""
    pattern = _HOLDING.get(kind)
    if (language := current_language()) != ENGLISH:
        pattern = value_pattern(kind, language)
    return pattern is None or bool(pattern.search(text))


def suits(kind: Shape, answer: AnswerType, question: str, candidate: Candidate) -> bool:
    """Tell whether a candidate may be a claim: lists and code only where asked for, questions never.

    A plain question that asks for no value may have a list as its answer ("What does it leave out?").
    """
    if candidate.unit is Unit.LIST and kind is Shape.FACT and answer in _OPEN:
        return True
    if candidate.unit in {Unit.LIST, Unit.STEPS}:
        return kind in {Shape.LIST, Shape.STEPS, Shape.COMPARISON, Shape.REASON}
    if candidate.unit in {Unit.CODE, Unit.EXAMPLE}:
        return kind is Shape.STEPS or bool(_CODED.search(question))
    return not candidate.text.rstrip("*_ \"'").endswith("?")
