"""Be the process a crash test kills: `python -m tests.history.killed <database> <folder>`."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from itertools import count
from pathlib import Path
from typing import Any

from tests.fakes.chainlit_home import bring_in, browse

bring_in()

import chainlit as cl  # noqa: E402 - its home is known now
from chainlit.types import Feedback  # noqa: E402

from graph.stores.database import Database  # noqa: E402
from graph.stores.migrations import MIGRATIONS  # noqa: E402
from tests.history.given import step  # noqa: E402
from ui.chat.history import History  # noqa: E402


def say(what: str, **facts: Any) -> None:  # noqa: ANN401 - whatever JSON can say
    """Tell the parent what is kept, and give it time to kill."""
    print(json.dumps({"what": what, **facts}), flush=True)  # noqa: T201 - this is what the parent reads


async def main(path: Path) -> None:
    """Write one thing after another and say each that was kept, until killed."""
    numbers = count()
    history = History(Database(path, migrations=MIGRATIONS), time.time, new_id=lambda: f"id-{next(numbers)}")
    ada = await history.create_user(cl.User(identifier="ada"))
    say("user", id=ada.id)
    for number in count():
        thread = f"t{number}"
        browse(ada, thread)
        before = step(thread, 0)  # before the person wrote: Chainlit's own layers hold it in memory
        await history.create_step(before)
        say("step", step=before)
        spoken = step(thread, 1, type="user_message")
        await history.create_step(spoken)
        say("step", step=spoken)
        element = cl.File(thread_id=thread, id=f"e{number}", name="f", content=b"bytes", for_id=spoken["id"])
        await history.create_element(element)
        say("element", thread=thread, id=element.id)
        await history.upsert_feedback(Feedback(forId=before["id"], value=1))
        say("feedback", thread=thread, step=before["id"])


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
