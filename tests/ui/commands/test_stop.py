"""A run is stopped from another terminal."""

from pathlib import Path

from graph.records import Status
from graph.stores.leases.run_lock import lease, requested
from tests.ui.command_line import Attest
from tests.ui.fake_app import RUN_ID, FakeApp, finished, row
from tests.ui.report import examples

LOCKS = Path("attest") / "locks"


def test_whoever_works_on_a_run_is_asked_to_stop(fake: FakeApp, attest: Attest) -> None:
    """The request waits where the process that holds the run looks, and only for that run."""
    fake.rows = [row(Status.RUNNING)]
    with lease(LOCKS, RUN_ID), lease(LOCKS, "other"):
        shown = attest("stop", RUN_ID[:12])
        assert requested(LOCKS, RUN_ID)
        assert not requested(LOCKS, "other")
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert shown.stdout == f"asked run {RUN_ID} to stop; its partial report will be printed where it runs\n"


def test_a_run_nobody_works_on_is_named_with_the_way_on(fake: FakeApp, attest: Attest) -> None:
    """No request is left behind that would stop the run when it is resumed."""
    fake.rows = [row(Status.RUNNING)]
    shown = attest("stop", RUN_ID)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr == f"attest: no process works on {RUN_ID}: attest resume {RUN_ID}\n"
    assert not LOCKS.exists()


def test_a_run_that_waits_is_ended_here(fake: FakeApp, attest: Attest) -> None:
    """Nobody works on it, so its report is printed where it was stopped."""
    fake.rows = [row(Status.WAITING)]
    fake.events = (finished("partly answered"),)
    shown = attest("stop", RUN_ID)
    assert (shown.exit_code, fake.asked) == (3, [(RUN_ID, "end")])


def test_a_run_that_ended_is_not_stopped(fake: FakeApp, attest: Attest) -> None:
    """The person is pointed at its report."""
    fake.rows = [row(Status.ANSWERED, examples.report())]
    shown = attest("stop", RUN_ID)
    assert shown.exit_code == 2
    assert shown.stderr == f"attest: run {RUN_ID} has ended: attest show {RUN_ID}\n"


def test_a_run_that_is_not_there_is_not_stopped(fake: FakeApp, attest: Attest) -> None:
    """A wrong id is answered with near ones, as everywhere."""
    fake.rows = [row(Status.RUNNING)]
    shown = attest("stop", RUN_ID.replace("abc", "abd"))
    assert shown.exit_code == 2
    assert f"did you mean {RUN_ID}" in shown.stderr
