"""A killed process loses nothing of a chat that it reported kept."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from graph.config.database_address import Location
from graph.people.conversations import Conversations
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS
from tests.fakes.databases import word
from tests.ui.chat.history.given import AWKWARD, CONTENT
from ui.chat.history.data_layer import ChatDataLayer

ROOT = Path(__file__).parents[4]


def reported(place: Location, kill_after: int) -> list[dict[str, Any]]:
    """Kill the writer as soon as it reported its `kill_after`-th write, and return all it reported."""
    command = [sys.executable, "-m", "tests.ui.chat.history.killed", word(place)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(kill_after)]
    process.kill()
    lines += process.communicate(timeout=60)[0].splitlines(keepends=True)
    return [json.loads(line) for line in lines if line.endswith("\n")]


@pytest.mark.parametrize("kill_after", [2, 3, 4, 5, 6, 43])
async def test_a_kill_loses_nothing_that_was_kept(place: Location, kill_after: int) -> None:
    """After SIGKILL right behind a write, every write before is there: also one before the person spoke."""
    facts = reported(place, kill_after)
    assert len(facts) >= kill_after
    database = Database(place, migrations=MIGRATIONS)
    numbers = count()
    history = ChatDataLayer(Conversations(database), time.time, new_id=lambda: f"new-{next(numbers)}")
    ada = await history.get_user("ada")
    assert ada is not None
    for fact in facts:
        await there(history, ada.id, fact)
    await database.close()


async def there(history: ChatDataLayer, ada: str, fact: dict[str, Any]) -> None:
    """Check that a reported write is in the database, equal in each field and byte."""
    match fact["what"]:
        case "user":
            assert fact["id"] == ada
        case "element":
            element = fact["element"]
            found = await history.content_for("ada", element["threadId"], element["id"])
            assert found == (element, CONTENT)
        case "step":
            step = await step_of(history, fact["step"])
            step.pop("feedback", None)
            assert step == fact["step"]
        case "feedback":
            assert (await step_of(history, fact["step"]))["feedback"]["comment"] == AWKWARD


async def step_of(history: ChatDataLayer, step: dict[str, Any]) -> dict[str, Any]:
    """Return a step as it is kept, in the thread it belongs to."""
    thread = await history.get_thread(step["threadId"])
    assert thread is not None
    assert thread["userIdentifier"] == "ada"
    (found,) = [each for each in thread["steps"] if each["id"] == step["id"]]
    return dict(found)
