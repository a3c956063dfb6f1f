"""Our questions about packages are of one form, and their documents are read from unpacked packages."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from evals import documentation_sets
from evals.documentation_sets import FOLDER, documentation
from graph.errors import Misconfigured

SOURCE = {
    "name": "shop",
    "packages": [
        {
            "registry": "pypi",
            "package": "shop",
            "version": "1",
            "licence": "MIT",
            "root": "docs",
            "files": ["a.md"],
        }
    ],
}


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write one set of questions, without its package."""
    own = tmp_path / "own"
    own.mkdir()
    (own / "sources.json").write_text(json.dumps([SOURCE]), encoding="utf-8")
    asked = {"id": "q", "question": "How old?", "kind": "unanswerable", "gold": []}
    (own / "shop.jsonl").write_text(json.dumps(asked), encoding="utf-8")
    monkeypatch.setattr(documentation_sets, "FOLDER", own)
    return tmp_path / "packages"


def test_a_missing_file_names_its_package(packages: Path, tmp_path: Path) -> None:
    """Which one to unpack, and where."""
    with pytest.raises(Misconfigured, match="unpack shop 1"):
        list(documentation(packages, tmp_path / "into"))


def test_a_compressed_file_is_unpacked(packages: Path, tmp_path: Path) -> None:
    """The document is written with the name that the questions use."""
    file = packages / "shop" / "docs" / "a.md.gz"
    file.parent.mkdir(parents=True)
    file.write_bytes(gzip.compress(b"The loom weighs 45 kg."))
    (corpus,) = documentation(packages, tmp_path / "into")
    assert (corpus.documents / "a.md").read_text(encoding="utf-8") == "The loom weighs 45 kg."
    assert [row.id for row in corpus.rows] == ["q"]


def test_each_set_of_questions_names_its_packages() -> None:
    """A file of questions for each source, every gold passage in a named file, every id once."""
    sources = {
        each["name"]: each for each in json.loads((FOLDER / "sources.json").read_text(encoding="utf-8"))
    }
    assert set(sources) == {file.stem for file in FOLDER.glob("*.jsonl")}
    ids = []
    for name, source in sources.items():
        files = {file for package in source["packages"] for file in package["files"]}
        for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            ids.append(row["id"])
            assert {place["document"] for place in row["gold"]} <= files
            assert bool(row["gold"]) == bool(row["must"])
    assert len(ids) == len(set(ids))
