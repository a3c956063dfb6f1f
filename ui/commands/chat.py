"""attest chat."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

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
    import os  # noqa: PLC0415  # `attest --help` need not wait for these
    import sys  # noqa: PLC0415  # as above

    from graph.settings import hand_down  # noqa: PLC0415  # as above
    from ui.chat.place import ROOT  # noqa: PLC0415  # as above

    named = [str(_existing(path)) for path in docs or ()]
    if named:
        hand_down("ATTEST_DOCS", os.pathsep.join(named))
    hand_down("CHAINLIT_APP_ROOT", str(ROOT))
    command = [sys.executable, "-m", "chainlit", "run", str(ROOT / "app.py"), "--headless"]
    os.execv(sys.executable, [*command, "--host", host, "--port", str(port)])  # noqa: S606  # our own program


def _existing(path: Path) -> Path:
    found = path.expanduser().resolve()
    if not found.exists():
        raise Misconfigured(f"{found} does not exist: name a folder or a file that does with --docs")
    return found
