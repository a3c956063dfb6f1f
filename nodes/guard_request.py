"""Let a question in, or refuse it."""

from __future__ import annotations

from langchain_core.runnables import RunnableConfig

from graph.errors import Refused
from graph.events import Announce, PhaseStarted
from graph.options import Options
from graph.ports import Runs
from graph.records import Clock, Phase, Run
from graph.state import ResearchState, Update
from guards.options import read_bounded, read_options
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
    """Write the row of the run, then say whether the question may be researched."""
    announce(PhaseStarted(phase=Phase.INITIALIZING))
    now, refusal, options = clock(), "", defaults
    try:
        options = (read_bounded if bounded else read_options)(state.options, defaults)
    except Refused as refused:
        refusal = str(refused)
    run_id = str(config["configurable"]["thread_id"])
    run = await runs.accept(Run(id=run_id, question=state.question, options=options, started=now))
    decision = is_request_allowed(state.question)
    return Update(
        run=run,
        phase=Phase.INITIALIZING,
        entered={Phase.INITIALIZING: run.started},
        refusal=refusal or decision.reason,
    )
