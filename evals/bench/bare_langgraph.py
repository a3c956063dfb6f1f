"""Run the same work without Attest: a plain LangGraph graph, the stock SQLite saver, evidence in state."""

from __future__ import annotations

import operator
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path
from typing import Annotated

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver
from langgraph.graph import END, START, StateGraph
from langgraph.types import Send
from typing_extensions import TypedDict

Answer = Callable[[str, str], Awaitable[str]]
"""Answer a question under the id of a run."""


class BareState(TypedDict, total=False):
    """Hold everything in the state, as tutorials do."""

    question: str
    queries: list[str]
    evidence: Annotated[list[str], operator.add]
    answer: str


class ToolQuery(TypedDict):
    """Send one query to a tool."""

    query: str


@asynccontextmanager
async def bare_graph(path: Path, tool: Callable[[str], Awaitable[str]]) -> AsyncIterator[Answer]:
    """Yield a function that answers a question: init → plan → 8 tools → validate → synthesize → monitor."""

    async def look_up(state: ToolQuery) -> BareState:
        return {"evidence": [await tool(state["query"])]}

    graph = StateGraph(BareState)
    graph.add_node("init", lambda state: {"question": state["question"].strip()})
    graph.add_node("plan", lambda state: {"queries": _parts(state["question"])})
    graph.add_node("look_up", look_up, input_schema=ToolQuery)
    graph.add_node("validate", lambda state: {"queries": [text[:1] for text in state["evidence"]]})
    graph.add_node("synthesize", lambda s: {"answer": "\n".join(t.partition("\n")[0] for t in s["evidence"])})
    graph.add_node("monitor", lambda state: {"answer": state["answer"]})
    graph.add_edge(START, "init")
    graph.add_edge("init", "plan")
    graph.add_conditional_edges(
        "plan", lambda state: [Send("look_up", {"query": query}) for query in state["queries"]], ["look_up"]
    )
    for step, then in pairwise(("look_up", "validate", "synthesize", "monitor", END)):
        graph.add_edge(step, then)
    async with AsyncSqliteSaver.from_conn_string(str(path)) as saver:
        await saver.conn.execute("PRAGMA synchronous=FULL")
        compiled = graph.compile(checkpointer=saver)

        async def ask(run_id: str, question: str) -> str:
            config: RunnableConfig = {"configurable": {"thread_id": run_id}}
            asked = BareState(question=question)
            answer = await compiled.ainvoke(asked, config, durability="sync")
            return str(answer["answer"])

        yield ask


def _parts(question: str) -> list[str]:
    return [part.strip() for part in question.split("?") if part.strip()]
