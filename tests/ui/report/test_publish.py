"""A published folder is whole, exact and checkable."""

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from graph.errors import Misconfigured
from graph.records import source_id
from graph.untrusted import Untrusted
from tests.ui.report import examples
from ui.report.proof import Proof
from ui.report.publish import publish
from ui.report.verify_report import UNSIGNED, verify_folder

TEXTS = examples.proof(examples.report()).texts


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_published_folder_verifies_anywhere(tmp_path: Path) -> None:
    """Record, page, chain and sources are there and nothing else; moved elsewhere they still verify."""
    report = examples.report()
    publish(report, examples.proof(report), tmp_path / "a" / "b")
    assert files(tmp_path / "a" / "b") == {
        "report.json",
        "report.md",
        "audit.jsonl",
        *(f"sources/{id_}.txt" for id_ in TEXTS),
    }
    (tmp_path / "a").rename(tmp_path / "moved")
    found = verify_folder(tmp_path / "moved" / "b")
    assert (found.findings, found.notes) == ((), (UNSIGNED,))
    assert json.loads((tmp_path / "moved/b/report.json").read_text("utf-8")) == report


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.text())
@example("one\r\ntwo\rthree\n")
def test_a_published_source_has_the_hash_it_is_named_by(tmp_path: Path, text: str) -> None:
    """Line ends and every other character are written as they are stored."""
    publish(examples.report(), Proof(texts={source_id(text): Untrusted(text)}), tmp_path)
    content = (tmp_path / "sources" / f"{source_id(text)}.txt").read_bytes()
    assert hashlib.sha256(content).hexdigest() == source_id(text)


def test_publishing_again_replaces(tmp_path: Path) -> None:
    """The same folder can be published to again, and other files in it stay."""
    (tmp_path / "notes.txt").write_text("mine")
    publish({**examples.report(), "question": "Old?"}, Proof(texts=TEXTS), tmp_path)
    publish(examples.report(), Proof(texts=TEXTS), tmp_path)
    assert "Old?" not in (tmp_path / "report.md").read_text("utf-8")
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_chain_of_another_report_does_not_stay(tmp_path: Path) -> None:
    """A report that nothing seals, published over one that was sealed, does not verify against its chain."""
    report = examples.report()
    publish(report, examples.proof(report), tmp_path)
    publish(examples.earlier(), Proof(texts=TEXTS), tmp_path)
    assert not (tmp_path / "audit.jsonl").exists()
    assert verify_folder(tmp_path).findings == ()


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that fails half-way changes nothing and leaves nothing aside."""
    publish(examples.report(), Proof(texts=TEXTS), tmp_path)
    before = {name: (tmp_path / name).read_bytes() for name in files(tmp_path)}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(Misconfigured, match="No space left on device"):
        publish({**examples.report(), "question": "New?"}, Proof(texts=TEXTS), tmp_path)
    assert {name: (tmp_path / name).read_bytes() for name in files(tmp_path)} == before
