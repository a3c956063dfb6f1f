"""Pursue one line of inquiry."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from graph.records import Branch, Call, Outcome, Run, Task
from graph.state import Investigation, Update

Caller = Callable[[Run, str, Task], Awaitable[Call]]


async def investigate(state: Investigation, *, call: Caller) -> Update:
    """Start every call of the branch the moment the calls it needs are done."""
    calls = await _in_order(state.run, state.branch, call)
    return Update(
        calls=tuple(replace(done, passages=()) for done in calls),
        passages=tuple(passage for done in calls for passage in done.passages),
    )


async def _in_order(run: Run, branch: Branch, call: Caller) -> list[Call]:
    running: dict[str, asyncio.Task[Call]] = {}
    tasks = {task.id: task for task in branch.tasks}

    async def one(task: Task) -> Call:
        needed = [await running[name] for name in task.needs]
        failed = next((done for done in needed if done.outcome is not Outcome.DONE), None)
        return _skipped(branch, task, failed) if failed else await call(run, branch.id, task)

    async with asyncio.TaskGroup() as group:
        for task in tasks.values():
            running[task.id] = group.create_task(one(task))
    return [done.result() for done in running.values()]


def _skipped(branch: Branch, task: Task, failed: Call) -> Call:
    return Call(
        task=task.id,
        branch=branch.id,
        tool=task.tool,
        outcome=Outcome.SKIPPED,
        started=failed.ended,
        ended=failed.ended,
        detail=f"it needs {failed.task}, which {failed.outcome}: {failed.detail}",
    )
