"""Patterns matched by RE2: in linear time, whatever they and their texts say."""

from __future__ import annotations

from typing import Any

import re2

_OPTIONS = re2.Options()
_OPTIONS.log_errors = False


class LinearPattern:
    """Hold a pattern; raises ValueError for one that RE2 cannot read."""

    def __init__(self, pattern: str) -> None:
        try:
            self._compiled = re2.compile(pattern, _OPTIONS)
        except re2.error as error:
            raise ValueError("the pattern cannot be matched in linear time") from error

    def match(self, text: str) -> Any:  # noqa: ANN401 - re2 names no types
        """Return the match at the start of a text, if any."""
        return self._compiled.match(_encodable(text))

    def search(self, text: str) -> Any:  # noqa: ANN401 - re2 names no types
        """Return the first match in a text, if any."""
        return self._compiled.search(_encodable(text))


def _encodable(text: str) -> str:
    """Return a text of the same length that RE2 accepts: half of a surrogate pair is no character."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
