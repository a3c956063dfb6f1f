"""Record what people decided in a run, and when."""

from __future__ import annotations

from dataclasses import dataclass

from graph.immutable import Frozen


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided(Frozen):
    """Record a decision: `about` is the kind of question, `task` the call it is about, if any.

    `at` is in seconds since the epoch; `by` names who decided, and is empty where nobody said.
    """

    about: str
    decision: str
    at: float
    by: str = ""
    because: str = ""
    task: str = ""
