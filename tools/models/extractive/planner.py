"""Plan searches from the words of the question alone."""

from __future__ import annotations

from collections.abc import Sequence

from graph.options import Options
from graph.records import Argument, Branch, Plan, Task
from tools.models.extractive.decomposition import decompose
from tools.models.extractive.queries import follow_up, queries

SEARCH = "documents.search"


class ExtractivePlanner:
    """Split a question and search for each part; never see untrusted text."""

    async def plan(self, question: str, options: Options) -> Plan:
        """Make one line of inquiry for each sub-question, at most as many as the mode allows."""
        parts = decompose(question)
        kept = parts if len(parts) <= options.depth.branches else (question,)
        return Plan(branches=tuple(_root(f"b{at}", part, options) for at, part in enumerate(kept, 1)))

    async def follow(self, branch: Branch, leads: Sequence[Argument], options: Options) -> tuple[Branch, ...]:
        """Search for each name together with what the question asks; the query keeps the name's taint."""
        return tuple(
            _follow_up(f"{branch.id}.{at}", branch, lead, options)
            for at, lead in enumerate(leads[: options.depth.branches], 1)
        )


def _root(name: str, question: str, options: Options) -> Branch:
    asked = tuple(dict.fromkeys(queries(question))) or (question,)
    tasks = tuple(
        _search(f"{name}.q{at}", Argument(value=query), options) for at, query in enumerate(asked, 1)
    )
    return Branch(id=name, root=name, question=Argument(value=question), tasks=tasks)


def _follow_up(name: str, branch: Branch, lead: Argument, options: Options) -> Branch:
    taint = tuple(dict.fromkeys((*lead.taint, *branch.question.taint)))
    query = Argument(value=follow_up(str(branch.question.value), str(lead.value)), taint=taint)
    return Branch(
        id=name,
        root=branch.root,
        question=Argument(value=f"{branch.question.value} [{lead.value}]", taint=taint),
        tasks=(_search(f"{name}.q1", query, options),),
        hop=branch.hop + 1,
    )


def _search(name: str, query: Argument, options: Options) -> Task:
    return Task(
        id=name,
        tool=SEARCH,
        purpose=f"find passages on: {query.value}",
        arguments={"query": query, "limit": Argument(value=options.depth.passages)},
    )
