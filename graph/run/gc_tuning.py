"""Tell the garbage collector how this program uses memory."""

from __future__ import annotations

import gc

_YOUNG = 10_000  # objects made since the last look; Python's 700 makes a look every third step of a run
_MIDDLE, _OLD = 20, 50


def tune_gc() -> None:
    """Look for garbage less often, and never again at what is loaded by now; once a process, for its life.

    A hundred runs at once spend a fifth of their CPU on looking at modules and at runs that go on.
    """
    if gc.get_threshold()[0] < _YOUNG:
        gc.freeze()
        gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
