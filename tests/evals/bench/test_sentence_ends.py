"""The measure of sentence ends counts what it says."""

from __future__ import annotations

from evals.bench.sentence_ends import sentence_ends


def test_nine_of_ten_texts_are_cut_as_they_should_be() -> None:
    """The texts of the suite, in all scripts and layouts, come out right."""
    (share,), wrong = sentence_ends()
    assert share.met, wrong


def test_a_splitter_that_cuts_nothing_misses_nearly_all() -> None:
    """Texts that are left whole count as wrong, and each is shown."""
    (share,), wrong = sentence_ends(lambda text: [(0, len(text))])
    assert (share.value < 0.1, share.n - len(wrong)) == (True, round(share.value * share.n))
