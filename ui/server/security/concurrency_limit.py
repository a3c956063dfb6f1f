"""Count what an account has at once, so that nobody has it all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from graph.errors import Refused


class TooManyAtOnce(Refused):
    """Say that an account has as many of something as it may have; it may come again."""


class ConcurrencyLimit:
    """Let each account have `most` of something in this process; `what` names it with the way out."""

    def __init__(self, most: int, what: str) -> None:
        self._most = most
        self._what = what
        self._held: Counter[str] = Counter()

    def take(self, account: str) -> None:
        """Count one more; raises TooManyAtOnce, which counts none."""
        if self._held[account] >= self._most:
            raise TooManyAtOnce(f"you have {self._most} {self._what}")
        self._held[account] += 1

    def give_back(self, account: str) -> None:
        """Count one less."""
        self._held[account] -= 1
        if self._held[account] <= 0:
            del self._held[account]

    @contextmanager
    def held(self, account: str) -> Iterator[None]:
        """Count one more for as long as it lasts; raises TooManyAtOnce."""
        self.take(account)
        try:
            yield
        finally:
            self.give_back(account)
