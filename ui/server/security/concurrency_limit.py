"""Limit how many of something an account has at the same time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from graph.errors import Refused


class TooManyAtOnce(Refused):
    """Refuse one more of something to an account; a later request may pass."""


class ConcurrencyLimit:
    """Allow each account `most` of something in this process; `what` names it and says what to do."""

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
