"""What may be spent can be set and looked at."""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from graph.options import Options, Role
from graph.people.accounts import Account
from graph.records import Run
from graph.stores.books import ledger
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS
from tests.fakes.people import known
from ui.commands import budget
from ui.terminal.fast_typer import CommandGroup

Budget = Callable[..., Result]
EACH_RUN = {
    "scope": "run",
    "subject": None,
    "per": None,
    "cap_usd": "1.00",
    "used_usd": None,
    "frees": None,
}


@pytest.fixture
def attest() -> Budget:
    app = typer.Typer(cls=CommandGroup, rich_markup_mode=None)
    app.callback()(lambda: None)
    app.add_typer(budget.budget)
    return lambda *words: CliRunner().invoke(app, ["budget", *words], prog_name="attest")


def spend(user: str, micros: int, at: float) -> None:
    database = Database(Path("attest/attest.db"), migrations=MIGRATIONS)
    run = Run(id=f"run of {user}", question="", options=Options(user=user), started=0.0)
    database.write_now(lambda connection: ledger.reserve(connection, run, str(at), "maps", micros, at))
    database.close_now()


def shown(attest: Budget) -> list[dict[str, str]]:
    caps: list[dict[str, str]] = json.loads(attest("show", "--json").stdout)
    assert caps.pop(0) == EACH_RUN
    return caps


@pytest.mark.parametrize(
    ("words", "said", "kept"),
    [
        (("all", "20"), "$20.00 a day for this installation; $0.00 of it", ("all", None, "day", "20.00")),
        (("user", "2.5", "--per", "hour"), "$2.50 an hour for each user", ("user", None, "hour", "2.50")),
        (("tool=maps", "0"), "$0.00 a day for tool maps; $0.00 of it", ("tool", "maps", "day", "0.00")),
        (("model=a=b", "1"), "$1.00 a day for model a=b; $0.00 of it", ("model", "a=b", "day", "1.00")),
    ],
)
def test_a_cap_is_set_said_and_taken_away(
    attest: Budget, words: tuple[str, ...], said: str, kept: tuple[str, ...]
) -> None:
    """What was set is said in words, shown until it is removed, and gone then."""
    result = attest("set", *words)
    assert (result.exit_code, result.stdout.startswith(f"the cap is {said}")) == (0, True), result.output
    (cap,) = shown(attest)
    assert (cap["scope"], cap["subject"], cap["per"], cap["cap_usd"]) == kept
    removing = ("set", words[0], "none", *words[2:])
    assert attest(*removing).stdout.startswith("removed the cap a")
    assert shown(attest) == []
    assert attest(*removing).stdout.startswith("there was no cap a")


def test_what_is_used_is_shown_with_the_time_it_frees(attest: Budget) -> None:
    """A cap of each user lists whoever spent under it, but for those who have one of their own."""
    now, ann = time.time(), Account(id="u-ann", name="ann", role=Role.ANALYST)
    with known(Path("attest")) as there:
        there.put(ann)
    for words in (("user", "2"), ("user=ann", "5"), ("all", "9", "--per", "hour")):
        attest("set", *words)
    spend(ann.id, 300_000, now - 7200)
    spend("bob", 0, now - 8000)
    spend("bob", 100_000, now - 7200)
    spend("bob", 200_000, now - 60)
    caps = shown(attest)
    assert [(cap["scope"], cap["subject"], cap["used_usd"]) for cap in caps] == [
        ("all", None, "0.20"),
        ("user", None, None),
        ("user", "bob", "0.30"),
        ("user", "ann", "0.30"),
    ]
    whole, each, bob, _ = [cap["frees"] and datetime.fromisoformat(cap["frees"]).timestamp() for cap in caps]
    assert each is None
    assert whole == pytest.approx(now - 60 + 3600, abs=1)
    assert bob == pytest.approx(now - 7200 + 86_400, abs=1)


def test_people_get_columns(attest: Budget) -> None:
    """The table begins with what a run may spend, and a name cannot colour the terminal."""
    attest("set", "user=a\x1b[31m", "5")
    assert attest("show").stdout.splitlines() == [
        "WHO          PER    CAP   USED  FREES FROM",
        "each run     -    $1.00      -  -",
        "user a␛[31m  day  $5.00  $0.00  -",
    ]


@pytest.mark.parametrize(
    ("words", "way_out"),
    [
        (("run", "5"), "ATTEST_BUDGET_USD"),
        (("ann", "5"), "user=ann"),
        (("user=", "5"), "user=ann"),
        (("all=x", "5"), "user=ann"),
        (("user", "much"), "write a number"),
        (("user=eve", "much"), "write a number"),
        (("user", "nan"), "write a number"),
        (("user", "5", "--per", "week"), "hour"),
    ],
)
def test_what_is_no_cap_is_misuse(attest: Budget, words: tuple[str, ...], way_out: str) -> None:
    """A mistake ends with exit code 2 and the way out, and nothing is stored."""
    result = attest("set", *words)
    assert result.exit_code == 2
    assert way_out in result.output
    assert not Path("attest").exists()


def test_a_cap_is_of_an_account_and_not_of_its_name(attest: Budget) -> None:
    """A removed account keeps its own, by its id; the next of that name has none."""
    first = Account(id="u-1", name="bob", role=Role.ANALYST)
    assert "attest ask --user bob" in attest("set", "user=bob", "5").stderr
    assert attest("set", "user=bob", "none").exit_code == 0
    with known(Path("attest")) as there:
        there.put(first)
        assert attest("set", "user=BOB", "5").stdout.startswith("the cap is $5.00 a day for user bob;")
        there.accounts.remove("bob")
        there.put(replace(first, id="u-2"))
    assert [cap["subject"] for cap in shown(attest)] == ["bob (removed, u-1)"]
    assert attest("set", "user=bob", "none").stdout.startswith("there was no cap a day for user bob")
    assert attest("set", "user=u-1", "none").stdout.startswith(
        "removed the cap a day for user bob (removed, u-1)"
    )
    assert attest("set", "user=local", "3").stdout.startswith("the cap is $3.00 a day for user local")


def test_help_shows_examples(attest: Budget) -> None:
    """Each command of the group ends with a line that can be copied."""
    for words in ((), ("set",), ("show",)):
        last = attest(*words, "--help").stdout.rstrip().splitlines()[-1]
        assert last.startswith("  Example: attest budget")
