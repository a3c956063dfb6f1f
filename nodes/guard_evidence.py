"""Keep the passages that still match what was stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from graph.events import Announce, PhaseStarted
from graph.off_loop import run_off_loop
from graph.ports import Evidence
from graph.records import Clock, Passage, Phase, Unknown
from graph.state import ResearchState, Update
from graph.untrusted import Untrusted
from guards.claims.stored_passage import is_passage_inside, is_source_intact, left_out, unread


async def guard_evidence(
    state: ResearchState, *, announce: Announce, evidence: Evidence, clock: Clock
) -> Update:
    """Re-read every source of the evidence; drop passages that are gone, changed or out of bounds.

    What is dropped is named, and so are sources that were found and are not read at all.
    """
    announce(PhaseStarted(phase=Phase.VALIDATING))
    texts = await evidence.texts(list({passage.span.source for passage in state.evidence}))
    reasons = await run_off_loop(sum(map(len, texts.values())), partial(_reasons, state.evidence, texts))
    unseen = unread(state.passages, state.evidence)
    return Update(
        phase=Phase.VALIDATING,
        entered={Phase.VALIDATING: clock()},
        evidence=tuple(passage for passage in state.evidence if not reasons[passage]),
        unknowns=(
            *(Unknown(kind="evidence_dropped", detail=reason) for reason in reasons.values() if reason),
            *([left_out(unseen)] if unseen else []),
        ),
    )


def _reasons(passages: Sequence[Passage], texts: Mapping[str, Untrusted]) -> dict[Passage, str]:
    return {passage: _reason(passage, texts.get(passage.span.source)) for passage in passages}


def _reason(passage: Passage, text: Untrusted | None) -> str:
    intact = is_source_intact(passage.span.source, text)
    if text is None or not intact.allowed:
        return intact.reason
    return is_passage_inside(passage, text).reason
