"""Prove by random histories that no cap is passed, beside an oracle that adds up a list."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import cast

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from graph.caps import Cap, Scope, Window
from graph.errors import Exhausted
from graph.records import Run
from graph.stores.books import ledger, stored_caps
from graph.stores.db.db_worker import Connection
from graph.stores.db.migrations import MIGRATIONS
from graph.stores.db.postgres import PostgresServer
from tests.fakes.databases import schema
from tests.graph.stores.books.test_ledger import BOTH, CALLS, NAMES, RUNS, SCOPES, WINDOWS


@dataclass
class Entry:
    """Remember one reservation as a person would: by whom, how much, when."""

    subjects: dict[Scope, str]
    at: float
    counted: int


class Books(RuleBasedStateMachine):
    """Spend at random, crash and set the clock, beside an oracle that adds up a list."""

    close: Callable[[], None]

    def __init__(self) -> None:
        super().__init__()
        self.connection = self.opened()
        self.entries: list[Entry] = []
        self.mine: dict[tuple[str, str], tuple[int, Entry]] = {}
        self.caps: dict[tuple[Scope, str, Window | None], int] = {}
        self.now = 1_000_000.0
        self.cap(Scope.USER, "", Window.HOUR, 120)
        self.cap(Scope.ALL, "", Window.HOUR, 150)

    def opened(self) -> Connection:
        connection = sqlite3.connect(":memory:", isolation_level=None)
        connection.executescript("\n".join(MIGRATIONS))
        self.close = connection.close
        return cast("Connection", connection)

    def teardown(self) -> None:
        self.close()

    @rule(seconds=st.sampled_from([1, 1800, 3599, 3600, 3601, 86_399, 86_400, -1, -1800, -3600, -90_000]))
    def step(self, seconds: int) -> None:
        self.now += seconds

    @rule(
        scope=SCOPES, name=st.sampled_from(["", "x"]), window=WINDOWS, micros=st.none() | st.integers(0, 150)
    )
    def cap(self, scope: Scope, name: str, window: Window, micros: int | None) -> None:
        cap = Cap(scope=scope, subject="" if scope is Scope.ALL else name, window=window, micros=micros or 0)
        key = (cap.scope, cap.subject, cap.window)
        if micros is None:
            assert stored_caps.unset_cap(self.connection, cap) == (self.caps.pop(key, None) is not None)
        else:
            stored_caps.set_cap(self.connection, cap)
            self.caps[key] = micros

    @rule(run=RUNS, call=CALLS, tool=NAMES, model=st.sampled_from(["", "x", "y"]), amount=st.integers(1, 50))
    def reserve(self, run: Run, call: str, tool: str, model: str, amount: int) -> None:
        subjects = self.subjects(run, tool, model)
        expected = {cap: self.counted(cap) + amount for cap in self.applying(run, subjects)}
        fits = all(used <= cap.micros for cap, used in expected.items())
        self.connection.execute("BEGIN")
        try:
            made = ledger.reserve(self.connection, run, call, tool, amount, self.now, model=model)
        except Exhausted:
            self.connection.execute("ROLLBACK")
            assert not fits
            return
        self.connection.execute("COMMIT")
        assert fits
        assert all(expected[each.cap] == each.used >= each.cap.micros * 0.8 for each in made.near)
        self.entries.append(Entry(subjects, self.now, amount))
        self.mine[run.id, call] = made.number, self.entries[-1]

    @rule()
    def crash(self) -> None:
        self.mine.clear()

    @precondition(lambda self: self.mine)
    @rule(data=st.data(), percent=st.sampled_from([0, 30, 100, 130]))
    def settle(self, data: st.DataObject, percent: int) -> None:
        number, entry = self.mine.pop(data.draw(st.sampled_from(sorted(self.mine))))
        entry.counted, entry.at = entry.counted * percent // 100, max(entry.at, self.now)
        ledger.settle(self.connection, number, entry.counted, self.now)

    @rule(run=RUNS, tool=NAMES, actual=st.integers(1, 50))
    def bill(self, run: Run, tool: str, actual: int) -> None:
        ledger.bill(self.connection, run, "free", tool, actual, self.now)
        self.entries.append(Entry(self.subjects(run, tool, ""), self.now, actual))

    @invariant()
    def nothing_is_lost(self) -> None:
        for run in BOTH:
            counted = self.counted(Cap(scope=Scope.RUN, subject=run.id, micros=0))
            assert ledger.cost(self.connection, run.id).micros == counted

    def subjects(self, run: Run, tool: str, model: str) -> dict[Scope, str]:
        names = (run.id, run.options.user, tool, model, "")
        return dict(zip(Scope, names, strict=True))

    def counted(self, cap: Cap) -> int:
        return sum(
            entry.counted
            for entry in self.entries
            if entry.subjects.get(cap.scope) == cap.subject and entry.at > self.now - cap.seconds
        )

    def applying(self, run: Run, subjects: dict[Scope, str]) -> list[Cap]:
        found = [Cap(scope=Scope.RUN, subject=run.id, micros=run.options.budget)]
        for scope, subject in subjects.items():
            for window in Window:
                own = self.caps.get((scope, subject, window), self.caps.get((scope, "", window)))
                if own is not None and (subject or scope is Scope.ALL):
                    found.append(Cap(scope=scope, subject=subject, window=window, micros=own))
        return found


class ServerBooks(Books):
    """Do the same in a schema of a PostgreSQL server."""

    def opened(self) -> Connection:
        stack = ExitStack()
        self.close = stack.close
        place = stack.enter_context(schema())
        return stack.enter_context(PostgresServer(place, MIGRATIONS).opened())


TestServerBooks = ServerBooks.TestCase
TestServerBooks.settings = settings(max_examples=8, stateful_step_count=40)

TestBooks = Books.TestCase
TestBooks.settings = settings(max_examples=200, stateful_step_count=40)
