"""Resuming hands over a decision and ends like asking."""

import json
from pathlib import Path

import pytest

from graph.errors import Busy, Refused
from graph.records import Status
from tests.ui.command_line import Attest
from tests.ui.fake_app import PLAN, RUN_ID, FakeApp, finished, row

PLAN_FILE = json.dumps(PLAN)


@pytest.fixture(autouse=True)
def waiting(fake: FakeApp) -> FakeApp:
    """Let a run wait."""
    fake.events = (finished(),)
    fake.rows = [row(Status.WAITING), row(Status.RUNNING, run_id="20270101-other")]
    return fake


@pytest.mark.parametrize(
    ("arguments", "decision"),
    [
        ((), None),
        (("--approve",), {"decision": "approve"}),
        (("--reject", "--because", "too dear"), {"decision": "reject", "because": "too dear"}),
        (("--edit", "plan.json"), {"decision": "edit", "plan": PLAN}),
        (("--edit", "question.json"), {"decision": "edit", "question": "Who?"}),
        (("--budget", "2.00"), {"budget": 2_000_000}),
        (("--approve", "--budget", "2.00"), {"decision": "approve", "budget": 2_000_000}),
    ],
)
def test_a_decision_reaches_the_run(
    fake: FakeApp, attest: Attest, place: Path, arguments: tuple[str, ...], decision: dict[str, object] | None
) -> None:
    """Each answer is handed over as the run reads it, and the report is published."""
    (place / "plan.json").write_text(PLAN_FILE)
    (place / "question.json").write_bytes(b'\xef\xbb\xbf{"question": "Who?"}')
    assert attest("resume", RUN_ID, *arguments).exit_code == 0
    assert fake.asked == [(RUN_ID, decision)]
    assert Path("reports", RUN_ID, "report.json").exists()


def test_what_show_prints_can_be_handed_back(fake: FakeApp, attest: Attest, place: Path) -> None:
    """`show --json` saved to a file is a plan that `--edit` takes."""
    (place / "plan.json").write_bytes(attest("show", RUN_ID, "--json").stdout_bytes)
    assert attest("resume", RUN_ID, "--edit", "plan.json").exit_code == 0
    assert fake.asked == [(RUN_ID, {"decision": "edit", "plan": PLAN})]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("--approve", "--reject", "--because", "x"), "only one decision at a time"),
        (("--approve", "--edit", "plan.json"), "only one decision at a time"),
        (("--budget", "2.00", "--edit", "plan.json"), "stands alone, or beside --approve"),
        (("--budget", "much"), "--budget is 'much'"),
        (("--reject",), "--reject and --because belong together"),
        (("--reject", "--because", " "), "--reject and --because belong together"),
        (("--because", "x"), "--reject and --because belong together"),
        (("--edit", "none.json"), "cannot read none.json (No such file or directory)"),
        (("--edit", "broken.json"), "broken.json is not JSON"),
        (("--edit", "list.json"), "holds neither a plan nor a question"),
        (("--edit", "."), "cannot read . (Is a directory)"),
    ],
)
def test_a_decision_that_cannot_be_read_changes_nothing(
    fake: FakeApp, attest: Attest, place: Path, arguments: tuple[str, ...], line: str
) -> None:
    """A mistake in the decision is named, and the run goes on waiting."""
    (place / "broken.json").write_text(PLAN_FILE[:-1])
    (place / "list.json").write_text("[]")
    result = attest("resume", RUN_ID, *arguments)
    assert result.exit_code == 2
    assert line in result.stderr
    assert fake.asked == []


def test_an_unknown_run_names_near_ones(fake: FakeApp, attest: Attest) -> None:
    """A slip in an id is answered with the ids it may have meant."""
    result = attest("resume", RUN_ID.replace("abc", "abd"))
    assert result.exit_code == 2
    assert f"did you mean {RUN_ID}" in result.stderr
    assert fake.asked == []


def test_an_id_may_be_shortened(fake: FakeApp, attest: Attest) -> None:
    """A beginning that one run alone has is enough; one that several have is not."""
    assert attest("resume", RUN_ID[:6]).exit_code == 0
    assert fake.asked == [(RUN_ID, None)]
    result = attest("resume", "20")
    assert result.exit_code == 2
    assert "2 runs begin with '20'" in result.stderr


def test_a_whole_id_is_never_ambiguous(fake: FakeApp, attest: Attest) -> None:
    """A run can be named in full although another's id begins with it."""
    fake.rows += [row(Status.RUNNING, run_id=f"{RUN_ID}-2")]
    assert attest("resume", RUN_ID).exit_code == 0
    assert fake.asked == [(RUN_ID, None)]


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (Busy("run x is being worked on by another process: wait for it or stop it"), 7),
        (Refused("too late: run x ended as refused on …, ann rejected the plan on …: see attest show x"), 4),
    ],
)
def test_a_decision_that_was_not_taken_has_a_code(
    fake: FakeApp, attest: Attest, raised: Refused, code: int
) -> None:
    """A script can tell "wait for the other process" from "it was decided", and nothing is published."""
    fake.events, fake.then = (), raised
    result = attest("resume", RUN_ID, "--approve")
    assert (result.exit_code, result.stderr) == (code, f"attest: {raised}\n")
    assert not Path("reports").exists()


def test_who_types_is_named(fake: FakeApp, attest: Attest) -> None:
    """A decision of the terminal carries the account of the machine."""
    attest("resume", RUN_ID, "--approve")
    assert fake.deciders[0].endswith("the command line")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b'{"budget_usd": "1", "budget_usd": "9"}', "it names 'budget_usd' twice"),
        (b'{"question": "Who?", "limit": 123456789012345678901}', "has more than 64 bits"),
        (rb'{"question": "Who \ud800?"}', "half a character"),
        (b'{"question": "' + b"x" * (4 * 2**20) + b'"}', "is larger than 4 MiB"),
    ],
)
def test_an_edit_that_means_two_things_changes_nothing(
    fake: FakeApp, attest: Attest, place: Path, content: bytes, line: str
) -> None:
    """The reader of reports reads edits too: one line, exit code 2, and the run is not touched."""
    fake.rows = [row(Status.WAITING)]
    (place / "plan.json").write_bytes(content)
    result = attest("resume", RUN_ID, "--edit", "plan.json")
    assert (result.exit_code, fake.asked) == (2, [])
    assert line in result.stderr
    assert result.stderr.count("\n") == 1
