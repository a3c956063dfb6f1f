"""Measure what models cost in calls, time and money, up and down: `python -m evals gateway`.

The whole product answers simple questions on the library, with a stand-in for Gemini on this machine that
takes 200 ms for each answer. Every role asks a premium model first and a standard one after it, a small job
the other way round. The time to the first answer is that of the whole run: an answer is given when it was
checked. A question is asked with all models up and with the premium one down, in turn; only the ratio is
claimed. A breaker that opened stays open, however slow the machine is: else its probe would be counted with
the rest. How far an estimate is from the bill is measured by `python -m evals budget`.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from evals.bench.fake_gemini import KEY, Gemini, gemini
from evals.bench.outage import NoCircuitStore
from evals.bench.whole_product import path
from evals.intervals import wilson
from evals.questions import LIBRARY, library
from evals.result import Metric, SuiteResult
from evals.suite import Setup
from graph.app import open_app
from graph.config.settings import ROLES, Settings
from graph.events import Event, Finished, Waiting
from graph.options import Approve, Options
from graph.ports import Services
from graph.records import Run
from graph.run.application import Application
from guards.circuit_breaker import DEFAULT
from guards.outages import EXTRACTIVE
from guards.request import is_question_clear
from tools.call_pipeline.circuit_breakers import CircuitBreakers
from tools.models.roles.simple_questions import is_simple

PREMIUM, STANDARD = "gemini-2.5-pro", "gemini-2.5-flash"
SECONDS = 0.2
QUESTIONS = 20
WITHOUT_PROBES = replace(DEFAULT, base=86_400.0, longest=86_400.0)
MOST_CALLS, MOST_REPEATED, MOST_SLOWER = 2.0, 0.0, 1.5
_TOPICS = ("breakers", "queues", "retries", "keys", "caches", "timeouts", "bread", "tides")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAnswer:
    """Hold a report, the seconds it took, the requests that reached a model, and what was foreseen.

    `estimate` is the most, `expected` the usual, in dollars.
    """

    report: Mapping[str, Any]
    seconds: float
    requests: Mapping[str, int]
    estimate: float
    expected: float

    @property
    def calls(self) -> int:
        """Count the requests to all models."""
        return sum(self.requests.values())

    @property
    def spent(self) -> float:
        """Return the bill in dollars."""
        return float(self.report["cost"]["usd"])


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayApp:
    """Hold an application and the simulated models it asks."""

    app: Application
    models: Gemini

    async def ask(self, question: str, run_id: str) -> ModelAnswer:
        """Run a question, letting its plan pass as soon as it is shown."""
        before, started = self.models.asked.copy(), time.perf_counter()
        options = Options(docs=(str(LIBRARY / "documents"),), approve=Approve.ASK)
        shown = await _last(self.app.run(question, options, run_id=run_id))
        ended = await _last(self.app.resume(run_id, {"decision": "approve"}))
        if not isinstance(shown, Waiting) or not isinstance(ended, Finished):
            raise TypeError(f"run {run_id} ended with {shown.type} and {ended.type}")
        return ModelAnswer(
            report=ended.report,
            seconds=time.perf_counter() - started,
            requests=self.models.asked - before,
            estimate=float(str(shown.question["estimate_usd"])),
            expected=float(_models(shown)["expected_usd"]),
        )

    async def warm(self) -> None:
        """Ask until the documents are read and the breaker of every model that is down is open."""
        for number, topic in enumerate(_TOPICS):
            await self.ask(f"What is said about {topic}?", f"warm{number}")
            shut = {state.spec.model for state in await self.app.tools() if state.open_until}
            if self.models.down <= shut:
                return
        raise TypeError(f"the breakers of {', '.join(self.models.down)} did not open")


async def measure(setup: Setup) -> SuiteResult:
    """Ask every question where all models are up, twice, where the premium one is down, and where all are."""
    asking = _questions(setup.limit)
    async with AsyncExitStack() as stack:
        up = await stack.enter_async_context(_place(frozenset()))
        hurt = await stack.enter_async_context(_place(frozenset({PREMIUM})))
        none = await stack.enter_async_context(_place(frozenset({PREMIUM, STANDARD})))
        for place in (up, hurt, none):
            await place.warm()
        fresh, degraded = await _in_turn((up, hurt), asking)
        repeated = [await up.ask(question, f"again{at}") for at, question in enumerate(asking)]
        (plain,) = await _in_turn((none,), asking)
    setup.say(f"{len(asking)} questions, four times")
    date = datetime.fromtimestamp(setup.clock(), UTC).isoformat(timespec="seconds")
    return SuiteResult(
        suite="gateway",
        data=f"{len(asking)} simple questions on the library, models simulated at {SECONDS * 1000:.0f} ms",
        date=date,
        metrics=tuple(_metrics(fresh, repeated, degraded, plain)),
        cases=tuple(_cases(all_up=fresh, repeated=repeated, premium_down=degraded, all_down=plain)),
    )


async def estimated(setup: Setup) -> list[ModelAnswer]:
    """Ask every question once where all models are up: what was foreseen, and what was spent."""
    async with _place(frozenset()) as up:
        await up.warm()
        (asked,) = await _in_turn((up,), _questions(setup.limit))
    return asked


async def _in_turn(places: Sequence[GatewayApp], asking: Sequence[str]) -> list[list[ModelAnswer]]:
    """Ask each question everywhere, every other one in the opposite order."""
    answers: list[list[ModelAnswer]] = [[] for _ in places]
    for number, question in enumerate(asking):
        for at in range(len(places))[:: -1 if number % 2 else 1]:
            answers[at].append(await places[at].ask(question, f"q{number}"))
    return answers


def _questions(limit: int | None) -> list[str]:
    """Return the library's simple questions that nobody needs to ask back about."""
    run = Run(id="r", question="", options=Options(), started=0.0)
    asked = (row.question for row in library(LIBRARY, "questions.jsonl").rows)
    simple = [q for q in asked if is_simple(replace(run, question=q)) and is_question_clear(q).allowed]
    return simple[: min(limit or QUESTIONS, QUESTIONS)]


@asynccontextmanager
async def _place(down: frozenset[str]) -> AsyncIterator[GatewayApp]:
    """Open the product over a fresh database; every role asks both models, the premium one first."""
    with tempfile.TemporaryDirectory() as home:
        async with gemini(SECONDS, down) as models:
            roles = {f"ATTEST_{role.upper()}_MODELS": f"{PREMIUM},{STANDARD}" for role in ROLES}
            where = {"ATTEST_HOME": home, "ATTEST_GEMINI_URL": models.url, "ATTEST_GEMINI_KEY": KEY}
            async with open_app(Settings.from_environment({**roles, **where}), _without_probes) as app:
                yield GatewayApp(app=app, models=models)


def _without_probes(made: Services) -> Services:
    """Let a breaker that opened stay open until the end."""
    breakers = CircuitBreakers(NoCircuitStore(), made.clock, lambda: 1.0, rule=WITHOUT_PROBES)
    path(made).controls = replace(path(made).controls, breakers=breakers)
    return made


def _metrics(
    fresh: Sequence[ModelAnswer],
    repeated: Sequence[ModelAnswer],
    degraded: Sequence[ModelAnswer],
    plain: Sequence[ModelAnswer],
) -> Iterator[Metric]:
    yield _most("model calls of a simple question", fresh, MOST_CALLS)
    yield _most("model calls of a cached repeat", repeated, MOST_REPEATED)
    ratios = [slow.seconds / up.seconds for slow, up in zip(degraded, fresh, strict=True)]
    yield median("first answer with the premium model down ratio", ratios, MOST_SLOWER)
    kept = sum(map(_is_extractive, plain))
    low, high = wilson(kept, len(plain))
    name = "extractive reports with all models down"
    yield Metric(name=name, value=kept / len(plain), n=len(plain), low=low, high=high, target=1.0)


def _is_extractive(asked: ModelAnswer) -> bool:
    """Tell whether a report answers, or says that the sources do not, by the engine that needs no model."""
    report = asked.report
    by_nobody_else = set(report["roles"].values()) <= {EXTRACTIVE} and not asked.spent
    return bool(by_nobody_else and report["status"] != "refused" and report["answer"])


def _most(name: str, asked: Sequence[ModelAnswer], target: float) -> Metric:
    """Give the most calls of any question; its interval is their least and most."""
    calls = [each.calls for each in asked]
    return Metric(
        name=f"{name}, at most",
        value=max(calls),
        n=len(calls),
        low=min(calls),
        high=max(calls),
        target=target,
        lower_is_better=True,
    )


def median(name: str, values: Sequence[float], target: float | None = None) -> Metric:
    """Give a median; its interval is the least and the most."""
    middle = statistics.median(values)
    return Metric(
        name=name,
        value=middle,
        n=len(values),
        low=min(values),
        high=max(values),
        target=target,
        lower_is_better=True,
    )


def _cases(**sides: Sequence[ModelAnswer]) -> Iterator[Mapping[str, object]]:
    """Report the totals of each side, to show what a ratio compares."""
    for side, asked in sides.items():
        requests = sum((Counter(each.requests) for each in asked), Counter[str]())
        yield {
            "side": side.replace("_", " "),
            "seconds, median": round(statistics.median(each.seconds for each in asked), 3),
            "requests": dict(requests),
            "spent": round(sum(each.spent for each in asked), 6),
            "estimated": round(sum(each.estimate for each in asked), 6),
            "statuses": dict(Counter(each.report["status"] for each in asked)),
        }


def _models(shown: Waiting) -> Mapping[str, Any]:
    models = shown.question["models"]
    return models if isinstance(models, Mapping) else {}


async def _last(events: AsyncIterator[Event]) -> Event:
    return [event async for event in events][-1]
