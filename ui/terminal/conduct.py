"""Take a run from its start to its last event."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from graph.config.settings import Settings
from graph.errors import AttestError, Refused
from graph.events import Event, Finished, Waiting
from ui.report.proof import Proof, proof_of
from ui.terminal import terminal_session
from ui.terminal.interruptible import complete
from ui.terminal.progress import make_progress
from ui.terminal.streams import tell
from ui.terminal.terminal_session import App

Start = Callable[[App], AsyncIterator[Event]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """Hold the last event of a run, and the proof of its report."""

    event: Finished | Waiting
    proof: Proof = field(default_factory=Proof)


def conduct(settings: Settings, run_id: str, start: Start) -> Ended:
    """Run to the last event, showing progress; what is raised carries how to go on."""
    with _advising(settings, run_id):
        return complete(_conduct(settings, start), lambda: tell(f"stopped; {_safe(run_id)}"))


async def _conduct(settings: Settings, start: Start) -> Ended:
    async with terminal_session.open_app(settings) as app:
        event = await _follow(start(app))
        if isinstance(event, Waiting):
            return Ended(event=event)
        return Ended(event=event, proof=await proof_of(app, event.report))


async def _follow(events: AsyncIterator[Event]) -> Finished | Waiting:
    with make_progress() as progress:
        async for event in events:
            progress.show(event)
            last = event
    if isinstance(last, Finished | Waiting):
        return last
    raise RuntimeError(f"the run ended with {last.type}")


@contextmanager
def _advising(settings: Settings, run_id: str) -> Iterator[None]:
    try:
        yield
    except Refused:
        raise
    except KeyboardInterrupt as error:
        error.add_note(_safe(run_id) if _is_stored(settings, run_id) else "the run had not begun")
        raise
    except Exception as error:
        if _is_stored(settings, run_id):
            error.add_note(f"the run can go on: attest resume {run_id}")
        raise


def _safe(run_id: str) -> str:
    return f"nothing is lost: attest resume {run_id}"


def _is_stored(settings: Settings, run_id: str) -> bool:
    try:
        return any(row.id == run_id for row in terminal_session.list_runs(settings))
    except AttestError:
        return False
