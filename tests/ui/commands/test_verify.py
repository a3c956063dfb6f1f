"""`attest verify` finds what was changed in a published folder, as a process of its own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.records import source_id
from tests.ui.command_line import Attest
from tests.ui.report import examples
from tests.ui.report.examples import ALPHA, BETA
from ui.report.proof import Proof
from ui.report.publish import publish
from ui.report.report_markdown import FORM
from ui.report.verify_report import EARLIER, UNSIGNED

ROOT = Path(__file__).parents[3]
Tamper = Callable[[dict[str, Any], Path], None]


def verify(path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the real command."""
    return subprocess.run(
        [sys.executable, "-m", "ui.cli", "verify", str(path), *options],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Publish the example."""
    report = examples.report()
    publish(report, examples.proof(report), tmp_path / "report")
    return tmp_path / "report"


def test_a_copied_folder_verifies(folder: Path, tmp_path: Path) -> None:
    """A copy verifies on its own, named as a folder or as the record in it."""
    copied = shutil.copytree(folder, tmp_path / "elsewhere" / "copy")
    shutil.rmtree(folder)
    for path in (copied, copied / "report.json"):
        result = verify(path)
        assert (result.returncode, result.stdout) == (0, f"{UNSIGNED}\n3 citations of 2 sources verified\n")


def _quote(report: dict[str, Any], _: Path) -> None:
    report["claims"][0]["citations"][0]["quote"] = "The Alpha plant opened in 1972."


def _offset(report: dict[str, Any], _: Path) -> None:
    report["claims"][0]["citations"][0].update(start=1, end=32)


def _credit(report: dict[str, Any], _: Path) -> None:
    report["claims"][0]["citations"][0]["source"] = source_id(BETA)


def _source(_: dict[str, Any], folder: Path) -> None:
    path = folder / "sources" / f"{source_id(ALPHA)}.txt"
    path.write_bytes(path.read_bytes() + b"\n")


def _missing(_: dict[str, Any], folder: Path) -> None:
    (folder / "sources" / f"{source_id(ALPHA)}.txt").unlink()


@pytest.mark.parametrize(
    ("tamper", "kind", "source"),
    [
        (_quote, "changed_quote", ALPHA),
        (_offset, "moved_offset", ALPHA),
        (_credit, "wrong_source", BETA),
        (_source, "changed_source", ALPHA),
        (_missing, "missing_source", ALPHA),
    ],
)
def test_each_tampering_is_found_and_named(folder: Path, tamper: Tamper, kind: str, source: str) -> None:
    """The five ways to falsify a citation end with exit code 1, naming way, claim and source."""
    record = folder / "report.json"
    report = json.loads(record.read_text("utf-8"))
    tamper(report, folder)
    record.write_text(json.dumps(report), "utf-8")
    result = verify(folder)
    assert result.returncode == 1, result.stderr
    assert f"{kind}: claim c1 source {source_id(source)}: " in result.stdout
    assert result.stdout.splitlines()[-1].startswith("NOT verified: ")


def test_findings_can_be_read_by_machines(folder: Path, attest: Attest) -> None:
    """The JSON holds the same findings and the same verdict."""
    _missing({}, folder)
    result = attest("verify", str(folder), "--json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["verified"]) == (1, False)
    assert {finding["kind"] for finding in found["findings"]} == {"missing_source"}
    assert {finding["claim"] for finding in found["findings"]} == {"c1", "c2"}


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (None, "is not a report"),
        (b"", "is not JSON"),
        (b"\xff", "is not JSON"),
        (b"[" * 100_000, "is not JSON (it is nested too deeply)"),
        (b'{"schema": "attest.report/1", "schema": "x"}', "it names 'schema' twice"),
        (b"[]", "is not a report of schema attest.report/1 or attest.report/2"),
        (b'{"schema": "attest.report/3"}', "is not a report of schema attest.report/1 or attest.report/2"),
        (b'{"schema": ["attest.report/1"]}', "is not a report of schema attest.report/1"),
        (b'{"schema": "attest.report/2", "cost": 123456789012345678901}', "has more than 64 bits"),
        (b'{"schema": "attest.report/2", "answer": "\\ud800"}', "half a character"),
        (b'{"schema": "attest.report/2", "answer": "\\q"}', "Invalid \\escape"),
    ],
)
def test_what_is_no_report_is_misuse(attest: Attest, place: Path, content: bytes | None, line: str) -> None:
    """Anything but a report ends with exit code 2 and one line."""
    if content is not None:
        (place / "report.json").write_bytes(content)
    result = attest("verify", ".")
    assert (result.exit_code, result.stdout) == (2, "")
    assert line in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_huge_file_is_not_read(attest: Attest, place: Path) -> None:
    """A file no run publishes is refused by its size."""
    with (place / "report.json").open("wb") as file:
        file.truncate(65 * 2**20)
    result = attest("verify", ".")
    assert result.exit_code == 2
    assert "larger than 8 MiB" in result.stderr


def test_a_report_that_breaks_the_format_is_found(attest: Attest, place: Path) -> None:
    """What calls itself a report and is none does not verify."""
    for version in (1, 2):
        (place / "report.json").write_text(f'{{"schema": "attest.report/{version}"}}')
        result = attest("verify", ".")
        assert result.exit_code == 1
        assert "invalid_report: report: claims is missing" in result.stdout


def test_an_id_cannot_leave_the_folder(folder: Path, attest: Attest) -> None:
    """An id that is no sha256 is reported, and no file is opened for it."""
    (folder / "secret.txt").write_text(ALPHA)
    record = folder / "report.json"
    record.write_text(record.read_text("utf-8").replace(source_id(ALPHA), "../secret"), "utf-8")
    result = attest("verify", str(folder))
    assert result.exit_code == 1
    assert "does not match ^[0-9a-f]{64}$" in result.stdout
    assert "missing_source: claim c1 source ../secret: its text is not stored" in result.stdout


@pytest.mark.parametrize("spoil", ["sources", "claims", "answer", "twins"])
def test_a_record_that_contradicts_itself_is_named_and_no_page_is_made_of_it(
    folder: Path, attest: Attest, spoil: str
) -> None:
    """It fits the format, and yet no page could be written of it: findings, never a traceback."""
    record = folder / "report.json"
    report = json.loads(record.read_text("utf-8"))
    if spoil == "twins":
        report["claims"].append(report["claims"][0])
    else:
        report[spoil] = "" if spoil == "answer" else []
    record.write_text(json.dumps(report), "utf-8")
    result = attest("verify", str(folder))
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1].startswith("NOT verified: ")


@pytest.mark.parametrize("make", ["link", "pipe", "folder"])
def test_a_source_that_is_no_file_is_missing(folder: Path, attest: Attest, make: str) -> None:
    """Neither a link out of the folder nor a pipe that never ends is read."""
    path = folder / "sources" / f"{source_id(ALPHA)}.txt"
    path.rename(folder / "outside.txt")
    if make == "link":
        path.symlink_to(folder / "outside.txt")
    elif make == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    result = attest("verify", str(folder))
    assert result.exit_code == 1
    assert "missing_source: claim c1" in result.stdout


def test_findings_do_not_act_on_a_terminal(folder: Path, attest: Attest) -> None:
    """A forged report cannot colour, hide or forge the lines about it."""
    record = folder / "report.json"
    report = json.loads(record.read_text("utf-8"))
    report["claims"][0]["id"] = "\x1b[2K\nall verified"
    report["claims"][0]["citations"][0]["quote"] = "no such words"
    record.write_text(json.dumps(report), "utf-8")
    result = attest("verify", str(folder))
    assert "\x1b" not in result.stdout
    assert "\nall verified" not in result.stdout


def test_a_page_that_says_something_else_is_found(folder: Path, attest: Attest) -> None:
    """A forged page beside a true record is named; one of another form of the page is not compared."""
    page = folder / "report.md"
    written = page.read_text("utf-8")
    for forged in (written.replace("1971", "1871"), written + "More.\n", "All is well.", written[:-20]):
        page.write_text(forged, "utf-8")
        result = attest("verify", str(folder))
        assert result.exit_code == 1, forged[-80:]
        assert "changed_page: report.md is not what report.json says" in result.stdout
    page.write_text(written.replace(f"in form {FORM}.", f"in form {FORM + 1}."), "utf-8")
    result = attest("verify", str(folder))
    assert result.exit_code == 0
    assert "note: report.md was written by another release and is not compared" in result.stdout
    page.unlink()
    assert attest("verify", str(folder)).exit_code == 0


def test_a_report_of_an_earlier_release_still_verifies(attest: Attest, tmp_path: Path) -> None:
    """Version 1 has no chain: that is said; a quote that begins within a sentence is pointed out, no more."""
    report = examples.earlier()
    publish(report, Proof(texts=examples.proof(examples.report()).texts), tmp_path / "r")
    result = attest("verify", str(tmp_path / "r"))
    assert (result.exit_code, EARLIER in result.stdout) == (0, True)
    cited = report["claims"][0]["citations"][0]
    cited.update(start=4, quote=cited["quote"][4:])
    report["claims"][0]["text"] = cited["quote"]
    report["answer"] = report["answer"].replace("The Alpha plant", "Alpha plant", 1)
    publish(report, Proof(texts=examples.proof(examples.report()).texts), tmp_path / "r")
    result = attest("verify", str(tmp_path / "r"))
    assert result.exit_code == 0, result.stdout
    assert "note: cut_quote: claim c1" in result.stdout
