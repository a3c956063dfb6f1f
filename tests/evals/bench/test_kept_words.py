from __future__ import annotations

from pathlib import Path

import pytest

from evals.bench import kept_words
from tests.tools.documents.printed import Paper, adobe_form


def test_words_are_kept_whatever_their_order_and_signs() -> None:
    """A power counts as its digits, and a word that is lost counts each time it stands in the reference."""
    assert kept_words.share("of 10⁴ tonnes, Snow", "snow of 104 tonnes") == 1.0
    assert kept_words.share("a b", "a a b b") == 0.5
    assert kept_words.share("", "") == 1.0


def test_every_kind_of_word_document_keeps_its_words() -> None:
    """What python-docx can write is read whole."""
    assert set(kept_words.kept_of_word_documents().values()) == {1.0}


def test_numbers_that_count_the_pages_are_not_to_be_kept() -> None:
    """A reader that drops them loses nothing; other numbers at the edge of a page count."""
    assert kept_words.uncounted("1\nBerth\f2\nQuay\f").split() == ["Berth", "Quay"]
    assert kept_words.uncounted("Berth\n7\fQuay\n8\f").split() == ["Berth", "Quay"]
    assert kept_words.uncounted("Berth\n7\fQuay\n90\f").split() == ["Berth", "7", "Quay", "90"]


def test_pdfs_are_compared_with_two_other_readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words that both find count, what is refused is named, and without pdftotext there is no result."""
    second = tmp_path / "pdftotext"
    second.write_text("#!/bin/sh\nfor at in 1 2 3 4 5 6 7 8 9 10; do echo berth x y closed; done\n")
    second.chmod(0o700)
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(Paper().lines(*["Berth x."] * 20).bytes())
    (folder / "b.pdf").write_bytes(adobe_form("Please wait... it says"))
    monkeypatch.setattr("shutil.which", lambda _: str(second))
    found = kept_words.kept_of_pdfs(folder)
    assert found is not None
    assert found.shares == {"a.pdf": 1.0}
    assert [name.partition(":")[0] for name in found.refused] == ["b.pdf"]
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert kept_words.kept_of_pdfs(folder) is None
