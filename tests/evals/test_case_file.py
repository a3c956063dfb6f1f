from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.case_file import documents_of, read_cases
from graph.errors import Misconfigured

GOOD = 'documents: docs\ncases:\n  - {question: "How tall?", facts: [3 m, [red, crimson]]}\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "cases.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_fact_is_one_text_or_a_choice(tmp_path: Path) -> None:
    """A text must be said as it is; of a list one text suffices."""
    file = read_cases(written(tmp_path, GOOD))
    assert file.cases[0].must == (("3 m",), ("red", "crimson"))


def test_json_is_read_too(tmp_path: Path) -> None:
    """A file in JSON says the same as one in YAML."""
    text = '{"documents": {"a.md": "x"}, "cases": [{"question": "Why?", "answerable": false}]}'
    assert read_cases(written(tmp_path, text)).cases[0].answerable is False


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("documents: docs\ncases: []\n", "cases"),
        ('documents: docs\ncases:\n  - {question: "Why?"}\n', "case 1: say what the answer must hold"),
        (GOOD + '  - {question: "Why?", fact: x}\n', "case 2: fact"),
        ("documents: docs\ncases:\n  - {question: '', facts: [x]}\n", "case 1: question"),
        ("documents: docs\ncases:\n  - {question: Q, facts: [x], answerable: false}\n", "case 1: a question"),
        ("documents: {../x.md: text}\ncases:\n  - {question: Q, facts: [x]}\n", "documents"),
        ("documents: [\n", "neither YAML nor JSON"),
        ("!!python/object/apply:os.getcwd []\n", "neither YAML nor JSON"),
        ("just words\n", "cases.yaml"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    """Each fault is one line that names the case and the field."""
    with pytest.raises(Misconfigured) as caught:
        read_cases(written(tmp_path, text))
    assert said in str(caught.value)


@given(text=st.text(max_size=200))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """No text raises anything but the one error."""
    path = tmp_path_factory.mktemp("any") / "cases.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        read_cases(path)
    except Misconfigured:
        return


def test_a_missing_document_is_named(tmp_path: Path) -> None:
    """A document that is not there is named before anything is asked."""
    with pytest.raises(Misconfigured, match="there is no docs beside"):
        documents_of(read_cases(written(tmp_path, GOOD)), tmp_path, tmp_path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A path without a file is told with its reason."""
    with pytest.raises(Misconfigured, match="cannot be read"):
        read_cases(tmp_path / "none.yaml")
