"""Draw the wiring table as Mermaid: `python -m tests.docs.diagram` prints what the README shows."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby

from langgraph.graph import END, START

from graph.run.wiring import STEPS, Step
from graph.state import ResearchState

FORM = '%%{init: {"flowchart": {"rankSpacing": 22, "nodeSpacing": 24}}}%%'
ALWAYS, CHOSEN, EACH = "-->", "-.->", "==>"
NAMES = {START: "question", END: "report"}
_RECEIVES = {step.name: step.receives for step in STEPS}


def diagram() -> str:
    """Return the flowchart: one box a phase, one arrow an edge."""
    return "\n".join([FORM, "flowchart TD", *_boxes(), *_arrows()])


def edges() -> set[tuple[str, str]]:
    """Return every edge of the table, with the names the compiled graph gives its ends."""
    return {(START, STEPS[0].name), *((step.name, to) for step in STEPS for to in step.to)}


def _boxes() -> Iterator[str]:
    yield f"  {NAMES[START]}([question])"
    for phase, steps in groupby(STEPS, key=lambda step: step.phase):
        yield f"  subgraph {phase}"
        yield f"    {' & '.join(step.name for step in steps)}"
        yield "  end"
    yield f"  {NAMES[END]}([report])"


def _arrows() -> Iterator[str]:
    yield f"  {NAMES[START]} {ALWAYS} {STEPS[0].name}"
    for step in STEPS:
        for arrow, targets in groupby(step.to, key=lambda to: _arrow(step, to)):
            yield f"  {step.name} {arrow} {' & '.join(NAMES.get(to, to) for to in targets)}"


def _arrow(step: Step, to: str) -> str:
    """Tell a fan-out by what its target receives: one line of inquiry, reading or set of claims."""
    if _RECEIVES.get(to, ResearchState) is not ResearchState:
        return EACH
    return CHOSEN if step.route else ALWAYS


if __name__ == "__main__":
    sys.stdout.write(diagram() + "\n")
