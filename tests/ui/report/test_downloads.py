"""A report can be taken away in three forms."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from graph.records import Status
from tests.ui.command_line import Attest
from tests.ui.fake_app import RUN_ID, FakeApp, row


@pytest.mark.usefixtures("past")
def test_each_form_is_written_where_it_is_wanted(attest: Attest) -> None:
    """One command writes all three, says where they are and prints nothing else."""
    shown = attest("show", RUN_ID, "--html", "r.html", "--pdf", "r.pdf", "--zip", "r.zip")
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert shown.stderr.count("is written to r.") == 3
    starts = [Path(f"r.{form}").read_bytes()[:4] for form in ("html", "pdf", "zip")]
    assert starts == [b"<!do", b"%PDF", b"PK\x03\x04"]


@pytest.mark.parametrize("form", ["html", "pdf", "zip"])
@pytest.mark.usefixtures("past")
def test_a_form_that_cannot_be_written_is_a_line(attest: Attest, form: str) -> None:
    """The line names the file and the option, and nothing is left behind."""
    shown = attest("show", RUN_ID, f"--{form}", "gone/r")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert re.fullmatch(
        rf"attest: cannot write gone/r \([A-Za-z ]+\): choose another file with --{form}\n", shown.stderr
    )
    assert [path.name for path in Path().iterdir()] == ["docs"]


def test_a_run_without_a_report_has_nothing_to_take_away(fake: FakeApp, attest: Attest) -> None:
    """The line says how to get one."""
    fake.rows = [row(Status.RUNNING)]
    shown = attest("show", RUN_ID, "--html", "r.html")
    assert "has no report yet: end it with attest resume" in shown.stderr
    assert shown.exit_code != 0
    assert not Path("r.html").exists()


@pytest.mark.usefixtures("past")
def test_pictures_of_calls_and_forms_of_reports_are_asked_for_apart(attest: Attest) -> None:
    """Options of both are misuse, named."""
    shown = attest("show", RUN_ID, "--timeline", "--html", "r.html")
    assert (shown.exit_code, "leave out the options of the report" in shown.stderr) == (2, True)


def test_help_does_not_wait_for_the_forms() -> None:
    """Neither fpdf nor a Markdown parser is loaded before a file is asked for."""
    code = (
        "import sys, ui.cli, ui.commands.show, ui.report.downloads; "
        "sys.exit(any(n in sys.modules for n in ('fpdf', 'markdown_it', 'zipfile', 'PIL')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
