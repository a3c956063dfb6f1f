"""Name what does not hold in a report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """Name what does not hold."""

    CHANGED_QUOTE = "changed_quote"
    MOVED_OFFSET = "moved_offset"
    CUT_QUOTE = "cut_quote"
    WRONG_SOURCE = "wrong_source"
    CHANGED_SOURCE = "changed_source"
    MISSING_SOURCE = "missing_source"
    NO_CITATION = "no_citation"
    UNCITED_SOURCE = "uncited_source"
    CHANGED_CLAIM = "changed_claim"
    CHANGED_ANSWER = "changed_answer"
    CHANGED_RECORD = "changed_record"
    CHANGED_PAGE = "changed_page"
    BROKEN_CHAIN = "broken_chain"
    INVALID_REPORT = "invalid_report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Say what does not hold, in which claim and source; either is empty when the finding is wider."""

    kind: FindingKind
    claim: str = ""
    source: str = ""
    detail: str
