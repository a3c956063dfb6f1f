"""Build the small graph the saver is tried on: a fan-out, and a question to a person on demand."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import Annotated, Any

from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.graph import END, START, StateGraph
from langgraph.types import Send, interrupt
from typing_extensions import TypedDict

WIDTH = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Be a value only an allow-listed serializer brings back whole."""

    branch: int
    text: str


SERDE = JsonPlusSerializer(allowed_msgpack_modules=[(Finding.__module__, Finding.__name__)])


class State(TypedDict, total=False):
    """Flow through the graph."""

    question: str
    approve: bool
    branch: int
    findings: Annotated[list[Finding], operator.add]
    answer: str


def ask(question: str, *, approve: bool = False) -> State:
    return {"question": question, "approve": approve}


async def plan(state: State) -> State:
    return {"question": state["question"]}


def fan_out(state: State) -> list[Send]:
    return [Send("investigate", {**state, "branch": branch}) for branch in range(WIDTH)]


async def investigate(state: State) -> State:
    return {"findings": [Finding(branch=state["branch"], text=f"{state['question']} in é{state['branch']}")]}


def write(state: State) -> State:
    release = interrupt("release?") if state["approve"] else "yes"
    return {"answer": f"{release}: {', '.join(finding.text for finding in state['findings'])}"}


def answer(question: str, release: str = "yes") -> str:
    return f"{release}: {', '.join(f'{question} in é{branch}' for branch in range(WIDTH))}"


def build() -> StateGraph[State, None, State, State]:
    builder: StateGraph[State, None, State, State] = StateGraph(State)
    nodes: dict[str, Any] = {"plan": plan, "investigate": investigate, "write": write}
    for name, node in nodes.items():
        builder.add_node(name, node)
    builder.add_edge(START, "plan")
    builder.add_conditional_edges("plan", fan_out, ["investigate"])
    builder.add_edge("investigate", "write")
    builder.add_edge("write", END)
    return builder
