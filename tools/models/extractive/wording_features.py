"""Describe by a few numbers how a candidate is worded, whatever is asked; each in 0..1."""

from __future__ import annotations

import re

from tools.models.extractive.candidate import Candidate, Unit
from tools.models.extractive.excerpt_page import announces
from tools.models.extractive.inquiry import Inquiry

NAMES = (
    "announces",  # only announces what comes after it
    "supposes",  # tells an example, or what would be
    "outdated",  # speaks of what was removed or no longer holds, and the question does not
    "broken",  # begins in the middle of a sentence
    "points_back",  # begins with a word for what was said before
    "symbols",  # share of its characters that are no letters, figures or blanks
    "linked",  # share of its characters that are addresses
    "hedged",  # says what may be
)
_SUPPOSES = re.compile(
    r"\b(?:for example|for instance|e\.g\.|suppose|imagine|let's say|assume|assuming|such as|consider)\b",
    re.IGNORECASE,
)
_OUTDATED = re.compile(
    r"\b(?:deprecat\w+|no longer|removed|obsolet\w+|previously|formerly|used to|legacy|prior to"
    r"|earlier versions?)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\W*(?:it|its|this|that|these|those|they|their|he|she|such|here|there|so|but|and|also|however|then|otherwise"
    r"|in this case)\b",
    re.IGNORECASE,
)
_HEDGED = re.compile(r"\b(?:may|might|could|possibly|perhaps|sometimes|probably)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"\]\([^()\s]++\)|https?://\S++|<[^<>\s]++>")
_MOST_SYMBOLS = 3


def wording(inquiry: Inquiry, candidate: Candidate) -> tuple[float, ...]:
    """Return the values of `NAMES`."""
    text = candidate.text
    alone = candidate.unit in {Unit.SENTENCE, Unit.ITEM, Unit.CODE}
    signs = sum(1 for sign in text if not sign.isalnum() and not sign.isspace())
    linked = sum(len(match[0]) for match in _ADDRESS.finditer(text))
    start = text.lstrip("*_`\"'([{ \t\n")[:1]
    return (
        float(alone and announces(text)),
        float(bool(_SUPPOSES.search(text))),
        float(bool(_OUTDATED.search(text)) and not _OUTDATED.search(inquiry.text)),
        float(start.islower()),
        float(bool(_POINTS_BACK.match(text))),
        min(1.0, _MOST_SYMBOLS * signs / max(1, len(text))),
        linked / max(1, len(text)),
        float(bool(_HEDGED.search(text))),
    )
