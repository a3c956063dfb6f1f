"""Store the money: worst case reserved before a call, actual cost settled after it, each in its own row."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace

from graph.caps import Cap, CapNear, Scope
from graph.costs import Cost
from graph.errors import Exhausted
from graph.records import Outcome, Run
from graph.stores.accounts.account_names import name_of
from graph.stores.books import stored_caps
from graph.stores.books.ledger_tallies import COUNTED, CapTally, counted, frees, recount, tally, write
from graph.stores.db.db_worker import Connection
from guards.budget import is_call_within, is_near, usd

LEDGER_TABLES = """
CREATE TABLE ledger (
    run TEXT NOT NULL, call TEXT NOT NULL, asker TEXT NOT NULL, tool TEXT NOT NULL,
    reserved INTEGER NOT NULL CHECK (reserved >= 0), settled INTEGER CHECK (settled >= 0),
    at REAL NOT NULL, PRIMARY KEY (run, call)
);
"""

# A repeated reservation gets a new row: the earlier one may have been billed.
LEDGER_OF_ATTEMPTS = """
ALTER TABLE ledger RENAME TO ledger_before;
CREATE TABLE ledger (
    id INTEGER PRIMARY KEY, run TEXT NOT NULL, call TEXT NOT NULL, asker TEXT NOT NULL,
    tool TEXT NOT NULL, model TEXT NOT NULL, reserved INTEGER NOT NULL CHECK (reserved >= 0),
    settled INTEGER CHECK (settled >= 0), at REAL NOT NULL
);
INSERT INTO ledger (run, call, asker, tool, model, reserved, settled, at)
    SELECT run, call, asker, tool, '', reserved, settled, at FROM ledger_before ORDER BY at;
DROP TABLE ledger_before;
CREATE UNIQUE INDEX ledger_open ON ledger (run, call) WHERE settled IS NULL;
CREATE INDEX ledger_by_run ON ledger (run, at);
CREATE INDEX ledger_by_asker ON ledger (asker, at);
CREATE INDEX ledger_by_tool ON ledger (tool, at);
CREATE INDEX ledger_by_model ON ledger (model, at) WHERE model <> '';
CREATE INDEX ledger_by_time ON ledger (at);
"""

_RESERVED = "SELECT run, asker, tool, model, reserved, at FROM ledger WHERE id = :id"
_GIVE_UP = "UPDATE ledger SET settled = reserved WHERE run = :run AND call = :call AND settled IS NULL"
_ENTER = """
INSERT INTO ledger (run, call, asker, tool, model, reserved, settled, at)
VALUES (:run, :call, :user, :tool, :model, :reserved, :settled, :at) RETURNING id
"""
_SETTLE = "UPDATE ledger SET settled = :actual, at = :at WHERE id = :id"
_BY = {
    column: f"SELECT {column}, SUM({COUNTED}) FROM ledger WHERE run = :run AND {column} <> ''"
    f" GROUP BY {column} ORDER BY {column}"
    for column in ("tool", "model")
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """Hold the row of a reservation, and the caps it brought to four fifths, each once a window."""

    number: int
    near: tuple[CapNear, ...]


_CALLS = "SELECT detail FROM audit WHERE run = :run AND kind = 'call'"


def reserve(
    connection: Connection, run: Run, call: str, tool: str, amount: int, now: float, *, model: str = ""
) -> Reservation:
    """Reserve `amount` micro-dollars for a call against every cap, within the caller's transaction.

    An open reservation of the same call was left by a crash. Whether it was billed is unknown, so it stays
    counted as spent. Raises Exhausted if the sum would pass a cap; the caller must then undo the transaction.
    """
    connection.execute(_GIVE_UP, {"run": run.id, "call": call})
    subjects = _subjects(run.id, run.options.user, tool, model)
    run_cap = Cap(scope=Scope.RUN, subject=run.id, micros=run.options.budget)
    tallies = [
        tally(connection, cap, amount, now) for cap in (run_cap, *stored_caps.applying(connection, subjects))
    ]
    shared = [counted(connection, cap, now) for cap in stored_caps.shares(connection, run.options)]
    _check(connection, [*tallies, *shared], tool, amount)
    number = _enter(connection, subjects, call, (amount, None), now)
    near = tuple(_named(connection, near) for each in tallies if (near := _added(each, amount, now)))
    write(connection, tallies)
    return Reservation(number=number, near=near)


def settle(connection: Connection, number: int, actual: int, now: float) -> None:
    """Replace a reservation by the actual cost of the call, in micro-dollars, dated now."""
    ((*names, reserved, at),) = connection.execute(_RESERVED, {"id": number}).fetchall()
    until = max(at, now)
    connection.execute(_SETTLE, {"id": number, "actual": actual, "at": until})
    recount(connection, _subjects(*names), (reserved, at), (actual, until))


def bill(connection: Connection, run: Run, call: str, tool: str, actual: int, now: float) -> None:
    """Store what was billed without a reservation, in micro-dollars: it counts against every cap too."""
    subjects = _subjects(run.id, run.options.user, tool, "")
    _enter(connection, subjects, call, (0, actual), now)
    recount(connection, subjects, (0, now), (actual, now))


def cost(connection: Connection, run_id: str) -> Cost:
    """Sum what a run cost, open reservations at their worst case, with the number of calls it made."""
    by_tool, by_model = (_by(connection, column, run_id) for column in ("tool", "model"))
    details = (json.loads(detail) for (detail,) in connection.execute(_CALLS, {"run": run_id}))
    called = [each["tool"] for each in details if each["attempts"] or each["outcome"] == Outcome.DONE]
    return Cost(
        micros=sum(by_tool.values()),
        calls=len(called),
        by_tool={tool: by_tool.get(tool, 0) for tool in sorted(called)} | by_tool,
        by_model=by_model,
    )


def room(connection: Connection, run: Run, now: float) -> tuple[Cap, int] | None:
    """Return the cap of a run's user or the installation with the least left, and what is used of it."""
    subjects = _subjects(run.id, run.options.user, "", "")
    bounding = [
        cap for cap in stored_caps.applying(connection, subjects) if cap.scope in {Scope.USER, Scope.ALL}
    ]
    used = [(cap, tally(connection, cap, cap.micros, now).used) for cap in bounding]
    used += [(cap, counted(connection, cap, now).used) for cap in stored_caps.shares(connection, run.options)]
    least = min(used, key=lambda each: each[0].micros - each[1], default=None)
    return least and (_shown(connection, least[0]), least[1])


def _check(connection: Connection, tallies: list[CapTally], tool: str, amount: int) -> None:
    """Raise Exhausted for the cap that delays the call longest, if any refuses it."""
    refused = [each for each in tallies if not is_call_within(each.cap, each.used, amount).allowed]
    if not refused:
        return
    waits = [(frees(connection, each, amount), each) for each in refused]
    until, worst = max(waits, key=lambda wait: math.inf if wait[0] is None else wait[0])
    decision = is_call_within(_shown(connection, worst.cap), worst.used, amount, until)
    raise Exhausted(f"{tool} may cost ${usd(amount)}; {decision.reason}")


def _added(tally: CapTally, amount: int, now: float) -> CapNear | None:
    tally.used += amount
    if tally.was_warned or not is_near(tally.cap, tally.used):
        return None
    tally.warned, tally.warned_of = now, tally.cap.micros
    return CapNear(cap=tally.cap, used=tally.used)


def _named(connection: Connection, near: CapNear) -> CapNear:
    return replace(near, cap=_shown(connection, near.cap))


def _shown(connection: Connection, cap: Cap) -> Cap:
    """Return a cap with the name of its user: it is stored by the id of the account."""
    if cap.scope is not Scope.USER:
        return cap
    return replace(cap, subject=name_of(connection, cap.subject))


def _enter(
    connection: Connection, subjects: dict[Scope, str], call: str, money: tuple[int, int | None], now: float
) -> int:
    """Write a row; return its number."""
    reserved, settled = money
    named = {str(scope): subject for scope, subject in subjects.items()}
    row = {**named, "call": call, "reserved": reserved, "settled": settled, "at": now}
    ((number,),) = connection.execute(_ENTER, row).fetchall()
    return int(number)


def _subjects(run: str, user: str, tool: str, model: str) -> dict[Scope, str]:
    """Return the subject of a call in each scope."""
    return {Scope.RUN: run, Scope.USER: user, Scope.TOOL: tool, Scope.MODEL: model, Scope.ALL: ""}


def _by(connection: Connection, column: str, run_id: str) -> dict[str, int]:
    return {name: int(micros) for name, micros in connection.execute(_BY[column], {"run": run_id})}
