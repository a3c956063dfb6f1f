"""Say how one thing stands that Attest needs or can use."""

from __future__ import annotations

from dataclasses import dataclass

from ui.terminal.visible_text import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Say whether one thing is there, and how to mend it when it is not."""

    name: str
    ok: bool
    detail: str
    mend: str = ""
    needed: bool = True

    def line(self) -> str:
        """Return the check as a line."""
        state = "ok" if self.ok else "missing"
        mend = f": {self.mend}" if self.mend and not self.ok else ""
        return f"{state:7}  {self.name:11}  {one_line(self.detail + mend)}"
