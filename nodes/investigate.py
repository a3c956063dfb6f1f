"""Pursue one line of inquiry."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from graph.errors import Exhausted
from graph.ports import Evidence
from graph.records import Argument, Branch, Call, Clock, Crossed, Outcome, Passage, Run, Task
from graph.state import Held, Investigation, Update
from graph.tool import Hold
from guards.outside_text import cross_link

Caller = Callable[[Run, str, Task], Awaitable[Call]]
Holds = Callable[[Run, Task], Awaitable[Hold | None]]

_THIN = 4  # a search is thin that brings less than a fourth of the passages asked for
_VERBS = {
    Outcome.FAILED: "failed",
    Outcome.DENIED: "was denied",
    Outcome.HELD: "waits for a person",
    Outcome.SKIPPED: "was skipped",
    Outcome.STOPPED: "was stopped",
    Outcome.UNNEEDED: "was not needed",
}
_ENDING = frozenset({Outcome.STOPPED, Outcome.UNNEEDED, Outcome.HELD})
_SETTLED = frozenset({Outcome.FAILED, Outcome.DENIED})


async def investigate(
    state: Investigation, *, call: Caller, holds: Holds, evidence: Evidence, clock: Clock
) -> Update:
    """Start every call of the branch as soon as the calls it needs are done.

    A call that only a person may allow is held, with the calls that need it; the branch comes here again
    after their decision. Then completed calls are replayed, and failed ones are not tried again.
    """
    inquiry = _Inquiry(
        run=state.run,
        branch=state.branch,
        call=call,
        holds=holds,
        evidence=evidence,
        clock=clock,
        known={known.task: known for known in state.known},
        ruled={task.id: task for task in state.ruled},
    )
    calls = await inquiry.pursue()
    return Update(
        calls=tuple(replace(inquiry.recorded(done), passages=()) for done in calls),
        held=tuple(inquiry.held),
        passages=tuple(passage for done in calls for passage in done.passages),
        unknowns=tuple(unknown for done in calls for unknown in done.unknowns),
        crossed=tuple(inquiry.crossed),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inquiry:
    """Execute the tasks of one branch; `made` holds the calls of each task."""

    run: Run
    branch: Branch
    call: Caller
    holds: Holds
    evidence: Evidence
    clock: Clock
    known: Mapping[str, Call]
    ruled: Mapping[str, Task]
    held: list[Held] = field(default_factory=list)
    made: dict[str, asyncio.Task[list[Call]]] = field(default_factory=dict)
    crossed: list[Crossed] = field(default_factory=list)

    async def pursue(self) -> list[Call]:
        """Return every call, in the order of the plan; an exception of one ends the others and is raised."""
        try:
            async with asyncio.TaskGroup() as group:
                for task in self.branch.tasks:
                    self.made[task.id] = group.create_task(self._pursued(task))
        except ExceptionGroup as raised:
            raise raised.exceptions[0] from None
        return [call for made in self.made.values() for call in made.result()]

    async def _pursued(self, task: Task) -> list[Call]:
        needed = {name: await self.made[name] for name in task.needs}
        lost = next((calls[-1] for calls in needed.values() if not any(map(_is_done, calls))), None)
        if lost:
            return [self._not_made(task, _outcome_after(lost), _because(lost))]
        ready = await self._resolved(task, needed)
        if ready is None:
            return [self._not_made(task, Outcome.UNNEEDED, "no further source was found")]
        return await self._escalated(ready)

    async def _escalated(self, task: Task) -> list[Call]:
        """Ask one service after the other until enough is found.

        A fallback that the budget had no room for is asked if nothing was found and the budget was raised
        since.
        """
        enough = -(-self.run.options.depth.passages // _THIN)
        calls: list[Call] = []
        for asked in _in_turn(task):
            calls.append(await self._called(self.ruled.get(asked.id, asked)))
            if calls[-1].outcome in _ENDING or sum(len(call.passages) for call in calls) >= enough:
                return calls
        for asked in _unfunded(task):
            if any(call.passages for call in calls):
                break
            calls.append(await self._raised(asked))
        return calls

    async def _raised(self, task: Task) -> Call:
        known = self.known.get(task.id)
        if known and known.outcome is not Outcome.SKIPPED:
            return await self._called(self.ruled.get(task.id, task))
        detail = "the budget had no room for it when the plan was made"
        return replace(self._not_made(task, Outcome.SKIPPED, detail), fault=Exhausted.__name__)

    async def _called(self, task: Task) -> Call:
        known = self.known.get(task.id)
        if known and known.outcome in _SETTLED:
            return known
        if not (known and _is_done(known)) and (hold := await self.holds(self.run, task)):
            self.held.append(self._held(task, hold))
            return self._not_made(task, Outcome.HELD, hold.reason)
        return await self.call(self.run, self.branch.id, task)

    def _held(self, task: Task, hold: Hold) -> Held:
        """Hold a call; an earlier approval of it no longer counts."""
        return Held(
            branch=self.branch.id,
            task=replace(task, approved=False, approved_as=()),
            reason=hold.reason,
            estimate=hold.estimate,
            definition=hold.definition,
        )

    def recorded(self, call: Call) -> Call:
        """Return the first record of a call: a replay is not a new call."""
        known = self.known.get(call.task)
        return known if known and _is_done(known) else call

    async def _resolved(self, task: Task, needed: Mapping[str, Sequence[Call]]) -> Task | None:
        """Replace numbers of sources by the addresses that earlier calls found; None if there are too few."""
        arguments: dict[str, Argument] = {}
        for name, argument in task.arguments.items():
            resolved = await self._address(argument, needed[argument.of]) if argument.of else argument
            if resolved is None:
                return None
            arguments[name] = resolved
        return replace(task, arguments=arguments) if arguments != task.arguments else task

    async def _address(self, argument: Argument, calls: Sequence[Call]) -> Argument | None:
        passages = [passage for call in calls for passage in call.passages]
        found = list(dict.fromkeys(passage.span.source for passage in sorted(passages, key=_best_first)))
        if not 0 <= (at := int(argument.value)) < len(found):
            return None
        snapshots = await self.evidence.snapshots(self.run.id, [found[at]])
        return cross_link(snapshots[found[at]].source, self.crossed.append) if snapshots else None

    def _not_made(self, task: Task, outcome: Outcome, detail: str) -> Call:
        now = self.clock()
        return Call(
            task=task.id,
            branch=self.branch.id,
            tool=task.tool,
            outcome=outcome,
            started=now,
            ended=now,
            detail=detail,
        )


def _in_turn(task: Task) -> Iterator[Task]:
    """Yield a task for each service it may ask."""
    yield replace(task, fallbacks=(), unfunded=())
    yield from _standing_in(task, task.fallbacks, 2)


def _unfunded(task: Task) -> Iterator[Task]:
    return _standing_in(task, task.unfunded, 2 + len(task.fallbacks))


def _standing_in(task: Task, tools: Iterable[str], first: int) -> Iterator[Task]:
    for at, tool in enumerate(tools, start=first):
        yield replace(task, id=f"{task.id}~{at}", tool=tool, fallbacks=(), unfunded=())


def _is_done(call: Call) -> bool:
    return call.outcome is Outcome.DONE


def _best_first(passage: Passage) -> float:
    return -passage.score


def _outcome_after(lost: Call) -> Outcome:
    return lost.outcome if lost.outcome in _ENDING else Outcome.SKIPPED


def _because(lost: Call) -> str:
    return f"it needs {lost.task}, which {_VERBS[lost.outcome]}"
