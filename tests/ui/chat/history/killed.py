"""Be the process a crash test kills: `python -m tests.ui.chat.history.killed <database>`."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from itertools import count
from typing import TYPE_CHECKING, Any

from tests.fakes.chainlit_home import bring_in, browse

bring_in()

import chainlit as cl  # noqa: E402 - its home is known now
from chainlit.types import Feedback  # noqa: E402

from graph.people.conversations import Conversations  # noqa: E402
from graph.stores.db.database import Database  # noqa: E402
from graph.stores.db.migrations import MIGRATIONS  # noqa: E402
from tests.fakes.databases import read_word  # noqa: E402
from tests.ui.chat.history.given import AWKWARD, CONTENT, step  # noqa: E402
from ui.chat.history.data_layer import ChatDataLayer  # noqa: E402

if TYPE_CHECKING:
    from chainlit.step import StepDict

    from graph.config.database_address import Location


def say(what: str, **facts: Any) -> None:  # noqa: ANN401 - whatever JSON can say
    """Tell the parent what is kept, and give it time to kill."""
    print(json.dumps({"what": what, **facts}), flush=True)  # noqa: T201 - this is what the parent reads


async def main(place: Location) -> None:
    """Write one thing after another and say each that was kept, until killed."""
    numbers = count()
    history = ChatDataLayer(
        Conversations(Database(place, migrations=MIGRATIONS)),
        time.time,
        new_id=lambda: f"id-{next(numbers)}",
    )
    ada = await history.create_user(cl.User(identifier="ada"))
    say("user", id=ada.id)
    for number in count():
        thread = f"t{number}"
        browse(ada, thread)
        before = step(thread, 0)  # before the person wrote: Chainlit's own layers hold it in memory
        await history.create_step(before)
        say("step", step=before)
        spoken = step(thread, 1, type="user_message", output=AWKWARD)
        await history.create_step(spoken)
        say("step", step=spoken)
        element = cl.File(
            thread_id=thread, id=f"e{number}", name=AWKWARD, content=CONTENT, for_id=spoken["id"]
        )
        await history.create_element(element)
        say("element", element=element.to_dict())
        await history.upsert_feedback(Feedback(forId=before["id"], value=1, comment=AWKWARD))
        say("feedback", step=before)
        answers = [step(thread, 2 + each, output=AWKWARD * 2_000) for each in range(4)]
        for kept in asyncio.as_completed([written(history, each) for each in answers]):
            say("step", step=await kept)


async def written(history: ChatDataLayer, step: StepDict) -> StepDict:
    """Write a step beside others, and return it once it is kept."""
    await history.create_step(step)
    return step


if __name__ == "__main__":
    asyncio.run(main(read_word(sys.argv[1])))
