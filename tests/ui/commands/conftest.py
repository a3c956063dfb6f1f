"""Give each test a place of its own."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from typer.testing import CliRunner, Result

from graph.records import Status
from tests.ui.commands import pasts
from tests.ui.commands.fakes import FakeApp, row
from tests.ui.report import examples
from ui.cli import app

settings.register_profile("unhurried", deadline=None)  # a loaded machine is no finding
settings.load_profile("unhurried")

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
    fake.past = pasts.PAST
    return fake


@pytest.fixture
def attest() -> Attest:
    """Run a command."""

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(app, list(arguments), prog_name="attest")

    return run
