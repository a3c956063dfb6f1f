"""Describe the verdict of a claim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.records import Label
from guards.wording.wording import UNCHECKED
from ui.catalogue import N_, _

VERDICTS = {
    Label.SUPPORTED: N_("supported"),
    Label.CONTRADICTED: N_("contradicted"),
    Label.UNVERIFIED: N_("unverified"),
}


def verdict_words(claim: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the verdict of a claim, with a note where its wording was not checked."""
    verdict = _(VERDICTS[Label(claim["verdict"])])
    return (verdict, _(UNCHECKED)) if claim.get("wording") == "unchecked" else (verdict,)
