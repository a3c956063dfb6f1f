"""Let hypothesis-jsonschema 0.23, which Schemathesis builds on, speak to a Hypothesis without `many.more`.

Both are the newest releases that go together by their own word; remove this when one of them follows.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from hypothesis.internal.conjecture import utils
from hypothesis_jsonschema import _from_schema


class Many(utils.many):
    """Say whether there is one element more, as it was said before elements were iterated over."""

    _each: Any = None

    def more(self) -> bool:
        """Begin the next element, or end them all."""
        if self._each is None:
            self.__enter__()
            self._each = iter(self)
        for _ in self._each:
            return True
        self.__exit__(None)
        return False


def bridge() -> None:
    """Put it where the library looks for it."""
    if not hasattr(utils.many, "more"):
        vars(_from_schema)["cu"] = SimpleNamespace(**{**vars(utils), "many": Many})
