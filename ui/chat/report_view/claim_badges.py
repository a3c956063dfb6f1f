"""Say in words how well a claim is supported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from graph.records import Label
from guards.wording.wording import UNCHECKED


class Standing(StrEnum):
    """Name the badge of a claim: each has a word, a picture and a colour of its own."""

    SEVERAL = "several"
    SINGLE = "single"
    CONTRADICTED = "contradicted"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """Tell how a claim stands, in the words of its badge."""

    standing: Standing
    words: str


def badge(claim: Mapping[str, Any]) -> Badge:
    """Judge a claim by its verdict and by how many sources that are not copies say so.

    A report of an earlier release does not count them: there the cited sources are counted, and called that.
    """
    if claim["verdict"] == Label.CONTRADICTED:
        return Badge(standing=Standing.CONTRADICTED, words="contradicted")
    if claim.get("wording") == "unchecked":
        return Badge(standing=Standing.UNVERIFIED, words=UNCHECKED)
    if claim["verdict"] != Label.SUPPORTED:
        return Badge(standing=Standing.UNVERIFIED, words="unverified")
    counted = "independent_sources" in claim
    cited = len({each["source"] for each in claim["citations"]})
    count = claim["independent_sources"] if counted else cited
    if count > 1:
        kind = "independent sources" if counted else "cited sources"
        return Badge(standing=Standing.SEVERAL, words=f"supported by {count} {kind}")
    return Badge(standing=Standing.SINGLE, words="single source")
