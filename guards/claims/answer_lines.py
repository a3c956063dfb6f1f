"""Does each line of an answer say what a claim of its report says?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from guards.answer_status import SILENCES
from guards.claims.findings import Finding, FindingKind
from guards.claims.report_claims import Cited, numbered
from guards.outside_text import plain
from guards.wording.wording_label import unlabelled

_LAST = re.compile(r"\s?\[(\d{1,6})\]\Z")
_REACH = 10  # the most characters _LAST matches
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SHOWN = 60


def check_answer(answer: str, claims: Sequence[Cited]) -> Iterator[Finding]:
    """Find lines of the answer that are not a claim with its numbers, and claims that the answer omits.

    The only other lines of an answer are questions in bold and the sentence that the sources say nothing.
    """
    rests = _numbers(claims)
    missing = dict(rests)
    unchecked = {plain(claim.text) for claim in claims if claim.unchecked}
    for line in filter(None, (line.strip() for line in answer.splitlines())):
        said, numbers = read_line(line)
        missing.pop(said, None)
        if unlabelled(line)[1] != (said in unchecked):
            yield _changed(f"the answer says wrongly whether {said[:_SHOWN]!r} was checked")
        if said not in rests and said not in SILENCES and not _is_heading(line):
            yield _changed(f"the answer says {said[:_SHOWN]!r}, which is no claim of the report")
        for stray in sorted(numbers - rests.get(said, set())):
            yield _changed(f"[{stray}] in the answer follows words of no claim that rests on it")
        if rests.get(said) and not numbers:
            yield _changed(f"the answer says {said[:_SHOWN]!r} without a citation number")
    for said in missing:
        yield _changed(f"the answer leaves out the claim {said[:_SHOWN]!r}")


def _numbers(claims: Sequence[Cited]) -> dict[str, set[int]]:
    """Return the numbers that may follow the words of each claim."""
    numbers = numbered(citation for claim in claims for citation in claim.citations)
    rests: dict[str, set[int]] = {}
    for claim in claims:
        rests.setdefault(plain(claim.text), set()).update(numbers[c] for c in claim.citations)
    return rests


def read_line(line: str) -> tuple[str, set[int]]:
    """Split a line of the answer into its words, without Markdown's backslashes, and its numbers."""
    line, _ = unlabelled(line)
    end, numbers = len(line), set()
    while last := _LAST.search(line, max(0, end - _REACH), end):
        end = last.start()
        numbers.add(int(last[1]))
    return _ESCAPED.sub(r"\1", line[:end]), numbers


def _is_heading(line: str) -> bool:
    return line.startswith("**") and line.endswith("**")


def _changed(detail: str) -> Finding:
    return Finding(kind=FindingKind.CHANGED_ANSWER, detail=detail)
