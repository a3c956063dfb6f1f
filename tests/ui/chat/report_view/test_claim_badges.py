"""A badge says how well a claim is supported."""

from __future__ import annotations

from typing import Any

import pytest

from tests.ui.report import examples
from ui.chat.report_view.claim_badges import Badge, BadgeKind, badge


def judged(verdict: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401  # any field
    """Make a claim with a verdict."""
    return {**examples.report()["claims"][0], "verdict": verdict, **more}


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (
            judged("supported", independent_sources=3),
            Badge(kind=BadgeKind.SEVERAL, words="supported by 3 independent sources"),
        ),
        (
            judged("supported", independent_sources=1),
            Badge(kind=BadgeKind.SINGLE, words="single source"),
        ),
        (judged("supported"), Badge(kind=BadgeKind.SINGLE, words="single source")),
        (
            judged("contradicted", independent_sources=3),
            Badge(kind=BadgeKind.CONTRADICTED, words="contradicted"),
        ),
        (judged("unverified"), Badge(kind=BadgeKind.UNVERIFIED, words="unverified")),
    ],
    ids=["several", "one", "uncounted", "contradicted", "unverified"],
)
def test_a_badge_says_how_well_a_claim_is_supported(claim: dict[str, Any], expected: Badge) -> None:
    """Each verdict has words of its own; a contradicted claim is never called supported."""
    assert badge(claim) == expected


def test_cited_sources_are_not_called_independent() -> None:
    """A report that did not count independent sources claims no independence."""
    report = examples.report()
    claim = {**report["claims"][0], "citations": [c["citations"][0] for c in report["claims"]]}
    assert badge(claim).words == "supported by 2 cited sources"
