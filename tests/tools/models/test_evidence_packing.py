"""What is packed fits, leads with the best, comes from several sources, and what is left out is named."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tools.models.roles.scripted import scored
from tools.models.evidence_packing import LONGEST, pack, pieces, tokens_of
from tools.models.roles.numbered_sentences import number_sentences

FENCE = 60  # tokens of the two lines around the evidence
TEXTS = st.text(alphabet=st.characters(codec="utf-8"), max_size=1_500)
WORDY = st.lists(st.sampled_from(["Harbor", "waits", "15", "seconds.", "水", "\n\n", "##"]), max_size=300)


@settings(max_examples=80)
@given(st.lists(st.one_of(TEXTS, WORDY.map(" ".join)), max_size=8), st.integers(0, 3_000))
def test_what_is_shown_never_passes_the_budget(texts: list[str], budget: int) -> None:
    """Whatever the texts, all that a model is shown of them fits into the budget."""
    packed = pack([scored(text, float(at), title=text[:200]) for at, text in enumerate(texts)], budget)
    assert tokens_of(number_sentences(packed.kept).text) <= budget + FENCE


@settings(max_examples=80)
@given(st.lists(WORDY.map(" ".join), max_size=6, unique=True), st.integers(0, 3_000))
def test_every_word_is_shown_or_left_out(texts: list[str], budget: int) -> None:
    """What was kept of an excerpt and what was left out make up the whole of it, but for blanks and marks."""
    packed = pack([scored(text, 1.0) for text in texts], budget)
    for made in (scored(text, 1.0) for text in texts):
        source, text = made.passage.span.source, made.text.reveal()
        mine = [e.passage.span for e in packed.kept if e.passage.span.source == source]
        gone = [span for span in packed.left_out if span.source == source]
        covered = sorted((span.start, span.end) for span in (*mine, *gone))
        assert all(left[1] == right[0] for left, right in pairwise(covered))
        assert all(any(map(str.isalnum, text[span.start : span.end])) for span in gone)
        rest = text[covered[-1][1] :] if covered else text
        assert not any(map(str.isalnum, rest))


def test_two_hundred_long_sources_are_packed() -> None:
    """200 sources of 20 KB give what fits of the best, and a list of the rest."""
    excerpts = [
        scored(f"Source {at} begins here. " + f"Breaker {at} waits {at} seconds. " * 700, 200.0 - at)
        for at in range(200)
    ]
    packed = pack(excerpts, 6_000)
    kept = [excerpt.passage.span.source for excerpt in packed.kept]
    assert kept == [excerpt.passage.span.source for excerpt in excerpts[:6]]
    assert {span.source for span in packed.left_out} >= {e.passage.span.source for e in excerpts[6:]}
    assert tokens_of(number_sentences(packed.kept).text) <= 6_000


def test_the_best_are_kept_and_no_source_fills_the_budget() -> None:
    """A source with the best passages of all leaves room for the next ones."""
    flood = "Marlin is fast. " * 2_000
    others = [scored(f"Tern {at} is slow.", 0.5 - at / 100) for at in range(3)]
    packed = pack([*others, scored(flood, 1.0)], 3_000)
    first, *rest = packed.kept
    assert tokens_of(first.text.reveal()) <= 750
    assert [excerpt.text.reveal() for excerpt in rest] == [excerpt.text.reveal() for excerpt in others]


def test_an_excerpt_is_cut_behind_a_sentence() -> None:
    """What is kept of an excerpt ends where a sentence does, at the offsets of its source."""
    text = " ".join(f"An open breaker number {at} waits for fifteen seconds." for at in range(60))
    packed = pack([scored(text, 1.0)], 500)
    (kept,), (gone,) = packed.kept, packed.left_out
    assert kept.text.reveal().endswith("fifteen seconds.")
    assert text[kept.passage.span.start : kept.passage.span.end] == kept.text.reveal()
    assert (kept.passage.span.end, len(text)) == (gone.start, gone.end)


def test_wide_gaps_do_not_cut_a_sentence() -> None:
    """Text that is mostly empty lines is cut behind a sentence, too."""
    text = ("\n" * 400).join(f"An open breaker number {at} waits for fifteen seconds." for at in range(20))
    for budget in range(200, 1_500, 7):
        for kept in pack([scored(text, 1.0)], budget).kept:
            assert kept.text.reveal().endswith("fifteen seconds.")


def test_titles_are_paid_for() -> None:
    """Many short passages under long titles do not pass the budget by their titles."""
    excerpts = [scored(f"水{at}", 1.0, title="水" * 200 + str(at)) for at in range(50)]
    packed = pack(excerpts, 1_500)
    assert packed.kept
    assert tokens_of(number_sentences(packed.kept).text) <= 1_500


@given(st.text(alphabet="ab ", min_size=LONGEST, max_size=4 * LONGEST))
def test_a_long_sentence_comes_in_parts(text: str) -> None:
    """No piece is longer than a person would read as one, and no word is lost between two."""
    found = pieces(text)
    assert all(0 < end - start <= LONGEST for start, end in found)
    assert "".join(text[start:end] for start, end in found).replace(" ", "") == text.replace(" ", "")
