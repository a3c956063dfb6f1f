"""Find the passage that a report without an answer shows as the nearest one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ui.catalogue import N_
from ui.report.cited_place import cited_place
from ui.report.readable_lines import ReadableLine, readable_lines

NEAREST = N_("The nearest passage, too uncertain to be an answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class NearestPassage:
    """Hold the passage line by line, its source as the report describes it, and where it stands there."""

    lines: tuple[ReadableLine, ...]
    source: Mapping[str, Any]
    place: str


def nearest(report: Mapping[str, Any]) -> NearestPassage | None:
    """Return the nearest passage; None where the report has none, as those with claims."""
    shown = report.get("nearest")
    if shown is None:
        return None
    source = next(each for each in report["sources"] if each["id"] == shown["source"])
    return NearestPassage(lines=readable_lines(shown["quote"]), source=source, place=cited_place(shown))
