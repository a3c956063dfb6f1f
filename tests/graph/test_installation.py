"""What an installation has stored is read without opening its application."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from graph import installation
from graph.caps import By, Cap, CapUse, Scope, Window
from graph.config.settings import Settings
from graph.options import Options, Role
from graph.records import Run
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS
from graph.stores.runs import StoredRuns
from tests.fakes.people import PASSWORD, known


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return the settings of an empty home."""
    return Settings.from_environment({"ATTEST_HOME": str(tmp_path)})


def test_a_new_installation_is_empty_and_stays_unmade(settings: Settings) -> None:
    """Reading makes no database."""
    assert installation.list_runs(settings) == installation.list_runs_by_name(settings) == []
    assert installation.audit_chain(settings, "r") == ()
    assert installation.account_id(settings, "ann") is None
    assert isinstance(settings.database, Path)
    assert not settings.database.exists()


async def test_runs_are_listed_by_id_or_by_name(settings: Settings) -> None:
    """A run belongs to the id of an account, and people read the name."""
    assert isinstance(settings.database, Path)
    with known(settings.database) as people:
        ann = people.accounts.add("ann", PASSWORD, Role.ANALYST)
        run = Run(id="r", question="Which?", options=Options(user=ann.id), started=1.0)
        await StoredRuns(people.database, lambda: 2.0).accept(run)
        assert installation.account_id(settings, "ann") == ann.id
        (row,) = installation.list_runs(settings)
        (named,) = installation.list_runs_by_name(settings)
    assert row.options.user == ann.id
    assert named == replace(row, options=replace(row.options, user="ann"))


def test_a_cap_is_set_shown_and_removed(settings: Settings) -> None:
    """What was set is listed with nothing spent, and nothing is left once it is removed."""
    cap = Cap(scope=Scope.ALL, micros=5_000_000, window=Window.DAY)
    database = Database(settings.database, migrations=MIGRATIONS)
    try:
        installation.set_cap(database, cap)
        assert installation.list_cap_uses(settings, 0.0) == [CapUse(cap=cap, used=0)]
        assert installation.list_costs(settings, By.DAY) == []
        assert installation.unset_cap(database, cap)
        assert not installation.unset_cap(database, cap)
    finally:
        database.close_now()
    assert installation.list_cap_uses(settings, 0.0) == []


def test_importing_it_imports_no_framework() -> None:
    """A command that lists runs waits for nothing it does not need."""
    heavy = {"langgraph", "pydantic", "asyncio"}
    code = f"import sys, graph.installation; sys.exit(bool({heavy} & {{*sys.modules}}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
