from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.events import CallRetried, Event
from graph.options import Options
from graph.records import Argument, Call, Outcome, Run, Task
from graph.stores.books.call_books import StoredCalls
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS
from tests.fakes.controls import controls
from tests.fakes.gemini import Gemini, Reply, Usage, gemini
from tests.tools.models.chat.asking import MODEL, PRICES, question, where
from tools.call_pipeline.runner import Runner
from tools.models.chat.model_factory import Tier, chat_tool

NOW = 1_792_000_000.0
RUN = Run(id="r1", question="q", options=Options(budget=1_000_000), started=NOW)
USAGE = Usage(prompt=100, cached=50, answer=10, thoughts=20)
COST = 50 + 5 + 30 * 2


class Made:
    """Hold a runner over a real database with one model in it, played on this machine."""

    def __init__(self, database: Database, fake: Gemini, tier: Tier) -> None:
        self.fake = fake
        self.tool = chat_tool(tier, where(fake.url), prices=PRICES, clock=lambda: NOW)
        self.calls = StoredCalls(database, lambda: NOW)
        self.controls = controls(database, lambda: NOW)
        self.runner = Runner([self.tool], calls=self.calls, clock=lambda: NOW, controls=self.controls)
        self.heard: list[Event] = []

    async def ask(self, run: Run = RUN, **changed: Any) -> Call:  # noqa: ANN401  # fields of the arguments
        values = question(**changed).model_dump(mode="json", by_alias=True)
        arguments = {name: Argument(value=value) for name, value in values.items()}
        task = Task(id="t1", tool=self.tool.spec.name, purpose="p", arguments=arguments)
        return await self.runner.call(run, "b1", task, self.heard.append)

    @property
    def worst(self) -> int:
        """Return what the usual question reserves."""
        assert self.tool.spec.worst
        return self.tool.spec.worst(question())

    async def spent(self, run: Run = RUN) -> int:
        return (await self.calls.cost(run.id)).micros


async def opened(home: Path, tier: Tier) -> AsyncIterator[Made]:
    """Open the path around a model, and close it in the application's order."""
    database = Database(home / "attest.db", migrations=MIGRATIONS)
    async with gemini() as fake:
        made = Made(database, fake, tier)
        yield made
        await made.tool.close()
        await made.runner.close()
    await database.close()


@pytest.fixture
async def made(tmp_path: Path) -> AsyncIterator[Made]:
    async for made in opened(tmp_path, Tier(id=MODEL)):
        yield made


@pytest.fixture
async def uncached(tmp_path: Path) -> AsyncIterator[Made]:
    async for made in opened(tmp_path, Tier(id=MODEL, ttl=0.0)):
        yield made


@pytest.fixture
async def hurried(tmp_path: Path) -> AsyncIterator[Made]:
    """Make a model that must answer within a second, when its libraries have been imported."""
    async for other in opened(tmp_path / "first", Tier(id=MODEL)):
        await other.ask()
    async for made in opened(tmp_path, Tier(id=MODEL, ttl=0.0, timeout=1.0)):
        yield made


async def test_an_answer_is_paid_for_at_its_price_and_kept(made: Made) -> None:
    """The ledger holds the actual cost by tool and by model, and the evidence the words."""
    made.fake.script(Reply(text="Ada did.", usage=USAGE))
    call = await made.ask()
    cost = await made.calls.cost(RUN.id)
    assert (call.outcome, call.cost, call.attempts, call.found) == (Outcome.DONE, COST, 1, 1)
    assert call.detail == "reader@1f3a9c2b in=100 (cached 50) out=10 thoughts=20"
    assert (cost.micros, cost.by_tool, cost.by_model) == (COST, {f"model.{MODEL}": COST}, {MODEL: COST})


async def test_the_worst_case_is_set_aside_while_the_model_answers(made: Made) -> None:
    """A second question that fits the actual cost of the first, but not its worst case, waits for its end."""
    run = replace(RUN, options=Options(budget=2 * made.worst - 1))
    made.fake.gate.clear()
    first = asyncio.ensure_future(made.ask(run))
    await made.fake.arrived.wait()
    second = await made.ask(run, user="Why?")
    made.fake.gate.set()
    assert (second.outcome, (await first).outcome) == (Outcome.SKIPPED, Outcome.DONE)
    assert (await made.ask(run, user="Why?")).outcome is Outcome.DONE


async def test_runs_that_ask_the_same_together_make_one_request(made: Made) -> None:
    """Ten runs wait for one answer, and one of them pays."""
    made.fake.gate.clear()
    runs = [replace(RUN, id=f"r{number}") for number in range(10)]
    together = [asyncio.ensure_future(made.ask(run)) for run in runs]
    await made.fake.arrived.wait()
    made.fake.gate.set()
    calls = await asyncio.gather(*together)
    assert [call.outcome for call in calls] == [Outcome.DONE] * 10
    assert sorted(call.cost > 0 for call in calls) == [False] * 9 + [True]
    assert len(made.fake.asked) == 1


async def test_a_stopped_run_counts_what_may_have_been_written(made: Made) -> None:
    """Hanging up on a model does not take the bill back."""
    made.controls.cancellation.begin(RUN.id)
    made.fake.gate.clear()
    going = asyncio.ensure_future(made.ask())
    await made.fake.arrived.wait()
    made.controls.cancellation.stop(RUN.id, "a person stopped it")
    stopped = await going
    assert (stopped.outcome, stopped.cost) == (Outcome.STOPPED, made.worst)


async def test_a_run_that_cannot_pay_the_worst_case_does_not_ask(made: Made) -> None:
    """No request leaves that might pass the cap."""
    poor = replace(RUN, id="r2", options=Options(budget=made.worst - 1))
    call = await made.ask(poor)
    assert (call.outcome, call.cost, made.fake.asked) == (Outcome.SKIPPED, 0, [])
    assert (await made.ask(replace(RUN, id="r3", options=Options(budget=made.worst)))).outcome is Outcome.DONE


async def test_the_same_question_is_replayed_to_a_run_and_cached_for_another(made: Made) -> None:
    """An answer is paid for once, and its words are there for both."""
    first, again = await made.ask(), await made.ask()
    other = await made.ask(replace(RUN, id="r2"))
    assert (first.replayed, again.replayed, other.cached) == (False, True, True)
    assert first.passages[0].span == again.passages[0].span == other.passages[0].span
    assert (await made.spent(), await made.spent(replace(RUN, id="r2"))) == (first.cost, 0)
    assert len(made.fake.asked) == 1


async def test_a_question_that_differs_in_one_word_is_another(made: Made) -> None:
    """The cache is exact: prompt, schema and length all count."""
    for changed in ({}, {"user": "Who else?"}, {"prompt": "reader@2"}, {"most_tokens": 7}):
        await made.ask(replace(RUN, id=str(changed)), **changed)
    assert len(made.fake.asked) == 4


async def test_without_a_ttl_each_run_asks_anew(uncached: Made) -> None:
    """The operator can do without the cache; the journal of a run stays."""
    for run in ("r1", "r2", "r2"):
        await uncached.ask(replace(RUN, id=run))
    assert len(uncached.fake.asked) == 2


async def test_a_failure_that_was_billed_counts(made: Made) -> None:
    """A blocked prompt and an answer out of shape cost what their counts say; a refusal costs nothing."""
    made.fake.script(
        Reply(blocked="SAFETY", text="x", usage=USAGE), Reply(text="no JSON", usage=USAGE), Reply(status=400)
    )
    blocked = await made.ask(user="a")
    misshapen = await made.ask(user="b", schema_json='{"type": "object"}')
    refused = await made.ask(user="c")
    assert [call.outcome for call in (blocked, misshapen, refused)] == [Outcome.FAILED] * 3
    assert [call.fault for call in (blocked, misshapen, refused)] == ["Unusable", "Misshapen", "Unusable"]
    assert [call.cost for call in (blocked, misshapen, refused)] == [COST, COST, 0]
    assert await made.spent() == 2 * COST


async def test_silence_counts_as_spent_and_is_not_repeated(hurried: Made) -> None:
    """A model that was asked and does not answer in time may have written all it may."""
    hurried.fake.script(Reply(seconds=3_000.0))
    call = await hurried.ask()
    assert (call.outcome, call.cost, call.attempts) == (Outcome.FAILED, hurried.worst, 1)
    assert await hurried.spent() == hurried.worst


@pytest.mark.parametrize("reply", [Reply(reset_after=0), Reply(finish=""), Reply(body="<")])
async def test_an_unknown_outcome_counts_as_spent_and_is_not_repeated(uncached: Made, reply: Reply) -> None:
    """A reset, a cut stream and garbage keep the whole reservation; nothing is asked twice."""
    uncached.fake.script(reply)
    call = await uncached.ask()
    assert (call.outcome, call.cost, len(uncached.fake.asked)) == (Outcome.FAILED, uncached.worst, 1)
    assert await uncached.spent() == uncached.worst


async def test_an_overload_is_waited_for_as_the_server_says(made: Made) -> None:
    """One reservation, two requests, one answer; the wait is announced."""
    made.fake.script(Reply(status=503, delay="0.125s"), Reply(usage=USAGE))
    call = await made.ask()
    assert (call.outcome, call.attempts, call.cost) == (Outcome.DONE, 2, COST)
    (retried,) = [event for event in made.heard if isinstance(event, CallRetried)]
    assert retried.seconds == 0.125
    assert "503" in retried.reason


async def test_a_quota_that_lasts_longer_than_patience_fails_at_once(made: Made) -> None:
    """The next tier is better than an hour of waiting."""
    made.fake.script(Reply(status=429, delay="3600s"))
    call = await made.ask()
    assert (call.outcome, call.attempts, call.cost, call.fault) == (Outcome.FAILED, 1, 0, "Unavailable")


async def test_a_model_that_is_down_is_left_alone_after_a_while(made: Made) -> None:
    """Once the breaker is open a call fails without a request: the next tier is near."""
    made.fake.rule = lambda _: Reply(status=503)
    for number in range(10):
        last = await made.ask(user=f"question {number}")
    asked = len(made.fake.asked)
    assert (last.outcome, last.attempts, last.cost) == (Outcome.FAILED, 0, 0)
    assert "breaker open" in last.detail
    await made.ask(user="one more")
    assert len(made.fake.asked) == asked < 20
    assert await made.spent() == 0
