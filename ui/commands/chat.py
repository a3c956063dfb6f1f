"""attest chat."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from graph.config.settings import hand_down
from graph.errors import Misconfigured

EXAMPLE = "Example: attest chat --docs ./documents --port 8000"

Docs = Annotated[
    list[Path] | None,
    typer.Option(metavar="PATH", help="A folder or file to research; repeat it. [default: ATTEST_DOCS]"),
]
Host = Annotated[str, typer.Option(metavar="HOST", help="Where to listen.")]
Port = Annotated[int, typer.Option(metavar="PORT", min=1, max=65_535, help="Where to listen.")]


def chat(*, docs: Docs = None, host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Open the chat in this terminal; Ctrl-C ends it, and its runs can be resumed."""
    from ui.chat.chainlit import start_chainlit  # noqa: PLC0415  # `attest --help` need not wait for it

    hand_down_docs(docs)
    start_chainlit.start(host, port)


def hand_down_docs(docs: list[Path] | None) -> None:
    """Pass the folders of the command on to the server; raises Misconfigured for a missing one."""
    if docs:
        hand_down("ATTEST_DOCS", os.pathsep.join(str(_existing(path)) for path in docs))


def _existing(path: Path) -> Path:
    found = path.expanduser().resolve()
    if not found.exists():
        raise Misconfigured(f"{found} does not exist: name a folder or a file that does with --docs")
    return found
