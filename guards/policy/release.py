"""May a person release this call?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from graph.records import Decision
from guards.policy.call_policy import CallQuestion


def may_a_person_release(question: CallQuestion, decide: Callable[[CallQuestion], Decision]) -> Decision:
    """Allow to ask a person about a call that is denied now and would be allowed with their approval.

    The reason is why it is denied now.
    """
    now = decide(question)
    releasable = not now.allowed and decide(replace(question, approved=True)).allowed
    return Decision(allowed=releasable, reason="" if now.allowed else now.reason)
