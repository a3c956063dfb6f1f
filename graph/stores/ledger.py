"""Keep the money: worst case reserved before a call, actual settled after it."""

from __future__ import annotations

from graph.errors import Exhausted
from graph.records import Cost, Run
from graph.stores.lane import Connection
from guards.budget import usd

LEDGER_TABLES = """
CREATE TABLE ledger (
    run TEXT NOT NULL, call TEXT NOT NULL, asker TEXT NOT NULL, tool TEXT NOT NULL,
    reserved INTEGER NOT NULL CHECK (reserved >= 0), settled INTEGER CHECK (settled >= 0),
    at REAL NOT NULL, PRIMARY KEY (run, call)
);
"""

_COUNTED = """
SELECT COALESCE(SUM(COALESCE(settled, reserved)), 0) FROM ledger WHERE run = :run AND call <> :call
"""
_BY_TOOL = """
SELECT tool, SUM(COALESCE(settled, reserved)) FROM ledger WHERE run = :run GROUP BY tool ORDER BY tool
"""


def reserve(connection: Connection, run: Run, call: str, tool: str, amount: int, now: float) -> None:
    """Set `amount` micro-dollars aside for a call, within the caller's transaction.

    An open reservation of the same call is taken over. Raises Exhausted when the sum would pass the cap.
    """
    counted = connection.execute(_COUNTED, {"run": run.id, "call": call}).fetchone()
    spent, cap = (counted[0] if counted else 0), run.options.budget
    if spent + amount > cap:
        raise Exhausted(f"{tool} may cost ${usd(amount)}; ${usd(spent)} of ${usd(cap)} is spent or reserved")
    connection.execute(
        "INSERT INTO ledger (run, call, asker, tool, reserved, at)"
        " VALUES (:run, :call, :asker, :tool, :amount, :now)"
        " ON CONFLICT (run, call) DO UPDATE SET reserved = :amount, settled = NULL, at = :now",
        {"run": run.id, "call": call, "asker": run.options.user, "tool": tool, "amount": amount, "now": now},
    )


def settle(connection: Connection, run_id: str, call: str, actual: int) -> None:
    """Replace a reservation by what the call really cost, in micro-dollars."""
    connection.execute(
        "UPDATE ledger SET settled = :actual WHERE run = :run AND call = :call",
        {"run": run_id, "call": call, "actual": actual},
    )


def spent_by_tool(connection: Connection, run_id: str) -> dict[str, int]:
    """Sum what each tool cost a run, open reservations at their worst case."""
    rows = connection.execute(_BY_TOOL, {"run": run_id})
    return {tool: int(micros) for tool, micros in rows}


def cost(connection: Connection, run_id: str) -> Cost:
    """Sum what a run cost, with the number of calls it made."""
    by_tool = spent_by_tool(connection, run_id)
    counted = connection.execute(
        "SELECT tool, COUNT(*) FROM journal WHERE run = :run GROUP BY tool ORDER BY tool", {"run": run_id}
    ).fetchall()
    return Cost(
        micros=sum(by_tool.values()),
        calls=sum(number for _, number in counted),
        by_tool={tool: by_tool.get(tool, 0) for tool, _ in counted} | by_tool,
    )
