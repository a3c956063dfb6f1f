"""Ask and resume, from the checks before a run to its report."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.config.settings import Settings
from graph.events import Event
from graph.options import Options
from ui.report.publish import HOME_MEND, check_writable
from ui.terminal import terminal_session
from ui.terminal.conclude import conclude, folder_of
from ui.terminal.conduct import Start, conduct
from ui.terminal.exits import Code
from ui.terminal.find_run import find_run
from ui.terminal.terminal_session import App
from ui.terminal.terminal_user import account


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Hold a question, its options and, when the person chose one, the id of its run."""

    question: str
    options: Options
    run_id: str | None


def ask(settings: Settings, asked: Asked, out: Path | None, *, as_json: bool) -> Code:
    """Run a question to its end."""
    run_id = asked.run_id or terminal_session.new_run_id(time.time())
    return _run(
        settings,
        run_id,
        lambda app: app.run(asked.question, asked.options, run_id=run_id),
        out,
        as_json=as_json,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """Hold what a person says to a run: the decision it waits for, or a budget in micro-dollars."""

    decision: Mapping[str, Any] | None = None
    budget: int | None = None


def resume(settings: Settings, name: str, going: Going, out: Path | None, *, as_json: bool) -> Code:
    """Continue the run of that id, or unique beginning of one, to its end."""
    run_id = find_run(terminal_session.list_runs(settings), name).id

    def start(app: App) -> AsyncIterator[Event]:
        return app.resume(run_id, going.decision, budget=going.budget, by=account())

    return _run(settings, run_id, start, out, as_json=as_json)


def end(settings: Settings, run_id: str) -> Code:
    """End a run that waits for a person, and publish its report."""
    return _run(settings, run_id, lambda app: app.end(run_id, account()), None, as_json=False)


def _run(settings: Settings, run_id: str, start: Start, out: Path | None, *, as_json: bool) -> Code:
    check_writable(folder_of(run_id, out))
    if isinstance(settings.database, Path):
        check_writable(settings.database.parent, HOME_MEND)
    return conclude(conduct(settings, run_id, start), run_id, out, as_json=as_json)
