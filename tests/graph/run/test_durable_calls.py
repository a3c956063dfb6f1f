from __future__ import annotations

from typing import Any, cast

import pytest

from graph.records import Call
from graph.run import durable_calls
from graph.run.durable_calls import call_once
from graph.tool import Toolbox
from tests.nodes.roles import RUN, TASK, call


class Journal:
    """Answer a call by its own task."""

    async def call(self, run: object, branch: str, task: Any, announce: object) -> Call:  # noqa: ANN401 - a fake
        return call(task.id)


@pytest.mark.parametrize("stored", ["t1", "another"])
async def test_a_call_gets_its_own_result(stored: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """LangGraph may hand a resumed call the result of another: then the journal answers."""

    async def replayed(*_: object) -> Call:
        return call(stored)

    monkeypatch.setattr(durable_calls, "durable_call", replayed)
    done = await call_once(cast("Toolbox", Journal()), RUN, "b1", TASK)
    assert done.task == TASK.id
