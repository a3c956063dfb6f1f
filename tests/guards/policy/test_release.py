from __future__ import annotations

import pytest

from graph.records import Decision
from guards.policy.call_policy import CallQuestion
from guards.policy.release import may_a_person_release

ASKED = CallQuestion(role="analyst", tool="wiki", group="web", private=True)


@pytest.mark.parametrize(
    ("alone", "approved", "releasable"),
    [(True, True, False), (False, True, True), (False, False, False), (True, False, False)],
)
def test_a_person_may_release_what_only_their_approval_lacks(
    *, alone: bool, approved: bool, releasable: bool
) -> None:
    """A call that is allowed anyhow needs nobody; one that is denied even so cannot be released."""

    def decide(question: CallQuestion) -> Decision:
        allowed = approved if question.approved else alone
        return Decision(allowed=allowed, reason="it may" if allowed else "it may not")

    decision = may_a_person_release(ASKED, decide)
    assert decision.allowed is releasable
    assert decision.reason == ("" if alone else "it may not")
