from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from evals.bench.outage import NoCircuitStore
from evals.bench.whole_product import path
from graph.app import open_app
from graph.config.settings import Settings
from graph.options import Options
from graph.ports import Services
from graph.run.application import Application
from guards.circuit_breaker import DEFAULT
from tests.fakes.app import events, report
from tests.fakes.gemini import KEY, Gemini, Reply, gemini
from tests.graph.run.test_models import FLASH, LIBRARY, PRO, QUESTION, answer
from tools.call_pipeline.circuit_breakers import CircuitBreakers

TIERS = f"{PRO},{FLASH}"


class Ahead:
    """Tell a time that runs ahead of the clock by what it was moved."""

    def __init__(self) -> None:
        self.moved = 0.0

    def __call__(self) -> float:
        return time.time() + self.moved


def with_clock(clock: Ahead) -> Callable[[Services], Services]:
    """Let the breakers of an application, and nothing else of it, go by another clock."""

    def adapt(made: Services) -> Services:
        breakers = CircuitBreakers(NoCircuitStore(), clock, lambda: 1.0)
        path(made).controls = replace(path(made).controls, breakers=breakers)
        return made

    return adapt


def settings(home: Path, fake: Gemini) -> Settings:
    """Let both models read, the better one first, and answer anew each time."""
    models = {"ATTEST_READER_MODELS": TIERS, "ATTEST_WRITER_MODELS": "extractive"}
    where = {"ATTEST_HOME": str(home), "ATTEST_GEMINI_URL": fake.url, "ATTEST_GEMINI_KEY": KEY}
    return Settings.from_environment({**models, **where, "ATTEST_MODEL_CACHE_SECONDS": "0"})


async def read_by(app: Application, fake: Gemini, run_id: str) -> tuple[str, list[str]]:
    """Return who read in a run, and which models were asked for it in turn."""
    before = len(fake.asked)
    made: Any = report(await events(app.run(QUESTION, Options(docs=(LIBRARY,)), run_id=run_id)))
    return made["roles"]["reader"], [request.model for request in fake.asked[before:]]


async def test_the_better_model_answers_again_after_the_pause_of_its_breaker(tmp_path: Path) -> None:
    """Down, it is given up and the standard one answers; back and after the pause, one probe restores it."""
    clock = Ahead()
    async with gemini(rule=answer) as fake, open_app(settings(tmp_path, fake), with_clock(clock)) as app:
        assert await read_by(app, fake, "up") == (PRO, [PRO])

        fake.rule = lambda asked: Reply(status=503) if asked.model == PRO else answer(asked)
        hurt = [await read_by(app, fake, f"down{number}") for number in range(4)]
        assert {reader for reader, _ in hurt} == {FLASH}
        assert sum(asked.count(PRO) for _, asked in hurt) == DEFAULT.consecutive
        assert hurt[-1] == (FLASH, [FLASH])

        fake.rule = answer
        assert await read_by(app, fake, "early") == (FLASH, [FLASH])
        clock.moved = DEFAULT.base
        assert await read_by(app, fake, "probe") == (PRO, [PRO])
        assert await read_by(app, fake, "calm") == (PRO, [PRO])
