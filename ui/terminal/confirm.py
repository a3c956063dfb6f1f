"""Ask a person for a yes."""

from __future__ import annotations

import sys

from graph.errors import Misconfigured
from ui.terminal.streams import is_terminal, tell


def agreed(question: str, *, yes: bool, way_out: str) -> bool:
    """Return whether the person agrees, here or by an option of the command.

    Raises Misconfigured where nobody can be asked, with the command that says yes.
    """
    if yes:
        return True
    if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        raise Misconfigured(f"nobody is here to say yes: look at the lines above, then {way_out}")
    tell(f"{question} [y/N]")
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
