from __future__ import annotations

import threading

import pytest

from graph.off_loop import SMALL, run_off_loop


@pytest.mark.parametrize(("characters", "in_thread"), [(0, False), (SMALL, False), (SMALL + 1, True)])
async def test_only_large_texts_leave_the_loop(characters: int, *, in_thread: bool) -> None:
    """A small text is worked on at once; a large one does not hold up the others."""
    here = threading.get_ident()
    assert (await run_off_loop(characters, threading.get_ident) != here) is in_thread
