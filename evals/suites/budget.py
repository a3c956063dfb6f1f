"""Measure whether the ledger can be overspent, and what it costs: `python -m evals budget`.

200 runs at once, in four processes on one database, make calls of random prices to a provider in this
process, which bills every call that reaches it. Workers are killed (SIGKILL) the moment some call was billed,
and started again on the same runs. All of it is done on a SQLite file, and on PostgreSQL where an address of
one is given. One caller at a time pays two durable commits alone, so only many at once have a target; of
PostgreSQL the CPU of the client is measured, not the server's.
"""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial

from evals.bench import budget_worker
from evals.bench.budget_databases import BudgetDatabase, engines_of, word
from evals.bench.budget_worker import BUDGET, CALLS, PRICE, WORKERS, PaidCall
from evals.bench.estimates import estimates
from evals.intervals import wilson
from evals.result import Metric, SuiteResult
from evals.suite import Setup
from graph.caps import Cap, Scope, Window
from graph.config.database_address import Location
from graph.options import Options
from graph.records import Run
from graph.stores.books import ledger, stored_caps
from graph.stores.db.database import Database
from graph.stores.db.db_worker import Connection
from graph.stores.db.migrations import MIGRATIONS
from guards.budget import usd

RUNS = 200
KILLS = 3
KILLED_AFTER = (10, 60)  # bills of a worker
CAPS = tuple(
    Cap(scope=scope, window=window, micros=micros)
    for scope, hour, day in (
        (Scope.USER, 2_200_000, 2_400_000),
        (Scope.TOOL, 11_000_000, 12_000_000),
        (Scope.MODEL, 10_000_000, 11_000_000),
        (Scope.ALL, 40_000_000, 44_000_000),
    )
    for window, micros in ((Window.HOUR, hour), (Window.DAY, day))
)
SLOWEST = 0.02
BUSY, CUT = 0.08, 0.08  # refused and not billed; billed and not answered
AT_ONCE, PAIRS, ROUNDS = 64, 320, 30
EARLIER = 10_000  # calls of the last day, in the ledger whose CPU is measured
FILLED = 100  # of them in a transaction: PostgreSQL keeps each state of a row until the transaction ends

_COUNTED = "SELECT run, call, COUNT(*), SUM(COALESCE(settled, reserved)) FROM ledger GROUP BY run, call"


Bill = tuple[PaidCall, int]
Counted = Mapping[tuple[str, str], tuple[int, int]]  # of each call: reservations, micro-dollars


@dataclass(slots=True, kw_only=True)
class Provider:
    """Bill the calls that arrive; kill a worker when its number of bills is reached."""

    chance: random.Random
    bills: list[Bill] = field(default_factory=list)
    doomed: dict[int, tuple[int, asyncio.subprocess.Process]] = field(default_factory=dict)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer a call with what it cost, with nothing billed, or, although it was billed, not at all."""
        worker, fields = json.loads(await reader.readline() or "[0, null]")
        if fields:  # else its caller was killed before it asked
            await asyncio.sleep(self.chance.uniform(0, SLOWEST))
            writer.write(self._answer(worker, PaidCall(**fields)))
        writer.close()

    def _answer(self, worker: int, paid: PaidCall) -> bytes:
        if (fate := self.chance.random()) < BUSY:
            return b"0\n"
        cost = self.chance.randint(paid.worst // 2, paid.worst)
        self.bills.append((paid, cost))
        self._strike(worker)
        return b"" if fate < BUSY + CUT else f"{cost}\n".encode()

    def _strike(self, worker: int) -> None:
        left, process = self.doomed.pop(worker, (0, None))
        if process and left > 1:
            self.doomed[worker] = left - 1, process
        elif process and process.returncode is None:
            process.kill()


async def measure(setup: Setup) -> SuiteResult:
    """Measure on each engine there is."""
    runs, engines = min(setup.limit or RUNS, RUNS), engines_of(setup)
    found = [await _on(engine, setup, runs) for engine in engines]
    date = datetime.fromtimestamp(setup.clock(), UTC).isoformat(timespec="seconds")
    measured = " and ".join(engine.name for engine in engines)
    return SuiteResult(
        suite="budget",
        data=f"{runs} runs of {CALLS} calls in {WORKERS} processes, {measured}",
        date=date,
        metrics=(*(metric for metrics, _ in found for metric in metrics), *await estimates(setup)),
        cases=tuple(case for _, cases in found for case in cases),
    )


async def _on(
    engine: BudgetDatabase, setup: Setup, runs: int
) -> tuple[list[Metric], list[Mapping[str, object]]]:
    """Let workers spend until nothing is left, compare bills and ledger, and weigh a reservation."""
    provider = Provider(chance=random.Random(1))  # noqa: S311 - prices
    with engine.fresh() as place:
        endings = await _spend(place, runs, provider)
        counted = await _kept(place)
    setup.say(f"{engine.name}, {runs} runs: {len(provider.bills)} bills, {endings[-9]} kills")
    cost = {}
    for at_once in (1, AT_ONCE):
        with engine.fresh() as place:
            cost[at_once] = await _cpu(place, at_once)
    reached = list(bounded(provider.bills))
    failed = endings.total() - endings[0] - endings[-9]
    metrics = [
        _share("overspent caps", sum(billed > cap.micros for cap, billed in reached), len(reached)),
        _share("reservations lost", len(lost(provider.bills, counted)), len(counted)),
        _share("deadlocks", failed, endings.total()),
        *(_milliseconds(at_once, values, engine.cpu_target) for at_once, values in cost.items()),
    ]
    summary = {"kills": endings[-9], "bills": len(provider.bills), "unpaid": runs * CALLS - len(counted)}
    named = [replace(metric, name=f"{engine.name}: {metric.name}") for metric in metrics]
    return named, [{"engine": engine.name, **case} for case in (summary, *_fullest(reached))]


def bounded(bills: Sequence[Bill]) -> Iterator[tuple[Cap, int]]:
    """Yield each cap of each subject with what was billed under it; all bills are of the same hour."""
    for cap in (Cap(scope=Scope.RUN, micros=BUDGET), *CAPS):
        billed: Counter[str] = Counter()
        for paid, cost in bills:
            billed[paid.subject(cap.scope)] += cost
        for subject, micros in billed.items():
            if subject or cap.scope is Scope.ALL:
                yield replace(cap, subject=subject), micros


def lost(bills: Sequence[Bill], counted: Counted) -> list[tuple[str, str]]:
    """Return the calls that were billed oftener, or for more, than the ledger holds."""
    times: Counter[tuple[str, str]] = Counter()
    micros: Counter[tuple[str, str]] = Counter()
    for paid, cost in bills:
        times[paid.run, paid.key] += 1
        micros[paid.run, paid.key] += cost
    held = {call: counted.get(call, (0, 0)) for call in times}
    return [call for call, (rows, sum_) in held.items() if rows < times[call] or sum_ < micros[call]]


async def _spend(path: Location, runs: int, provider: Provider) -> Counter[int]:
    """Run all workers to their end; return how often a process ended with which code (-9: killed)."""
    await (await _prepared(path)).close()
    async with await asyncio.start_server(provider.serve, "127.0.0.1") as server:
        port = server.sockets[0].getsockname()[1]
        words = [(word(path), str(port), str(worker), str(runs)) for worker in range(WORKERS)]
        endings = await asyncio.gather(*(_worked(provider, *each) for each in words))
    return Counter(code for codes in endings for code in codes)


async def _prepared(path: Location, least: int = 0) -> Database:
    """Open a new database with every cap set, to no less than `least`."""
    database = Database(path, migrations=MIGRATIONS)
    for cap in CAPS:
        await database.write(partial(stored_caps.set_cap, cap=replace(cap, micros=max(cap.micros, least))))
    return database


async def _worked(provider: Provider, *words: str) -> list[int]:
    """Start a worker until it ends by itself; the first few times it is killed."""
    codes: list[int] = []
    while not codes or (codes[-1] == -9 and len(codes) < KILLS + 2):  # noqa: PLR2004 - SIGKILL
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", budget_worker.__name__, *words
        )
        if len(codes) < KILLS:
            provider.doomed[int(words[2])] = provider.chance.randint(*KILLED_AFTER), process
        codes.append(await process.wait())
    return codes


async def _kept(path: Location) -> Counted:
    database = Database(path, migrations=MIGRATIONS)
    rows = await database.read(lambda connection: connection.execute(_COUNTED).fetchall())
    await database.close()
    return {(run, call): (number, micros) for run, call, number, micros in rows}


async def _cpu(path: Location, at_once: int) -> list[float]:
    """Measure the CPU of a reservation and its settlement under all caps, in milliseconds."""
    database, now = await _prepared(path, least=10**12), time.time()
    run = Run(id="r", question="", options=Options(budget=10**12, user="u0"), started=now)
    for first in range(0, EARLIER, FILLED):
        await database.write(partial(_fill, numbers=range(first, min(first + FILLED, EARLIER)), now=now))
    values = []
    for number in range(PAIRS if at_once == 1 else ROUNDS):
        began = time.process_time()
        await asyncio.gather(*(_booked(database, run, f"{number}/{each}") for each in range(at_once)))
        values.append((time.process_time() - began) * 1e3 / at_once)
    await database.close()
    return values


def _fill(connection: Connection, numbers: range, now: float) -> None:
    """Enter some calls of the last day."""
    for number in numbers:
        at = now - 86_400 * (1 - number / EARLIER)
        run = Run(id=f"r{number % RUNS}", question="", options=Options(budget=10**12, user="u0"), started=at)
        made = ledger.reserve(connection, run, f"c{number}", "tool0", PRICE, at, model="m0")
        ledger.settle(connection, made.number, PRICE // 2, at)


async def _booked(database: Database, run: Run, key: str) -> None:
    booked = partial(ledger.reserve, run=run, call=key, tool="tool0", amount=PRICE, model="m0")
    number = (await database.write(partial(booked, now=time.time()))).number
    await database.write(partial(ledger.settle, number=number, actual=PRICE // 2, now=time.time()))


def _share(name: str, bad: int, n: int) -> Metric:
    low, high = wilson(bad, n)
    return Metric(name=name, value=bad / n, n=n, low=low, high=high, target=0.0, lower_is_better=True)


def _milliseconds(at_once: int, values: Sequence[float], target: float | None) -> Metric:
    """Give the median, from the 5th to the 95th percentile."""
    cuts = statistics.quantiles(values, n=20, method="inclusive")
    return Metric(
        name=f"CPU ms of a reservation and its settlement, {at_once} at once",
        value=statistics.median(values),
        n=len(values) * at_once,
        low=cuts[0],
        high=cuts[-1],
        target=target if at_once > 1 else None,
        lower_is_better=True,
    )


def _fullest(reached: Sequence[tuple[Cap, int]]) -> Iterator[Mapping[str, object]]:
    """Yield for each kind of cap the one that was nearest to its end."""
    most = {
        (cap.scope, cap.window): (cap, billed) for cap, billed in sorted(reached, key=lambda each: each[1])
    }
    for cap, billed in most.values():
        yield {"cap": str(cap), "usd": usd(cap.micros), "billed": usd(billed)}
