from __future__ import annotations

import gc

from graph.run.gc_tuning import tune_gc


def test_garbage_is_collected_less_often_and_only_tuned_once() -> None:
    """A second application in a process leaves what the first one set."""
    before = gc.get_threshold()
    try:
        gc.set_threshold(700, 10, 10)
        tune_gc()
        tuned, frozen = gc.get_threshold(), gc.get_freeze_count()
        tune_gc()
        assert tuned[0] > 700
        assert (gc.get_threshold(), gc.get_freeze_count()) == (tuned, frozen)
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
