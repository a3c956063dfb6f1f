from __future__ import annotations

from dataclasses import replace

import pytest

from graph.caps import Cap, Scope, Window
from graph.errors import Exhausted
from graph.options import Options
from graph.records import Run
from graph.stores.books import ledger, stored_caps
from graph.stores.db.database import Database

RUN = Run(id="r1", question="q", options=Options(budget=1_000_000, user="ann"), started=0.0)
SUBJECTS = {Scope.RUN: "r1", Scope.USER: "ann", Scope.TOOL: "pages", Scope.MODEL: "", Scope.ALL: ""}


def cap(scope: Scope, micros: int, subject: str = "", window: Window = Window.DAY) -> Cap:
    return Cap(scope=scope, subject=subject, window=window, micros=micros)


async def applying(database: Database, subjects: dict[Scope, str]) -> set[Cap]:
    return set(await database.read(lambda connection: stored_caps.applying(connection, subjects)))


async def put(database: Database, *chosen: Cap) -> None:
    for each in chosen:
        await database.write(lambda connection, each=each: stored_caps.set_cap(connection, each))  # type: ignore[misc]


async def test_a_cap_of_a_name_takes_the_place_of_the_one_for_everybody(database: Database) -> None:
    """Ann may have more than others, in the window she was given it for, and loses it again."""
    await put(database, *(cap(Scope.USER, 5, window=window) for window in Window), cap(Scope.USER, 9, "ann"))
    hourly = cap(Scope.USER, 5, "ann", Window.HOUR)
    assert await applying(database, SUBJECTS) == {hourly, cap(Scope.USER, 9, "ann")}
    assert cap(Scope.USER, 5, "bob") in await applying(database, {**SUBJECTS, Scope.USER: "bob"})
    await database.write(lambda connection: stored_caps.unset_cap(connection, cap(Scope.USER, 0, "ann")))
    assert await applying(database, SUBJECTS) == {hourly, cap(Scope.USER, 5, "ann")}


async def test_caps_of_models_bound_models_only(database: Database) -> None:
    """A call of a tool that is no model keeps the caps of its user, its tool and the installation."""
    chosen = [cap(scope, 7) for scope in (Scope.USER, Scope.TOOL, Scope.MODEL, Scope.ALL)]
    await put(database, *chosen)
    bounding = {each.scope for each in await applying(database, SUBJECTS)}
    assert bounding == {Scope.USER, Scope.TOOL, Scope.ALL}
    small = {each.scope for each in await applying(database, {**SUBJECTS, Scope.MODEL: "small"})}
    assert small == bounding | {Scope.MODEL}


async def test_a_cap_that_is_set_again_is_one_cap(database: Database) -> None:
    """The last amount holds, and a cap that is taken away is gone, once."""
    await put(database, cap(Scope.ALL, 7), cap(Scope.ALL, 8))
    assert await database.read(stored_caps.all_caps) == [cap(Scope.ALL, 8)]
    gone = [
        await database.write(lambda connection: stored_caps.unset_cap(connection, cap(Scope.ALL, 0)))
        for _ in range(2)
    ]
    assert gone == [True, False]
    assert await database.read(stored_caps.all_caps) == []


async def test_a_cap_counts_what_was_spent_while_it_was_not_set(database: Database) -> None:
    """A cap that is taken away, and comes back after money was spent, is not fooled by what it once knew."""

    async def spend(call: str) -> None:
        await database.write(lambda connection: ledger.reserve(connection, RUN, call, "pages", 40, 5.0))

    await put(database, cap(Scope.ALL, 100))
    await spend("a")
    await database.write(lambda connection: stored_caps.unset_cap(connection, cap(Scope.ALL, 0)))
    await spend("b")
    await put(database, cap(Scope.ALL, 100))
    with pytest.raises(Exhausted, match=r"\$0\.00008 of \$0\.0001 a day for this installation"):
        await spend("c")


HALF = Run(id="r2", question="q", options=Options(budget=1_000_000, user="ann", share=50), started=0.0)


def whose(run: Run, user: str) -> Run:
    return replace(run, id=f"of {user}", options=replace(run.options, user=user))


async def spent(database: Database, run: Run, call: str, amount: int, now: float = 5.0) -> None:
    await database.write(lambda connection: ledger.reserve(connection, run, call, "pages", amount, now))


async def test_nobody_without_a_cap_uses_up_the_installation(database: Database) -> None:
    """Where the installation alone is capped, an account gets its share, and the next one gets its own."""
    await put(database, cap(Scope.ALL, 100))
    await spent(database, HALF, "a", 40)
    with pytest.raises(Exhausted, match=r"\$0\.00004 of \$0\.00005 a day for user ann"):
        await spent(database, HALF, "b", 11)
    await spent(database, whose(HALF, "bob"), "a", 50)


async def test_a_share_counts_what_was_spent_without_one(database: Database) -> None:
    """What the same person spent before there was a share, or at a time without one, fills it too."""
    await put(database, cap(Scope.ALL, 100))
    await spent(database, replace(HALF, options=replace(HALF.options, share=0)), "a", 45)
    with pytest.raises(Exhausted, match="user ann"):
        await spent(database, HALF, "b", 6)
    await spent(database, HALF, "c", 6, now=5.0 + 86_401)


@pytest.mark.parametrize("subject", ["", "ann"])
async def test_a_cap_of_its_own_takes_the_place_of_a_share(database: Database, subject: str) -> None:
    """Whoever has a cap of a window, by name or like everybody, may use all of it in that window alone."""
    await put(database, cap(Scope.ALL, 100), cap(Scope.USER, 95, subject))
    await spent(database, HALF, "a", 90)
    await put(database, cap(Scope.ALL, 100, window=Window.HOUR))
    with pytest.raises(Exhausted, match="an hour for user ann"):
        await spent(database, whose(HALF, "ann"), "b", 1)


async def test_a_share_is_seen_before_a_raise(database: Database) -> None:
    """The room of a run is that of its share where that has the least left."""
    await put(database, cap(Scope.ALL, 100))
    await spent(database, HALF, "a", 40)
    found = await database.read(lambda connection: ledger.room(connection, HALF, 5.0))
    assert found == (cap(Scope.USER, 50, "ann"), 40)
