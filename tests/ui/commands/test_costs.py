"""What was spent can be read by people, programs and spreadsheets."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from graph.options import Options
from graph.records import Run
from graph.stores.books import ledger
from graph.stores.db.db_worker import Connection
from graph.stores.db.migrations import MIGRATIONS
from ui.commands import costs
from ui.terminal.exits import Command
from ui.terminal.fast_typer import CommandGroup

Costs = Callable[..., Result]
FRIDAY = datetime(2026, 11, 20, 23, 59, tzinfo=UTC).timestamp()
HEAVY = {"langgraph", "langchain_core", "pydantic", "trafilatura", "rich", "asyncio", "psycopg"}
ROOT = Path(__file__).parents[3]


def stored(migrations: tuple[str, ...] = MIGRATIONS) -> sqlite3.Connection:
    """Make the database of this place as a release left it."""
    Path("attest").mkdir()
    connection = sqlite3.connect("attest/attest.db", isolation_level=None)
    connection.executescript("\n".join(migrations))
    connection.execute(f"PRAGMA user_version = {len(migrations)}")
    return connection


def spend(connection: Connection, run: str, user: str, tool: str, at: float, *, model: str = "") -> int:
    asked = Run(id=run, question="", options=Options(user=user), started=0.0)
    return ledger.reserve(connection, asked, tool, tool, 400_000, at, model=model).number


@pytest.fixture
def attest() -> Costs:
    app = typer.Typer(cls=CommandGroup, rich_markup_mode=None)
    app.callback()(lambda: None)
    app.command(cls=Command)(costs.costs)
    return lambda *words: CliRunner().invoke(app, ["costs", *words])


@pytest.fixture
def spent(place: Path) -> Path:
    with closing(stored()) as connection:
        ledger.settle(connection, spend(connection, "r1", "ann", "maps", FRIDAY), 250_000, FRIDAY)
        spend(connection, "r1", "ann", "ask", FRIDAY, model="small")
        number = spend(connection, "r2", "=bob\x1b[31m", "maps", FRIDAY + 120)
        ledger.settle(connection, number, 100_000, FRIDAY + 120)
    return place


@pytest.mark.usefixtures("spent")
@pytest.mark.parametrize(
    ("by", "rows"),
    [
        ("run", [("r1", 2, "0.25", "0.40"), ("r2", 1, "0.10", "0.00")]),
        ("user", [("ann", 2, "0.25", "0.40"), ("=bob\x1b[31m", 1, "0.10", "0.00")]),
        ("tool", [("ask", 1, "0.00", "0.40"), ("maps", 2, "0.35", "0.00")]),
        ("model", [("small", 1, "0.00", "0.40")]),
        ("day", [("2026-11-20", 2, "0.25", "0.40"), ("2026-11-21", 1, "0.10", "0.00")]),
    ],
)
def test_costs_are_summed_by_what_is_asked(
    attest: Costs, by: str, rows: list[tuple[str, int, str, str]]
) -> None:
    """What was settled and what is still reserved stand apart, the dearest first, days in their order."""
    printed = json.loads(attest("--by", by, "--json").stdout)
    headings = (by, "calls", "usd", "reserved_usd")
    assert printed == [dict(zip(headings, row, strict=True)) for row in rows]


@pytest.mark.usefixtures("spent")
def test_people_get_columns_and_a_total(attest: Costs) -> None:
    """The table adds up, and a name cannot colour the terminal."""
    assert attest("--by", "user").stdout.splitlines() == [
        "USER       CALLS  SPENT  RESERVED",
        "ann            2  $0.25     $0.40",
        "=bob␛[31m      1  $0.10     $0.00",
        "total          3  $0.35     $0.40",
    ]


@pytest.mark.usefixtures("spent")
def test_a_spreadsheet_runs_no_name(attest: Costs) -> None:
    """A name that begins like a formula is text in the CSV."""
    assert attest("--by", "user", "--csv").stdout.splitlines() == [
        "user,calls,usd,reserved_usd",
        "ann,2,0.25,0.40",
        "'=bob␛[31m,1,0.10,0.00",
    ]


@pytest.mark.usefixtures("spent")
def test_older_costs_can_be_left_out(attest: Costs) -> None:
    """A date begins at 0:00 UTC."""
    (only,) = json.loads(attest("--since", "2026-11-21", "--json").stdout)
    assert only["day"] == "2026-11-21"


@pytest.mark.parametrize("words", [("--since", "yesterday"), ("--json", "--csv"), ("--by", "mood")])
def test_what_cannot_be_shown_is_misuse(attest: Costs, words: tuple[str, ...]) -> None:
    """A date that is none, two forms at once and an unknown sum end with exit code 2."""
    assert attest(*words).exit_code == 2


def test_nothing_spent_is_no_error(attest: Costs) -> None:
    """A machine that never ran anything says so, and no database is made."""
    result = attest()
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing was spent" in result.stderr
    assert json.loads(attest("--json").stdout) == []
    assert not Path("attest").exists()


def test_a_ledger_of_an_earlier_release_is_read_as_it_is(attest: Costs) -> None:
    """Before its first migration an older file shows its costs, and none by model: it kept no models."""
    with closing(stored(MIGRATIONS[:2])) as connection:
        connection.execute("INSERT INTO ledger VALUES ('r1', 'c', 'ann', 'maps', 9, 5, ?)", (FRIDAY,))
    (only,) = json.loads(attest("--by", "run", "--json").stdout)
    assert (only["run"], only["usd"]) == ("r1", "0.000005")
    assert json.loads(attest("--by", "model", "--json").stdout) == []


@pytest.mark.usefixtures("spent")
def test_little_is_imported_to_show_costs() -> None:
    """The table of days waits for no framework."""
    code = (
        "import sys; from ui.commands.costs import costs; costs();"
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(Path.cwd())},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "2026-11-20" in done.stdout
    assert not set(done.stderr.split()) & HEAVY
