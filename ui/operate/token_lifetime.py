"""Read how long a token lasts."""

from __future__ import annotations

import re

from graph.errors import Misconfigured

_UNITS = {"h": 3_600, "d": 86_400, "w": 604_800}
_WRITTEN = re.compile(r"([1-9][0-9]{0,4})([hdw])")


def seconds_of(text: str) -> float:
    """Return the seconds of `12h`, `90d` or `8w`; raises Misconfigured."""
    found = _WRITTEN.fullmatch(text.strip().lower())
    if found is None:
        raise Misconfigured(f"--expires is {text!r}: write hours, days or weeks, as 12h, 90d or 8w")
    return float(int(found[1]) * _UNITS[found[2]])
