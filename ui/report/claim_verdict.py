"""Describe the verdict of a claim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guards.wording.wording import UNCHECKED


def verdict_words(claim: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the verdict of a claim, with a note where its wording was not checked."""
    verdict = str(claim["verdict"])
    return (verdict, UNCHECKED) if claim.get("wording") == "unchecked" else (verdict,)
