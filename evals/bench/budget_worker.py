"""Run a worker of the budget suite: `python -m evals.bench.budget_worker DATABASE PORT WORKER RUNS`."""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from dataclasses import asdict, dataclass
from functools import partial

from evals.bench.budget_databases import read_word
from graph.caps import Scope
from graph.config.database_address import Location
from graph.errors import Exhausted
from graph.options import Options
from graph.records import Call, Outcome, Run, Task
from graph.stores.books.call_books import StoredCalls
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS

WORKERS, CALLS = 4, 12
SECONDS = 300.0  # a worker that is not done by then waits for something that never comes
USERS, TOOLS = 20, 4
PRICE = 100_000
BUDGET = 400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidCall:
    """Describe a call to the provider: by whom, and the most it may cost in micro-dollars."""

    run: str
    key: str
    user: str
    tool: str
    model: str
    worst: int

    def subject(self, scope: Scope) -> str:
        """Return the subject of a cap of a scope."""
        return "" if scope is Scope.ALL else str(getattr(self, scope))


async def work(path: Location, port: int, worker: int, runs: int) -> None:
    """Make the calls of every fourth run, except those that are complete."""
    database = Database(path, migrations=MIGRATIONS)
    calls = StoredCalls(database, time.time)
    await asyncio.gather(*(_run(calls, f"r{n}", port, worker) for n in range(worker, runs, WORKERS)))
    await database.close()


async def _run(calls: StoredCalls, name: str, port: int, worker: int) -> None:
    chance = random.Random(name)  # noqa: S311 - the same calls after a restart
    user = f"u{int(name[1:]) % USERS}"
    run = Run(id=name, question="", options=Options(budget=BUDGET, user=user), started=0.0)
    for number in range(CALLS):
        paid = PaidCall(
            run=name,
            key=f"c{number}",
            user=user,
            tool=f"tool{chance.randrange(TOOLS)}",
            model=chance.choice(["", "m0", "m1", "m2"]),
            worst=chance.randint(1, PRICE),
        )
        task = Task(id=paid.key, tool=paid.tool, purpose="", arguments={})
        if not await calls.replay(run, "b", task, paid.key):
            await calls.end(run, paid.key, await _called(calls, run, paid, port, worker), ())


async def _called(calls: StoredCalls, run: Run, paid: PaidCall, port: int, worker: int) -> Call:
    """Reserve and call; a call without an answer may have been billed in full."""
    now = time.time()
    call = partial(Call, task=paid.key, branch="b", tool=paid.tool, started=now, ended=now)
    try:
        await calls.reserve(run, paid.tool, paid.key, paid.worst, paid.model)
    except Exhausted:
        return call(outcome=Outcome.SKIPPED)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"{json.dumps([worker, asdict(paid)])}\n".encode())
    answer = await reader.readline()
    writer.close()
    return call(outcome=Outcome.DONE if answer else Outcome.FAILED, cost=int(answer or paid.worst))


if __name__ == "__main__":
    _database, *_numbers = sys.argv[1:]
    asyncio.run(asyncio.wait_for(work(read_word(_database), *map(int, _numbers)), SECONDS))
