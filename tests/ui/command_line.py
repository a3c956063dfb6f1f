"""Run commands in an empty folder, with an application that does what a test tells it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from graph.records import Status
from tests.ui.fake_app import FakeApp, row
from tests.ui.report import examples
from tests.ui.report.timeline import past_runs
from ui.cli import app

Attest = Callable[..., Result]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder with a folder of documents, whatever the machine's settings are."""
    for name in [name for name in os.environ if name.startswith(("ATTEST_", "OAUTH_"))]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "docs").mkdir()
    return tmp_path


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeApp:
    """Answer the commands."""
    return FakeApp().replace(monkeypatch)


@pytest.fixture
def past(fake: FakeApp) -> FakeApp:
    """Store a run with everything in it."""
    fake.rows = [row(Status.ANSWERED, examples.report())]
    fake.past = past_runs.PAST
    return fake


@pytest.fixture
def attest() -> Attest:
    """Run a command."""

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(app, list(arguments), prog_name="attest")

    return run
