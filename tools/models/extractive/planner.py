"""Plan searches from the words of the question alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.options import Options
from graph.records import Argument, Branch, Plan, Run, Task
from graph.tool import SEARCHED, Group, ToolSpec
from tools.models.extractive.decomposition import decompose
from tools.models.extractive.queries import follow_up, queries

SEARCH = "documents.search"
PAGE = "page"
READ_WHOLE = frozenset({Group.WEB, Group.COMMUNITY})  # what a scholarly index gives is the abstract already


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chain:
    """Ask the back-ends of a group in turn, the cheapest first."""

    group: Group
    tools: tuple[str, ...]
    estimate: int


class ExtractivePlanner:
    """Split a question and search for each part; never see untrusted text."""

    def __init__(self, specs: Sequence[ToolSpec] = ()) -> None:
        self._specs = tuple(specs)
        self._reads_pages = any(spec.name == PAGE for spec in specs)

    async def plan(self, run: Run) -> Plan:
        """Make one line of inquiry for each sub-question, at most as many as the mode allows."""
        options, parts = run.options, decompose(run.question)
        kept = parts if len(parts) <= options.depth.branches else (run.question,)
        return Plan(branches=tuple(self._root(f"b{at}", part, options) for at, part in enumerate(kept, 1)))

    async def follow(self, run: Run, branch: Branch, leads: Sequence[Argument]) -> tuple[Branch, ...]:
        """Search for each name together with what the question asks; the query keeps the name's taint."""
        made = (
            self._follow_up(f"{branch.id}.{at}", branch, lead, run.options)
            for at, lead in enumerate(leads[: run.options.depth.branches], 1)
        )
        return tuple(branch for branch in made if branch.tasks)

    def _root(self, name: str, question: str, options: Options) -> Branch:
        asked = tuple(dict.fromkeys(queries(question))) or (question,)
        tasks = self.tasks(name, [Argument(value=query) for query in asked], options)
        return Branch(id=name, root=name, question=Argument(value=question), tasks=tasks)

    def _follow_up(self, name: str, branch: Branch, lead: Argument, options: Options) -> Branch:
        taint = tuple(dict.fromkeys((*lead.taint, *branch.question.taint)))
        private = lead.private or branch.question.private
        words = follow_up(str(branch.question.value), str(lead.value))
        return Branch(
            id=name,
            root=branch.root,
            question=Argument(value=f"{branch.question.value} [{lead.value}]", taint=taint, private=private),
            tasks=self.tasks(name, [Argument(value=words, taint=taint, private=private)], options),
            hop=branch.hop + 1,
        )

    def tasks(self, branch: str, asked: Sequence[Argument], options: Options) -> tuple[Task, ...]:
        """Search everywhere the run may look; what is private is looked for in the documents alone."""
        tasks: list[Task] = []
        if {Group.DOCUMENTS, SEARCH} & set(options.sources):
            tasks += [_documents(f"{branch}.q{at}", query, options) for at, query in enumerate(asked, 1)]
        if not asked[0].private:
            for chain in self._chains(options):
                tasks += self._searched(f"{branch}.{chain.group[0]}1", asked[0], chain, options)
        return tuple(tasks)

    def language(self, options: Options) -> str:
        """Return the language in which a run looks on the web, or nothing where any will do."""
        return options.language if any(each.group is Group.WEB for each in self._chains(options)) else ""

    def _chains(self, options: Options) -> list[_Chain]:
        chosen = set(options.sources)
        chains = []
        for group in SEARCHED:
            mine = [s for s in self._specs if s.group is group and chosen & {group, s.name}]
            mine.sort(key=lambda spec: spec.price)
            if mine:
                names, price = tuple(spec.name for spec in mine), sum(spec.price for spec in mine)
                chains.append(_Chain(group=group, tools=names, estimate=price))
        return chains

    def _searched(self, name: str, query: Argument, chain: _Chain, options: Options) -> list[Task]:
        language = options.language if chain.group is Group.WEB else ""
        # Without a choice the argument is left out: a plan stays as it was, and so do the keys of its calls.
        chosen = {"language": Argument(value=language)} if language else {}
        sources = (
            f"{chain.group} sources in the language {language}" if language else f"{chain.group} sources"
        )
        search = Task(
            id=name,
            tool=chain.tools[0],
            fallbacks=chain.tools[1:],
            purpose=f"find {sources} on: {query.value}",
            arguments={"query": query, "limit": Argument(value=options.depth.passages), **chosen},
            estimate=chain.estimate,
        )
        whole = self._reads_pages and chain.group in READ_WHOLE
        return [search, *(_page(search, at, options) for at in range(options.depth.pages if whole else 0))]


def _documents(name: str, query: Argument, options: Options) -> Task:
    return Task(
        id=name,
        tool=SEARCH,
        purpose=f"find passages on: {query.value}",
        arguments={"query": query, "limit": Argument(value=options.depth.passages)},
    )


def _page(search: Task, at: int, options: Options) -> Task:
    return Task(
        id=f"{search.id}.p{at + 1}",
        tool=PAGE,
        purpose=f"read source {at + 1} of {search.id} as a whole",
        arguments={
            "url": Argument(value=at, of=search.id),
            "query": search.arguments["query"],
            "limit": Argument(value=options.depth.passages),
        },
        needs=(search.id,),
    )
