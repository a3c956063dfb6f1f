"""Accept a question, or refuse it."""

from __future__ import annotations

from langchain_core.runnables import RunnableConfig

from graph.errors import Refused
from graph.events import Announce, PhaseStarted
from graph.options import Options
from graph.ports import Runs
from graph.records import Clock, Phase, Run
from graph.state import ResearchState, Update
from guards.option_bounds import read_bounded, read_options
from guards.request import is_request_allowed


async def guard_request(
    state: ResearchState,
    config: RunnableConfig,
    *,
    announce: Announce,
    runs: Runs,
    clock: Clock,
    defaults: Options,
    bounded: bool,
) -> Update:
    """Write the row of the run, then decide whether the question may be researched."""
    announce(PhaseStarted(phase=Phase.INITIALIZING))
    now, refusal, options, question = clock(), "", defaults, ""
    try:
        question = _text(state.question)
        options = (read_bounded if bounded else read_options)(state.options, defaults)
    except Refused as refused:
        refusal = str(refused)
    run_id = str(config["configurable"]["thread_id"])
    decision = is_request_allowed(question)
    run = await runs.accept(Run(id=run_id, question=question, options=options, started=now))
    return Update(
        question=question,
        run=run,
        phase=Phase.INITIALIZING,
        entered={Phase.INITIALIZING: run.started},
        refusal=refusal or decision.reason,
    )


def _text(question: object) -> str:
    """Return the question; raise Refused for what is not text: Studio sends any JSON it is given."""
    if not isinstance(question, str):
        raise Refused("question: write it as text")
    return question
