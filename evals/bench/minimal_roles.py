"""Provide minimal roles, to measure and test the parts around them."""

from __future__ import annotations

from collections.abc import Sequence

from graph.reading import Excerpt, Lead
from graph.records import (
    Argument,
    Branch,
    Claim,
    Draft,
    Label,
    Plan,
    Run,
    Section,
    Span,
    Task,
    Unknown,
    Verdict,
)


class SplittingPlanner:
    """Plan a branch for each question (`?`), with a call to `tool` for each part of it (`;`)."""

    def __init__(self, tool: str, estimate: int = 0) -> None:
        self._tool = tool
        self._estimate = estimate

    async def plan(self, run: Run) -> Plan:
        parts = [part.strip() for part in run.question.split("?") if part.strip()]
        return Plan(branches=tuple(self._branch(f"b{n}", part) for n, part in enumerate(parts, 1)))

    async def follow(
        self,
        run: Run,
        branch: Branch,
        leads: Sequence[Argument],
    ) -> tuple[Branch, ...]:
        return tuple(
            Branch(
                id=f"{branch.id}.{n}",
                root=branch.root,
                question=lead,
                tasks=(self._task(f"{branch.id}.{n}", lead),),
                hop=branch.hop + 1,
            )
            for n, lead in enumerate(leads, 1)
        )

    def _branch(self, name: str, part: str) -> Branch:
        queries = [query.strip() for query in part.split(";")]
        tasks = tuple(self._task(name, Argument(value=q), n) for n, q in enumerate(queries, 1))
        return Branch(id=name, root=name, question=Argument(value=part), tasks=tasks)

    def _task(self, branch: str, asked: Argument, number: int = 1) -> Task:
        return Task(
            id=f"{branch}.t{number}",
            tool=self._tool,
            purpose="look it up",
            arguments={"query": asked},
            estimate=self._estimate,
        )


class FirstLineReader:
    """Claim the first line of every excerpt; follow the word after `see `."""

    async def leads(self, run: Run, question: str, excerpts: Sequence[Excerpt]) -> tuple[Lead, ...]:
        found = []
        for excerpt in excerpts:
            text, span = excerpt.text.reveal(), excerpt.passage.span
            at = text.find("see ")
            name = text[at + 4 :].split()[0].strip(".") if at >= 0 else ""
            if name and name not in question:
                start = span.start + at + 4
                found.append(
                    Lead(
                        name=excerpt.text.part(at + 4, at + 4 + len(name)),
                        span=Span(source=span.source, start=start, end=start + len(name)),
                        score=1.0,
                    )
                )
        return tuple(found)

    async def read(
        self,
        run: Run,
        root: str,
        question: str,
        excerpts: Sequence[Excerpt],
    ) -> tuple[Claim, ...]:
        return tuple(
            Claim(id=f"{root}-{n}", root=root, spans=(self._first_line(excerpt),), relevance=0.9)
            for n, excerpt in enumerate(excerpts, 1)
        )

    def left_out(self, run: Run, root: str) -> tuple[Unknown, ...]:
        return ()

    def _first_line(self, excerpt: Excerpt) -> Span:
        span, line = excerpt.passage.span, excerpt.text.reveal().partition("\n")[0]
        return Span(source=span.source, start=span.start, end=span.start + len(line))


class TrustingJudge:
    """Support every claim."""

    async def judge(
        self,
        run: Run,
        question: str,
        claims: Sequence[tuple[Claim, Excerpt]],
    ) -> tuple[Verdict, ...]:
        return tuple(Verdict(claim=claim.id, label=Label.SUPPORTED, confidence=0.9) for claim, _ in claims)


class PlainWriter:
    """Answer each root question with all its claims."""

    async def write(
        self,
        run: Run,
        branches: Sequence[Branch],
        claims: Sequence[Claim],
        verdicts: Sequence[Verdict],
    ) -> Draft:
        roots = [branch.id for branch in branches if branch.id == branch.root]
        return Draft(
            sections=tuple(
                Section(root=root, claims=tuple(c.id for c in claims if c.root == root)) for root in roots
            )
        )
