"""Mark a line of an answer that a model worded and words cannot compare with its quotes."""

from __future__ import annotations

from guards.wording.wording import UNCHECKED

_MARK = f" ({UNCHECKED})"


def labelled(line: str, *, unchecked: bool) -> str:
    """Put the mark behind the numbers of a line that is not checked."""
    return f"{line}{_MARK}" if unchecked else line


def unlabelled(line: str) -> tuple[str, bool]:
    """Return a line without the mark, and whether it had it."""
    return line.removesuffix(_MARK), line.endswith(_MARK)
