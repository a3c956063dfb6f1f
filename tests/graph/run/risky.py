"""A run whose follow-ups would send private words away; by itself, a process that dies while one waits.

python -m tests.graph.run.risky HOME
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import ClassVar

from graph.options import Approve, Options
from graph.tool import Group, ToolSpec
from tests.fakes.app import events, small_app
from tests.fakes.tools import Pages, Query

QUESTION = "breaker? marlin?"
PAGES = {
    "Breakers": "A breaker closes, see Zebra.",
    "Marlin": "Marlin keeps keys, see Quagga.",
    "Zebras": "Zebra was here.",
    "Quaggas": "Quagga was here.",
}


class Web(Pages):
    """Find pages off this machine."""

    spec: ClassVar[ToolSpec] = ToolSpec(
        name="pages", version="1", purpose="find pages", arguments=Query, group=Group.WEB
    )


async def main(home: Path) -> None:
    """Release the plan and the first of two calls, then die while the second waits."""
    async with small_app(home, Web(PAGES)) as app:
        await events(app.run(QUESTION, Options(approve=Approve.ASK), run_id="r1"))
        for _ in range(2):
            await events(app.resume("r1", {"decision": "approve"}))
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
