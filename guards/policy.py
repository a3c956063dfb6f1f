"""May this call be made? No rule that allows it means no."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from graph.records import Argument, Decision


def is_call_allowed(
    tool: str, effects: Literal["read", "write"], arguments: Iterable[Argument], *, approved: bool
) -> Decision:
    """Allow reading; allow writing only when a person approved it and no argument came out of a source."""
    if effects == "read":
        return Decision(allowed=True)
    if any(argument.tainted for argument in arguments):
        return Decision(allowed=False, reason=f"{tool} writes, and an argument came out of a source")
    if not approved:
        return Decision(allowed=False, reason=f"{tool} writes, and nobody approved it")
    return Decision(allowed=True)
