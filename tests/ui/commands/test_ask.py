"""Asking prints the report, publishes it and says how it ended."""

import json
from pathlib import Path

import pytest

from graph.errors import Exhausted, Misconfigured, Refused, Unavailable
from graph.options import Approve, Mode
from tests.ui.command_line import Attest
from tests.ui.fake_app import PROGRESS, RUN_ID, WAITING, FakeApp, finished
from tests.ui.report import examples
from ui.report.published_report import published

ASK = ("ask", "Which plant opened first?", "--docs", "docs")


def test_the_report_goes_to_stdout_and_the_rest_to_stderr(fake: FakeApp, attest: Attest) -> None:
    """What is piped on is the report and nothing else."""
    result = attest(*ASK)
    assert result.exit_code == 0
    assert result.stdout.startswith("# Which plant opened first?\n")
    assert result.stdout == Path("reports", RUN_ID, "report.md").read_text("utf-8")
    assert "Ask the sources" in result.stderr
    assert f"attest verify reports/{RUN_ID}" in result.stderr
    assert fake.asked[0][2] == RUN_ID


def test_json_is_exactly_the_record(fake: FakeApp, attest: Attest) -> None:
    """What `--json` prints is the published record, byte for byte."""
    result = attest(*ASK, "--json", "--out", "answer")
    assert result.stdout_bytes == Path("answer/report.json").read_bytes()
    assert json.loads(result.stdout) == examples.report()
    assert len(fake.asked) == 1


def test_the_options_reach_the_run(fake: FakeApp, attest: Attest, place: Path) -> None:
    """Documents are absolute, money is whole micro-dollars, the run has the name it was given."""
    attest(
        *ASK, "--mode", "deep", "--budget", "0.25", "--user", "ann", "--approve", "ask", "--run-id", "mine"
    )
    ((question, options, run_id),) = fake.asked
    assert (question, run_id) == ("Which plant opened first?", "mine")
    assert options.docs == (str(place.resolve() / "docs"),)
    assert (options.mode, options.budget, options.user) == (Mode.DEEP, 250_000, "ann")
    assert options.approve is Approve.ASK


def test_the_settings_fill_in(
    fake: FakeApp, attest: Attest, monkeypatch: pytest.MonkeyPatch, place: Path
) -> None:
    """Documents and budget come from the settings when the command names none."""
    monkeypatch.setenv("ATTEST_DOCS", "docs")
    monkeypatch.setenv("ATTEST_BUDGET_USD", "2")
    attest("ask", "What?")
    ((_, options, _),) = fake.asked
    assert (options.docs, options.budget) == ((str(place.resolve() / "docs"),), 2_000_000)


def test_the_language_is_the_commands_or_else_the_settings(
    fake: FakeApp, attest: Attest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is named counts, an empty name is any language, and what is left out is the operator's."""
    attest(*ASK, "--language", "de")
    monkeypatch.setenv("ATTEST_LANGUAGE", "fr")
    attest(*ASK)
    attest(*ASK, "--language", "")
    assert [options.language for _, options, _ in fake.asked] == ["de", "fr", ""]


def test_a_setting_that_is_no_language_is_misuse(
    fake: FakeApp, attest: Attest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The setting is named with what to write, and no run is started."""
    monkeypatch.setenv("ATTEST_LANGUAGE", "evil.example/")
    result = attest(*ASK)
    assert (result.exit_code, fake.asked) == (2, [])
    assert "ATTEST_LANGUAGE is 'evil.example/': write the two or three small letters" in result.stderr


CODES = [
    ("answered", 0),
    ("partly answered", 3),
    ("not answered", 6),
    ("no source reached", 6),
    ("no documents", 2),
    ("refused", 4),
    ("stopped", 130),
]


@pytest.mark.parametrize(("status", "code"), CODES)
def test_the_exit_code_is_the_status(
    monkeypatch: pytest.MonkeyPatch, attest: Attest, status: str, code: int
) -> None:
    """A script can tell an answer from a part of one, from none and from a refusal; each is published."""
    FakeApp(events=(finished(status),)).replace(monkeypatch)
    assert attest(*ASK, "--out", "answer").exit_code == code
    with published(Path("answer")) as found:
        assert found.report["status"] == status


def test_a_waiting_run_says_how_to_answer(monkeypatch: pytest.MonkeyPatch, attest: Attest) -> None:
    """The plan, the three answers and the chosen folder are on stderr; stdout stays empty."""
    FakeApp(events=(*PROGRESS, WAITING)).replace(monkeypatch)
    result = attest(*ASK, "--out", "my answer")
    assert (result.exit_code, result.stdout) == (5, "")
    assert "1. Which plant opened first?" in result.stderr
    assert f"attest resume {RUN_ID} --approve --out 'my answer'" in result.stderr
    assert f"attest show {RUN_ID} --json > plan.json" in result.stderr
    assert f'attest resume {RUN_ID} --reject --because "why"' in result.stderr


MISUSES = [
    (("ask", "What?"), "nothing to research: name a folder with --docs, or look elsewhere"),
    (("ask", "What?", "--docs", "none"), "does not exist"),
    ((*ASK, "--budget", "much"), "--budget is 'much'"),
    ((*ASK, "--language", "German"), "--language is 'German': write the two or three small letters"),
    ((*ASK, "--run-id", "../x"), "cannot name a folder"),
    ((*ASK, "--run-id", ".."), "cannot name a folder"),
    ((*ASK, "--out", "file/answer"), "cannot write file/answer"),
]
REFUSALS = [("", "empty"), ("x" * 100_000, "100,000 characters"), ("bad \udcff", "broken characters")]


@pytest.mark.parametrize(("question", "line"), REFUSALS)
def test_a_bad_question_is_refused_in_one_line(
    fake: FakeApp, attest: Attest, question: str, line: str
) -> None:
    """What cannot be researched is named with the way out, exit code 4, and no run is started."""
    result = attest("ask", question, "--docs", "docs")
    assert (result.exit_code, result.stdout, fake.asked) == (4, "", [])
    assert line in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(("arguments", "line"), MISUSES)
def test_misuse_is_one_line_before_anything_is_done(
    fake: FakeApp, attest: Attest, place: Path, arguments: tuple[str, ...], line: str
) -> None:
    """Each mistake is named with the way out, exit code 2, and no run is started."""
    (place / "file").write_text("")
    result = attest(*arguments)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert line in result.stderr
    assert fake.asked == []


def test_a_home_that_cannot_be_written_is_misuse(
    fake: FakeApp, attest: Attest, monkeypatch: pytest.MonkeyPatch, place: Path
) -> None:
    """A home below a file is named with the setting that moves it."""
    (place / "file").write_text("")
    monkeypatch.setenv("ATTEST_HOME", str(place / "file" / "home"))
    result = attest(*ASK)
    assert (result.exit_code, fake.asked) == (2, [])
    assert "set ATTEST_HOME to a folder you may write" in result.stderr


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (
            Refused("the question is empty: ask something"),
            4,
            "attest: the question is empty: ask something\n",
        ),
        (Misconfigured("a: b"), 2, f"attest: a: b; the run can go on: attest resume {RUN_ID}\n"),
        (Unavailable("locked"), 1, f"attest: locked; the run can go on: attest resume {RUN_ID}\n"),
        (Exhausted("no time"), 1, f"attest: no time; the run can go on: attest resume {RUN_ID}\n"),
        (ValueError("a\n\x1b[31mb"), 1, "attest: unexpected ValueError: a ␛[31mb; "),
    ],
)
def test_a_failure_is_one_line(
    monkeypatch: pytest.MonkeyPatch, attest: Attest, error: Exception, code: int, line: str
) -> None:
    """Whatever breaks, the person reads one line with the next move, and no traceback."""
    FakeApp(events=(), then=error).replace(monkeypatch)
    result = attest(*ASK)
    assert result.exit_code == code
    assert result.stderr.startswith(line)
    assert result.stderr.count("\n") == 1
    assert ("attest resume" in result.stderr) == (code != 4)


def test_debug_shows_the_traceback(monkeypatch: pytest.MonkeyPatch, attest: Attest) -> None:
    """Whoever looks for the cause gets the exception itself."""
    FakeApp(events=(), then=ValueError("why")).replace(monkeypatch)
    assert isinstance(attest("--debug", *ASK).exception, ValueError)


def test_a_source_that_is_gone_is_named(monkeypatch: pytest.MonkeyPatch, attest: Attest) -> None:
    """A folder that cannot verify says so when it is published."""
    report = {**examples.report(), "sources": [examples.source(examples.GAMMA, "gamma")], "claims": []}
    fake = FakeApp(events=(finished(),)).replace(monkeypatch)
    fake.events[0].report.update(report)  # type: ignore[union-attr]
    assert "not stored any more" in attest(*ASK).stderr
