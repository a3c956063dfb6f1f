"""Find what belongs to an account, and delete it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.conversation import ThreadWrite
from graph.records import Status
from graph.stores.chat.chat_threads import delete
from graph.stores.checkpoints import checkpoint_rows
from graph.stores.db.db_worker import places
from graph.stores.index.passage_index import forget
from graph.stores.outlines import forget_unused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.config.database_address import Location
    from graph.stores.db.db_worker import Connection

_OF_RUNS = ("journal", "retrievals", "leases", "audit")
_INDEXED = "SELECT 1 FROM documents WHERE source = ?"
_CALLS = "SELECT detail FROM audit WHERE kind = 'call'"
_AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountContents:
    """Name the runs of an account, the unfinished ones, and where they searched; count the rest."""

    runs: tuple[str, ...]
    unfinished: tuple[str, ...]
    docs: frozenset[tuple[str, ...]]
    conversations: int
    caps: int

    def __bool__(self) -> bool:
        """Tell whether there is anything."""
        return bool(self.runs or self.conversations or self.caps)


def held(connection: Connection, account: str) -> AccountContents:
    """Return what belongs to an account."""
    who = {"account": account}
    runs = connection.execute("SELECT id, status, options FROM runs WHERE asker = :account", who).fetchall()
    ((threads,),) = connection.execute(
        "SELECT COUNT(*) FROM chat_threads WHERE asker = :account", who
    ).fetchall()
    ((caps,),) = connection.execute(
        "SELECT COUNT(*) FROM caps WHERE scope = 'user' AND subject = :account", who
    ).fetchall()
    return AccountContents(
        runs=tuple(run for run, _, _ in runs),
        unfinished=tuple(run for run, status, _ in runs if status == Status.RUNNING),
        docs=frozenset(tuple(json.loads(options)["docs"]) for _, _, options in runs),
        conversations=threads,
        caps=caps,
    )


def erase(
    connection: Connection, location: Location, account: str, collections: Iterable[str], now: float
) -> None:
    """Delete the runs, conversations, feedback and caps of an account, and the texts that only it had.

    `collections` are the names under which its files are indexed. What was spent stays in the ledger under
    the id alone: it counts against the caps of all.
    """
    _erase_conversations(connection, account, now)
    sources = _erase_runs(connection, held(connection, account).runs)
    _erase_texts(connection, sources | forget(connection, location, collections))
    for table in ("caps", "tallies"):
        connection.execute(f"DELETE FROM {table} WHERE scope = 'user' AND subject = ?", (account,))
    connection.execute("UPDATE accounts SET name = '' WHERE id = ? AND removed IS NOT NULL", (account,))


def _erase_conversations(connection: Connection, account: str, now: float) -> None:
    threads = connection.execute("SELECT id FROM chat_threads WHERE asker = ?", (account,)).fetchall()
    for (thread,) in threads:
        delete(connection, ThreadWrite(thread=thread, asker=None, now=now))
    connection.execute("DELETE FROM chat_users WHERE identifier = ?", (account,))


def _erase_runs(connection: Connection, runs: Sequence[str]) -> set[str]:
    """Delete runs; return the sources that their calls found."""
    sources: set[str] = set()
    for part in _parts(runs):
        rows = connection.execute(f"{_CALLS} AND run IN ({places(part)})", part)
        sources.update(*(json.loads(detail)["sources"] for (detail,) in rows))
        checkpoint_rows.delete_threads(part, connection)
        for table in _OF_RUNS:
            connection.execute(f"DELETE FROM {table} WHERE run IN ({places(part)})", part)
        connection.execute(f"DELETE FROM runs WHERE id IN ({places(part)})", part)
    return sources


def _erase_texts(connection: Connection, sources: set[str]) -> None:
    """Delete texts that no document of anybody has and no remaining call found, with their descriptions.

    A stored result that refers to one is not used any more: its texts are checked first.
    """
    kept = {source for source in sources if connection.execute(_INDEXED, (source,)).fetchone()}
    for (detail,) in connection.execute(_CALLS):
        kept.update(json.loads(detail)["sources"])
    for part in _parts(sorted(sources - kept)):
        for table, column in (("texts", "id"), ("retrievals", "source")):
            connection.execute(f"DELETE FROM {table} WHERE {column} IN ({places(part)})", part)
    forget_unused(connection)


def _parts(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE))
