"""Publish a report as a folder that anyone can check."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph.config.path_values import unwritable
from guards.visible_text import write_json
from ui.report.chain_file import CHAIN, chain_to, write_chain
from ui.report.proof import Proof
from ui.report.report_markdown import report_markdown
from ui.report.whole_file import write_whole

RECORD = "report.json"
PAGE = "report.md"
HTML = "report.html"
SOURCES = "sources"
MEND = "choose another folder with --out"


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
        raise unwritable(folder, error, MEND) from error


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


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)
