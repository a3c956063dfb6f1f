"""Hold what one session shows."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from ui.chat.run_view.chainlit_renderer import RenderedParts


@dataclass(slots=True, kw_only=True)
class SessionState:
    """Hold the tasks of a session by run, and what its page shows.

    `views` show a run, `waits` wait for a run of another process, `drafts` are edited plans by run,
    `rendered` is what the page shows of the conversation, `resuming` opens a stored conversation.
    """

    views: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    waits: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    drafts: dict[str, Any] = field(default_factory=dict)
    rendered: RenderedParts = field(default_factory=RenderedParts)
    resuming: asyncio.Task[None] | None = None

    def shown_runs(self) -> tuple[str, ...]:
        """Return the runs that are shown now."""
        return tuple(run for run, task in self.views.items() if not task.done())

    def detach(self) -> None:
        """Stop showing and waiting; the runs go on."""
        for tasks in (self.views, self.waits):
            for task in tasks.values():
                task.cancel()
            tasks.clear()
