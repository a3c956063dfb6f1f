"""Start, resume, stop and show runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import asdict, replace
from typing import Any

from langgraph.types import Command, StateSnapshot

from graph.errors import Refused
from graph.events import Finished, Waiting
from graph.history import RunRow, new_run_id
from graph.options import Options
from graph.ports import Services
from graph.records import Run, Status
from graph.report.excerpts import open_passages
from graph.report.timeline import RunHistory
from graph.run.checkpoint_fork import fork_at_calls
from graph.run.executor import Compiled, Events, Executor, Traced, config_of, untraced
from graph.run.interrupts import (
    are_tools_same,
    budget_in,
    endings,
    interrupts,
    question_answered,
    raised_alone,
    waiting_for,
)
from graph.state import Ask
from graph.stores.leases.leases import Leases
from graph.tool import ToolState, known_sources
from graph.untrusted import Untrusted
from guards.budget import is_asked_within, is_raise, is_raise_of_use, usd
from guards.claims.sealed_report import AuditEntry
from guards.option_bounds import are_sources_known
from guards.outages import BY_A_PERSON
from guards.policy.late_decision import is_decision_in_time, last_decision

TOOLS_CHANGED = "a tool of the plan changed since it was shown: look at it again"


class Application:
    """Start, resume, stop and show runs; `open_app` makes one."""

    def __init__(
        self, compiled: Compiled, services: Services, leases: Leases, traced: Traced = untraced
    ) -> None:
        self.graph = compiled
        self.services = services
        self._runs = services.runs
        self._leases = leases
        self._executor = Executor(compiled, services.runs, services.cancellation, leases, traced)

    async def run(
        self, question: str, options: Options, *, run_id: str | None = None, most: int | None = None
    ) -> Events:
        """Research a question; the last event is Finished or Waiting.

        A run id accepted before continues that run. `most` limits the budget that may be asked for, in
        micro-dollars. Raises Refused for a budget above it, for an id whose run asked something else, and for
        sources that this installation does not have, and Busy when another process works on the run.
        """
        _check_asked(options.budget, most)
        known_places = known_sources(self.services.toolbox.specs())
        if not (decision := are_sources_known(options.sources, known_places)).allowed:
            raise Refused(decision.reason)
        run_id, known = run_id or new_run_id(self.services.clock()), run_id is not None
        asked = Run(id=run_id, question=question, options=options, started=self.services.clock())
        run = await self._runs.accept(asked)
        if run.question != question:
            raise Refused(f"run {run_id} asked another question: choose another --run-id or leave it out")
        ask = Ask(question=question, options=asdict(run.options))
        async with self._leases.held(run_id):
            events = self._continue(run_id) if known else self._executor.execute(run, ask)
            async with aclosing(events):
                async for event in events:
                    yield event

    async def resume(
        self,
        run_id: str,
        decision: Mapping[str, Any] | None = None,
        *,
        budget: int | None = None,
        most: int | None = None,
        by: str = "",
    ) -> Events:
        """Continue a run where it stopped; `decision`, made `by` a person, answers what it waits for.

        With a `budget`, in micro-dollars, a run that ended incomplete, or waits for money, does what is left
        to do: no completed call is made again. A run that waits with its plan gets a new plan within that
        budget, so what was cut comes back; the decision answers for the new plan. `most` limits the budget,
        also that of the decision. Raises Refused for a budget above it, for an unknown run, and for a
        decision that does not fit or comes too late, and Busy when another process works on the run.
        """
        for asked in (budget, budget_in(decision)):
            _check_asked(asked, most)
        decision = None if decision is None else {**decision, "by": by}
        async with (
            self._leases.held(run_id),
            aclosing(await self._going(run_id, decision, budget, by)) as events,
        ):
            async for event in events:
                yield event

    def stop(self, run_id: str) -> None:
        """End a run that this process works on within a second, with a report on what it has."""
        self._executor.stop(run_id)

    async def end(self, run_id: str, by: str = "") -> Events:
        """End a run that waits for a person, with a report on what it has; raises Refused for any other."""
        async with self._leases.held(run_id):
            row = await self.row(run_id)
            open_ = interrupts(await self.graph.aget_state(config_of(run_id)))
            if row.report is not None or not open_:
                raise Refused(f"run {run_id} waits for nobody: attest resume {run_id}")
            await self._runs.mark(run_id, Status.RUNNING)
            run = Run(id=row.id, question=row.question, options=row.options, started=row.created)
            payload: Command[Any] = Command(resume=endings(open_, BY_A_PERSON, by))
            async with aclosing(self._executor.execute(run, payload, stopped=True)) as events:
                async for event in events:
                    yield event

    async def pending(self, run_id: str) -> dict[str, Any] | None:
        """Return the first question that a run waits for, with how many `more` wait, or None."""
        open_ = interrupts(await self.graph.aget_state(config_of(run_id)))
        return dict(waiting_for(open_).question) if open_ else None

    async def decided(self, run_id: str) -> str:
        """Say why a decision on a run is too late, or who decided last; raises Refused if unknown."""
        row = await self.row(run_id)
        values = (await self.graph.aget_state(config_of(run_id))).values
        decisions = values.get("decisions", ())
        return is_decision_in_time(row, decisions).reason or last_decision(decisions)

    async def stored(self, run_id: str) -> RunRow | None:
        """Return a run as it is stored, or None for an unknown one."""
        return await self._runs.get(run_id)

    async def asked_by(self, asker: str, limit: int, before: tuple[float, str] | None = None) -> list[RunRow]:
        """Return runs of a person, newest first; `before` is when one was asked and its id."""
        return await self._runs.asked_by(asker, limit, before)

    async def tally(self) -> Mapping[Status, int]:
        """Count the stored runs by status."""
        return await self._runs.tally()

    async def check(self) -> None:
        """Read and write the database; raises what prevents it."""
        await self._runs.check()

    async def history(self, run_id: str) -> RunHistory:
        """Return what was planned and called for a run, and when; raises Refused for an unknown run."""
        row = await self.row(run_id)
        values = (await self.graph.aget_state(config_of(run_id))).values
        known = {call.task: call for call in values.get("calls", ())}
        made = known | {c.task: c for c in await self.services.calls.made(run_id) if c.task not in known}
        return RunHistory(
            plan=values.get("plan"),
            calls=tuple(made.values()),
            entered=values.get("entered", {}),
            ended=row.updated if row.report is not None else None,
        )

    async def row(self, run_id: str) -> RunRow:
        """Return a run as it is stored, with its report if it ended; raises Refused for an unknown run."""
        row = await self._runs.get(run_id)
        if row is None:
            raise Refused(f"there is no run {run_id}: see attest runs")
        return row

    async def answerable(self, run_id: str, questions: Sequence[str]) -> tuple[str, ...]:
        """Return those of some questions that a reader without a model answers from what a run found."""
        row, values = await self.row(run_id), (await self.graph.aget_state(config_of(run_id))).values
        run = Run(id=row.id, question=row.question, options=row.options, started=row.created)
        excerpts = await open_passages(self.services.evidence, run, values.get("evidence", ()))
        read = self.services.extractor.read
        return tuple([asked for asked in questions if excerpts and await read(run, run_id, asked, excerpts)])

    async def tools(self) -> tuple[ToolState, ...]:
        """Return the state of each tool of this installation."""
        return await self.services.toolbox.states()

    async def texts(self, ids: list[str]) -> Mapping[str, Untrusted]:
        """Return the stored texts of sources by id."""
        return await self.services.evidence.texts(ids)

    async def chain(self, run_id: str) -> tuple[AuditEntry, ...]:
        """Return the audit chain of a run, in order."""
        return await self.services.calls.chain(run_id)

    async def _continue(self, run_id: str, decision: Mapping[str, Any] | None = None) -> Events:
        row = await self.row(run_id)
        if row.report is not None and decision is not None:
            raise Refused(await self.decided(run_id))
        if row.report is not None:
            yield Finished(report=row.report)
            return
        snapshot = await self.graph.aget_state(config_of(run_id))
        if (open_ := interrupts(snapshot)) and decision is None:
            yield waiting_for(open_)
            return
        await self._runs.mark(run_id, Status.RUNNING)
        run = Run(id=row.id, question=row.question, options=row.options, started=row.created)
        async with aclosing(self._executor.execute(run, _input(row, snapshot, decision))) as events:
            async for event in events:
                yield event

    async def _again(self, run_id: str, budget: int) -> Events:
        row = await self.row(run_id)
        if row.status in {Status.ANSWERED, Status.WAITING}:
            raise Refused(
                f"run {run_id} is {row.status}: only one that was cut short can go on with a budget"
            )
        async with aclosing(self._under(row, budget)) as events:
            async for event in events:
                yield event

    async def _under(self, row: RunRow, budget: int) -> Events:
        """Go back to where a run can do what is left to do, and do it with another budget."""
        options = replace(row.options, budget=budget)
        run = Run(id=row.id, question=row.question, options=options, started=row.created)
        with untraced(row.id, config_of(row.id)) as config:
            await fork_at_calls(self.graph, config, run)
        await self._runs.reopen(row.id, options)
        async with aclosing(self._executor.execute(run, None)) as events:
            async for event in events:
                yield event

    async def _going(
        self, run_id: str, decision: Mapping[str, Any] | None, budget: int | None, by: str
    ) -> Events:
        """Choose how a run goes on: by the decision, or with another budget."""
        alone = raised_alone(decision)
        if budget is None and alone is None:
            return self._continue(run_id, decision)
        kind, row = (await self.pending(run_id) or {}).get("kind"), await self.row(run_id)
        if kind == "plan" and alone is not None and is_raise(alone, row.options.budget).allowed:
            return self._replanned(row, alone, {"decision": "approve", "by": by})
        if budget is None:
            return self._continue(run_id, decision)
        if kind == "plan":
            return self._replanned(row, budget, decision)
        if decision is not None:
            raise Refused("a decision takes a budget beside it only where a plan waits")
        if kind == "budget":
            return self._continue(run_id, {"decision": "edit", "budget_usd": usd(budget), "by": by})
        return self._again(run_id, budget)

    async def _replanned(self, row: RunRow, budget: int, decision: Mapping[str, Any] | None) -> Events:
        """Plan again within a higher budget for a run that waits with its plan, and apply `decision`.

        The decision is not applied if a tool changed since the plan was shown: then the new plan waits.
        """
        await self._check_raise(row, budget)
        asked = await self.pending(row.id) or {}
        async with aclosing(self._under(row, budget)) as events:
            async for event in events:
                if decision is None or not isinstance(event, Waiting):
                    yield event
        if decision is not None and (now := await self.pending(row.id)):
            if not are_tools_same(asked, now):
                yield Waiting(kind="plan", question={**now, "problem": TOOLS_CHANGED})
                return
            async with aclosing(self._continue(row.id, decision)) as events:
                async for event in events:
                    yield event

    async def _check_raise(self, row: RunRow, budget: int) -> None:
        """Refuse a budget that is not higher, or that another cap makes useless."""
        calls, before = self.services.calls, row.options.budget
        verdicts = [is_raise(budget, before)]
        run = Run(id=row.id, question=row.question, options=row.options, started=row.created)
        if room := await calls.room(run):
            verdicts.append(is_raise_of_use(*room, before - (await calls.cost(row.id)).micros))
        if refused := next((each for each in verdicts if not each.allowed), None):
            raise Refused(refused.reason)


def _check_asked(budget: int | None, most: int | None) -> None:
    """Raise Refused for a budget above the most that may be asked for."""
    if budget is not None and most is not None and not (within := is_asked_within(budget, most)).allowed:
        raise Refused(within.reason)


def _input(
    row: RunRow, snapshot: StateSnapshot, decision: Mapping[str, Any] | None
) -> Ask | Command[Any] | None:
    if (open_ := interrupts(snapshot)) and decision is not None:
        return Command(resume={question_answered(open_, decision).id: dict(decision)})
    if decision is not None:
        last = last_decision(snapshot.values.get("decisions", ()))
        raise Refused(f"run {row.id} waits for no decision, {last}: resume it without one")
    if snapshot.next:
        return None
    return Ask(question=row.question, options=asdict(row.options))
