"""Describe one check of the doctor."""

from __future__ import annotations

from dataclasses import dataclass

from guards.visible_text import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Hold the result of one check, and how to mend it where it failed."""

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
