"""Make calls that LangGraph stores as they complete, so that a resumed run does not repeat them."""

from __future__ import annotations

from collections.abc import Sequence

from langgraph.func import task as durable

from graph.definition import Definition
from graph.records import Call, Run, Task
from graph.run.event_sink import announce
from graph.tool import Toolbox


async def call(toolbox: Toolbox, run: Run, branch: str, task: Task) -> Call:
    """Make a call with the toolbox and announce it to the listener of the run."""
    return await toolbox.call(run, branch, task, announce)


# LangGraph prepares a module's function once, and a closure or a renamed function at every call.
durable_call = durable(call)
"""Store the result of a call as it completes: a resumed run does not repeat it."""


async def define(toolbox: Toolbox, tools: Sequence[str]) -> Sequence[Definition]:
    """Return the definitions of tools."""
    return await toolbox.define(tools)


durable_define = durable(define)
"""Store the definitions a person is shown: a resumed run shows, and approves, the same ones."""


async def call_once(toolbox: Toolbox, run: Run, branch: str, task: Task) -> Call:
    """Make a durable call, and check that the result belongs to it.

    A resumed node gets stored results back in the order in which its calls began, and timing decides that
    order. A result of another call is ignored: the journal has the right one.
    """
    done: Call = await durable_call(toolbox, run, branch, task)
    return done if done.task == task.id else await toolbox.call(run, branch, task, announce)
