"""Test how data sets are found and read."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.data import SCIFACT, TWOWIKI, data_folder, find, rows
from graph.config.settings import Settings
from graph.errors import Misconfigured
from tests.evals.sets import scifact, twowiki, write

FIELDS = {"id": int, "text": str}


def test_a_set_is_known_by_its_form_whatever_its_name(tmp_path: Path) -> None:
    """A folder that is a set, or holds sets under any name, is told by files and fields."""
    first, second = scifact(tmp_path / "x"), twowiki(tmp_path / "y")
    assert find(first, SCIFACT) == first
    assert find(first, TWOWIKI) is None
    assert find(tmp_path, SCIFACT) == first
    assert find(tmp_path, TWOWIKI) == second


def test_the_set_with_the_right_name_comes_first(tmp_path: Path) -> None:
    """Of two sets of one form the one with the expected name is taken."""
    scifact(tmp_path / "another")
    named = scifact(tmp_path / "scifact")
    assert find(tmp_path, SCIFACT) == named


def test_a_file_of_another_form_is_no_set(tmp_path: Path) -> None:
    """The right file names with other fields, or no JSON, are not taken for a set."""
    write(tmp_path / "corpus.jsonl", [{"id": "a", "title": "t", "text": "x"}])
    (tmp_path / "claims.jsonl").write_text("not json\n")
    assert find(tmp_path, SCIFACT) is None


def test_the_folder_given_wins_over_the_setting(tmp_path: Path) -> None:
    """`--data` comes before ATTEST_EVAL_DATA."""
    given, setting = tmp_path / "given", tmp_path / "setting"
    given.mkdir()
    setting.mkdir()
    settings = Settings.from_environment({"ATTEST_EVAL_DATA": str(setting)})
    assert data_folder(given, settings) == given
    assert data_folder(None, settings) == setting


def test_a_missing_folder_says_what_to_fetch(tmp_path: Path) -> None:
    """The message names the folder, the sets, their files and fields, and where they are published."""
    with pytest.raises(Misconfigured) as raised:
        data_folder(tmp_path / "nowhere")
    for words in ("nowhere", "--data", "claims.jsonl", "cited_doc_ids", "https://github.com/allenai/scifact"):
        assert words in str(raised.value)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "no JSON object"),
        ("[1]", "no JSON object"),
        ('{"id": 1}', "'text' is missing"),
        ('{"id": "1", "text": "x"}', "'id' is missing or not of type int"),
    ],
)
def test_a_malformed_row_is_named_with_file_and_line(tmp_path: Path, line: str, complaint: str) -> None:
    """The error says where the row stands and what is wrong with it."""
    path = tmp_path / "rows.jsonl"
    path.write_text('{"id": 1, "text": "fine"}\n' + line + "\n")
    with pytest.raises(Misconfigured, match=rf"rows\.jsonl:2: .*{complaint}"):
        list(rows(path, FIELDS))


def test_a_limit_reads_no_further(tmp_path: Path) -> None:
    """Rows after the limit are not even looked at."""
    path = tmp_path / "rows.jsonl"
    path.write_text('{"id": 1, "text": "fine"}\nbroken\n')
    assert list(rows(path, FIELDS, 1)) == [{"id": 1, "text": "fine"}]
