"""Publish a report as a folder that anyone can check."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph.errors import Misconfigured
from ui.report.chain_file import CHAIN, chain_to, write_chain
from ui.report.proof import Proof
from ui.report.report_markdown import report_markdown
from ui.report.strict_json import write_json
from ui.report.whole_file import write_whole

RECORD = "report.json"
PAGE = "report.md"
HTML = "report.html"
SOURCES = "sources"
MEND = "choose another folder with --out"
HOME_MEND = "set ATTEST_HOME to a folder you may write"


def publish(report: Mapping[str, Any], proof: Proof, folder: Path) -> None:
    """Write sources, chain, page and record, each whole or not at all, the record last.

    Raises Misconfigured when the folder cannot be written.
    """
    files = folder_files(report, proof)
    try:
        for name, content in files.items():
            _write(folder / name, content)
        if Path(CHAIN) not in files:  # one of another report would not seal this one
            (folder / CHAIN).unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(folder, error, MEND) from error


def folder_files(report: Mapping[str, Any], proof: Proof) -> dict[Path, bytes]:
    """Return the files of a published folder by their names in it, in the order to write them."""
    chain = chain_to(str(report["audit_head"]), proof.chain)
    files = {
        **{Path(SOURCES, f"{id_}.txt"): text.reveal() for id_, text in proof.texts.items()},
        **({Path(CHAIN): write_chain(chain)} if chain else {}),
        Path(PAGE): report_markdown(report),
        Path(RECORD): write_json(report),
    }
    return {name: text.encode() for name, text in files.items()}


def check_writable(folder: Path, mend: str = MEND) -> None:
    """Raise Misconfigured, naming how to `mend` it, when `folder` could not be made or written."""
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    try:
        with tempfile.TemporaryDirectory(dir=nearest, prefix=".attest-"):
            pass
    except OSError as error:
        raise _unwritable(folder, error, mend) from error


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)


def _unwritable(folder: Path, error: OSError, mend: str) -> Misconfigured:
    return Misconfigured(f"cannot write {folder} ({error.strerror}): {mend}")
