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

from graph.stores.database import Database
from graph.stores.migrations import MIGRATIONS
from ui.chat.history import History

ROOT = Path(__file__).parents[2]


def reported(path: Path, kill_after: int) -> list[dict[str, Any]]:
    """Kill the writer as soon as it reported its `kill_after`-th write, and return all it reported."""
    command = [sys.executable, "-m", "tests.history.killed", str(path)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(kill_after)]
    process.kill()
    lines += process.communicate(timeout=60)[0].splitlines(keepends=True)
    return [json.loads(line) for line in lines if line.endswith("\n")]


@pytest.mark.parametrize("kill_after", [2, 3, 4, 5, 43])
async def test_a_kill_loses_nothing_that_was_kept(tmp_path: Path, kill_after: int) -> None:
    """After SIGKILL right behind a write, every write before is there: also one before the person spoke."""
    path = tmp_path / "attest.db"
    facts = reported(path, kill_after)
    assert len(facts) >= kill_after
    database = Database(path, migrations=MIGRATIONS)
    numbers = count()
    history = History(database, time.time, new_id=lambda: f"new-{next(numbers)}")
    ada = await history.get_user("ada")
    assert ada is not None
    for fact in facts:
        await there(history, ada.id, fact)
    await database.close()


async def there(history: History, ada: str, fact: dict[str, Any]) -> None:
    """Check that a reported write is in the file."""
    if fact["what"] == "user":
        assert fact["id"] == ada
    elif fact["what"] == "element":
        found = await history.content_for("ada", fact["thread"], fact["id"])
        assert found is not None
        assert found[1] == b"bytes"
    else:
        named = fact["step"]["id"] if fact["what"] == "step" else fact["step"]
        thread = await history.get_thread(
            fact["step"]["threadId"] if fact["what"] == "step" else fact["thread"]
        )
        assert thread is not None
        assert thread["userIdentifier"] == "ada"
        (found_step,) = [each for each in thread["steps"] if each["id"] == named]
        feedback = found_step.pop("feedback", None)
        assert found_step == fact["step"] if fact["what"] == "step" else feedback is not None
