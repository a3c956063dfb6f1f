"""Find public data sets by their form and read their rows."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from graph.config.settings import Settings
from graph.errors import Misconfigured

_TABLES = {".csv": ",", ".tsv": "\t"}
_BESIDE = Path(__file__).parent.parent.parent / "shared" / "datasets"


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSet:
    """Describe a data set: the typed fields of each of its files, and where it is published.

    A file is JSON lines, or by its suffix a table with a header, whose fields are all texts.
    """

    name: str
    files: Mapping[str, Mapping[str, type]]
    origin: str


SCIFACT = DataSet(
    name="scifact",
    files={
        "corpus.jsonl": {"doc_id": int, "title": str, "abstract": list},
        "claims.jsonl": {"id": int, "claim": str, "cited_doc_ids": list},
    },
    origin="SciFact, https://github.com/allenai/scifact (corpus and claims)",
)
TWOWIKI = DataSet(
    name="twowiki_101",
    files={
        "corpus.jsonl": {"id": str, "title": str, "text": str},
        "questions.jsonl": {"id": str, "question": str, "gold_titles": list},
    },
    origin="2WikiMultihopQA as in https://github.com/circlemind-ai/fast-graphrag (questions) and"
    " https://github.com/OSU-NLP-Group/HippoRAG (corpus)",
)


def data_folder(given: Path | None, settings: Settings | None = None) -> Path:
    """Return the folder that holds the data: the one given, ATTEST_EVAL_DATA, or ../shared/datasets.

    Raises Misconfigured when it does not exist.
    """
    folder = given or (settings or Settings.from_environment()).eval_data or _BESIDE
    if not folder.is_dir():
        raise Misconfigured(
            f"{folder}: there is no such folder; fetch a public set and name its folder with --data or"
            f" ATTEST_EVAL_DATA:\n{describe(SCIFACT)}\n{describe(TWOWIKI)}"
        )
    return folder


def optional_data_folder(given: Path | None) -> Path | None:
    """Return the folder that holds the data, or None where nobody named one and there is none.

    Raises Misconfigured where the given folder does not exist.
    """
    try:
        return data_folder(given)
    except Misconfigured:
        if given:
            raise
        return None


def find(folder: Path, form: DataSet) -> Path | None:
    """Return the folder of a data set: this one or one in it, told by its files and their fields."""
    inside = sorted(path for path in folder.iterdir() if path.is_dir())
    inside.sort(key=lambda path: path.name != form.name)
    return next((path for path in (folder, *inside) if _has(path, form)), None)


def rows(path: Path, fields: Mapping[str, type], limit: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file; raises Misconfigured, with file and line, for a malformed one."""
    with path.open(encoding="utf-8", newline="" if path.suffix in _TABLES else None) as file:
        if separator := _TABLES.get(path.suffix):
            yield from _table_rows(csv.DictReader(file, delimiter=separator), fields, path, limit)
            return
        for number, line in enumerate(islice(file, limit), 1):
            yield _row(line, fields, f"{path}:{number}")


def describe(form: DataSet) -> str:
    """Describe the form of a data set, and where it is published."""
    files = "; ".join(
        f"{name} with {', '.join(f'{field} ({kind.__name__})' for field, kind in fields.items())}"
        for name, fields in form.files.items()
    )
    table = any(Path(name).suffix in _TABLES for name in form.files)
    written = "a header and one row a line" if table else "one JSON object a line"
    return f"  {form.name}: {files}, {written}; from {form.origin}"


def _has(folder: Path, form: DataSet) -> bool:
    """Recognise a data set by the fields of its first rows: two sets may share their file names."""
    return all((folder / name).is_file() for name in form.files) and all(
        _first_fields(folder / name) >= set(fields) for name, fields in form.files.items()
    )


def _first_fields(path: Path) -> set[str]:
    with path.open(encoding="utf-8", errors="replace") as file:
        line = file.readline()
    if separator := _TABLES.get(path.suffix):
        return set(next(csv.reader([line], delimiter=separator), []))
    try:
        value = json.loads(line)
    except ValueError:
        return set()
    return set(value) if isinstance(value, dict) else set()


def _table_rows(
    table: csv.DictReader[str], fields: Mapping[str, type], path: Path, limit: int | None
) -> Iterator[dict[str, Any]]:
    for row in islice(table, limit):
        for field in fields:
            if row.get(field) is None:
                raise Misconfigured(f"{path}:{table.line_num}: the field {field!r} is missing")
        yield dict(row)


def _row(line: str, fields: Mapping[str, type], where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise Misconfigured(f"{where}: this line is no JSON object ({error})") from error
    if not isinstance(row, dict):
        raise Misconfigured(f"{where}: this line is no JSON object")
    for field, kind in fields.items():
        if not isinstance(row.get(field), kind):
            raise Misconfigured(f"{where}: the field {field!r} is missing or not of type {kind.__name__}")
    return row
