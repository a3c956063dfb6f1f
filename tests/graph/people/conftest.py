"""Give a test a clock that it sets itself."""

import pytest


class Clock:
    """Tell the time that a test set, in seconds."""

    now = 1_000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Return a clock."""
    return Clock()
