"""First questions about the documents."""

from __future__ import annotations

from pathlib import Path

from ui.chat.conversation.starters import OF_THE_LIBRARY, first_questions


def test_first_questions_are_about_the_documents(tmp_path: Path) -> None:
    """The library has written ones; other folders are asked about by the names of their files."""
    assert first_questions(("evals/library/documents",)) == OF_THE_LIBRARY
    assert first_questions(()) == ()
    for name in ("sea-ice.md", "photo.png", ".secret.md", "tides_2020.txt"):
        (tmp_path / name).write_text("x")
    assert [each.label for each in first_questions((str(tmp_path),))] == ["sea ice", "tides 2020"]
