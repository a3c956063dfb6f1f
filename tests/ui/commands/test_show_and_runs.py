"""What is stored can be looked at."""

import json
from pathlib import Path

from graph.records import Status
from tests.ui.command_line import Attest
from tests.ui.fake_app import PLAN, RUN_ID, FakeApp, row
from tests.ui.report import examples
from ui.report.report_markdown import report_markdown


def test_a_finished_run_shows_its_report(fake: FakeApp, attest: Attest) -> None:
    """The report is printed as it was when the run ended, and nothing is published unasked."""
    fake.rows = [row(Status.ANSWERED, examples.report())]
    assert attest("show", RUN_ID).stdout == report_markdown(examples.report())
    assert json.loads(attest("show", RUN_ID, "--json").stdout) == examples.report()
    assert not Path("reports").exists()


def test_a_finished_run_can_be_published_again(fake: FakeApp, attest: Attest) -> None:
    """A lost folder can be made again from what is stored."""
    fake.rows = [row(Status.ANSWERED, examples.report())]
    assert attest("show", RUN_ID, "--out", "again").exit_code == 0
    assert attest("verify", "again").exit_code == 0


def test_a_waiting_run_shows_its_plan(fake: FakeApp, attest: Attest) -> None:
    """A person sees the plan as JSON to save, and the commands that answer."""
    fake.rows = [row(Status.WAITING)]
    shown = attest("show", RUN_ID).stdout
    assert f"attest resume {RUN_ID} --approve" in shown
    assert json.loads(shown[shown.index("{") :]) == PLAN
    assert json.loads(attest("show", RUN_ID, "--json").stdout) == PLAN


def test_an_interrupted_run_shows_how_to_go_on(fake: FakeApp, attest: Attest) -> None:
    """A run without an end names the command that continues it."""
    fake.rows = [row(Status.RUNNING)]
    assert f"attest resume {RUN_ID}" in attest("show", RUN_ID).stdout
    assert json.loads(attest("show", RUN_ID, "--json").stdout)["status"] == "running"


def test_runs_are_listed_in_columns(fake: FakeApp, attest: Attest) -> None:
    """Each run has a line; a question cannot break it, colour it or grow without end."""
    hostile = row(Status.ANSWERED, examples.report())
    fake.rows = [hostile, row(Status.RUNNING, run_id="20270101-other")]
    object.__setattr__(hostile, "question", "one\ntwo \x1b[31m" + "long " * 100)
    lines = attest("runs").stdout.splitlines()
    assert len(lines) == 3
    assert lines[1].startswith(f"{RUN_ID}  ")
    assert "Answered" in lines[1]
    assert "$0.00" in lines[1]
    assert "one two ␛[31m" in lines[1]
    assert max(map(len, lines)) <= 160


def test_runs_can_be_limited_and_read_by_machines(fake: FakeApp, attest: Attest) -> None:
    """The latest come first, as JSON when asked."""
    fake.rows = [row(Status.ANSWERED, examples.report()), row(Status.RUNNING, run_id="old")]
    (only,) = json.loads(attest("runs", "--json", "--limit", "1").stdout)
    assert (only["id"], only["status"], only["cost"]["usd"]) == (RUN_ID, "answered", "0.00")


def test_no_runs_is_no_error(attest: Attest) -> None:
    """A machine that never ran anything says how to begin, and no database is made."""
    result = attest("runs")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no runs yet: attest ask" in result.stderr
    assert not Path("attest").exists()
