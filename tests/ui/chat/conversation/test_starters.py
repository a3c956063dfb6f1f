"""First questions are about the documents."""

from __future__ import annotations

from pathlib import Path

from ui.chat.conversation.starters import MOST_FILES, digest, documents, is_library, proposals


def test_the_library_is_known_by_its_place() -> None:
    """It has written questions; other folders are asked about what they hold."""
    assert is_library(("evals/library/documents",))
    assert not is_library(("documents",))


def test_questions_are_made_of_headings_and_names(tmp_path: Path) -> None:
    """Every file comes before any comes twice; a file without headings is asked about by its name."""
    (tmp_path / "a.md").write_text("# Sea *ice*\n\nIt floats.\n\n## Growth\n\nSlow.\n")
    (tmp_path / "tides_2020.txt").write_text("They rise.")
    (tmp_path / "photo.png").write_bytes(b"x")
    (tmp_path / ".secret.md").write_text("# Secret")
    made = proposals(documents((str(tmp_path),)))
    assert [each.question for each in made] == ["What is Sea ice?", "What is tides 2020?", "What is Growth?"]
    assert [each.label for each in made] == ["Sea ice", "tides 2020", "Growth"]


def test_a_change_of_a_file_changes_the_digest(tmp_path: Path) -> None:
    """So questions are tried again after a document was edited."""
    file = tmp_path / "a.md"
    file.write_text("# Ice")
    before = digest([file])
    assert digest([file]) == before
    file.write_text("# Ice and snow")
    assert digest([file]) != before


def test_a_large_collection_is_not_walked_to_its_end(tmp_path: Path) -> None:
    """One file more than may be tried is enough to know."""
    for number in range(MOST_FILES + 5):
        (tmp_path / f"{number}.md").touch()
    assert len(documents((str(tmp_path),))) == MOST_FILES + 1
