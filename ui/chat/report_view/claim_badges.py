"""Word how well a claim is supported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from graph.records import Label
from guards.wording.wording import UNCHECKED
from ui.catalogue import _


class BadgeKind(StrEnum):
    """Name the kinds of badges: each has an icon and a colour of its own."""

    SEVERAL = "several"
    SINGLE = "single"
    CONTRADICTED = "contradicted"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """Hold the kind of a badge and its words."""

    kind: BadgeKind
    words: str


def badge(claim: Mapping[str, Any]) -> Badge:
    """Return the badge of a claim, from its verdict and its number of independent sources.

    A report of an earlier release has no such number: its badge counts the cited sources, and says so.
    """
    if claim["verdict"] == Label.CONTRADICTED:
        return Badge(kind=BadgeKind.CONTRADICTED, words=_("contradicted"))
    if claim.get("wording") == "unchecked":
        return Badge(kind=BadgeKind.UNVERIFIED, words=_(UNCHECKED))
    if claim["verdict"] != Label.SUPPORTED:
        return Badge(kind=BadgeKind.UNVERIFIED, words=_("unverified"))
    counted = "independent_sources" in claim
    cited = len({each["source"] for each in claim["citations"]})
    count = claim["independent_sources"] if counted else cited
    if count > 1:
        said = (
            _("supported by {number} independent sources")
            if counted
            else _("supported by {number} cited sources")
        )
        return Badge(kind=BadgeKind.SEVERAL, words=said.format(number=count))
    return Badge(kind=BadgeKind.SINGLE, words=_("single source"))
