"""Ask a question in a process that kills itself at a named place.

python -m tests.graph.run.victim HOME DOCS RUN PLACE QUESTION DATABASE_URL
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from graph.app import open_app
from graph.options import Options
from graph.ports import Services
from tests.fakes.app import events, settings

PLACES = (
    "planning",
    "between two calls",
    "inside a call",
    "before writing",
    "before settling",
    "after sealing",
)


def die() -> None:
    """End this process as a power cut would: no handler, no flush, no goodbye."""
    os.kill(os.getpid(), signal.SIGKILL)


class Deadly:
    """Pass everything on to `real`, but die on the given call of the given method, or `after` it."""

    def __init__(
        self,
        real: Any,  # noqa: ANN401
        method: str,
        *,
        on: int = 1,
        midway: float | None = None,
        after: bool = False,
    ) -> None:
        self._real, self._method, self._on, self._midway = real, method, on, midway
        self._after = after
        self._seen = 0

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        real = getattr(self._real, name)
        return self._counted(real) if name == self._method else real

    def _counted(self, real: Callable[..., Any]) -> Callable[..., Any]:
        async def call(*args: object, **kwargs: object) -> object:
            self._seen += 1
            if self._seen == self._on and self._after:
                await real(*args, **kwargs)
                die()
            if self._seen == self._on:
                if self._midway is None:
                    die()
                asyncio.get_running_loop().call_later(self._midway or 0, die)
                await real(*args, **kwargs)
                await asyncio.sleep(60)
            return await real(*args, **kwargs)

        return call


def deadly(place: str) -> Callable[[Services], Services]:
    """Return services that kill the process at a place."""

    def adapt(made: Services) -> Services:
        if place == "planning":
            return replace(made, planner=Deadly(made.planner, "plan"))
        if place == "between two calls":
            return replace(made, toolbox=Deadly(made.toolbox, "call", on=4))
        if place == "inside a call":
            runner = made.toolbox
            tools = runner._tools  # type: ignore[attr-defined]
            tools["documents.search"] = Deadly(tools["documents.search"], "run", on=3, midway=0.0)
            return made
        if place == "before writing":
            return replace(made, writer=Deadly(made.writer, "write"))
        return replace(made, calls=Deadly(made.calls, "seal", after=place == "after sealing"))

    return adapt


async def main(arguments: Sequence[str]) -> None:
    """Ask, and die on the way."""
    home, docs, run_id, place, question, url = arguments
    async with open_app(settings(Path(home), url), deadly(place)) as app:
        await events(app.run(question, Options(docs=(docs,)), run_id=run_id))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
