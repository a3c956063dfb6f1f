"""Lies of every kind are made of a claim, and none is what it says."""

from __future__ import annotations

import random

from evals.bench.hostile_sentences import LINK, ORDER, lies
from guards.wording.wording import WordingResult, worded


def test_no_lie_is_held_by_its_claim() -> None:
    """Inventions, links, orders, denials, other numbers and another language are all refused."""
    claim = "The ferry to Sull is red and carries 40 cars on each crossing of the bay."
    told = lies([claim], random.Random(1))  # noqa: S311 - no secret
    assert len(told) == 6
    assert ORDER in told
    assert any(LINK in lie for lie in told)
    asked = "How many cars does the ferry to Sull carry, and is it red?"
    assert {worded(lie, [claim], asked).wording for lie in told} == {WordingResult.REFUSED}
