"""Define the type of text that came from outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn, final

_NEEDS_CROSSING = "untrusted text needs a crossing: see guards/outside_text.py"


@final
@dataclass(frozen=True, slots=True, repr=False)
class Untrusted:
    """Hold text that nobody here wrote; it is data to read, never instructions.

    It cannot be printed, joined, formatted or iterated. `reveal` is for the code that reads sources and holds
    no tools; a planner, a query or a message gets such text only through a crossing of `guards.outside_text`.
    A test lists every module that may call it.
    """

    _text: str

    def reveal(self) -> str:
        """Return the raw text to code that reads sources and can do nothing else."""
        return self._text

    def part(self, start: int, end: int) -> Untrusted:
        """Return the characters from `start` to `end`, as untrusted as the whole."""
        return Untrusted(self._text[start:end])

    def __len__(self) -> int:
        return len(self._text)

    def __repr__(self) -> str:
        return f"Untrusted(<{len(self._text)} characters>)"

    def __str__(self) -> str:
        raise TypeError(_NEEDS_CROSSING)

    def __format__(self, spec: str) -> str:
        raise TypeError(_NEEDS_CROSSING)

    def __add__(self, other: object) -> NoReturn:
        raise TypeError(_NEEDS_CROSSING)

    def __radd__(self, other: object) -> NoReturn:
        raise TypeError(_NEEDS_CROSSING)

    def __iter__(self) -> NoReturn:
        raise TypeError(_NEEDS_CROSSING)
