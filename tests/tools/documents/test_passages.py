"""Test how texts are cut into passages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tools.documents.passages import LONGEST_SENTENCE, MOST, TAIL, split
from tools.lexicon.sentences import sentences

WORDS = st.lists(
    st.sampled_from(["word", "Two.", "# Head", "\n", "\n\n", "- item", "東京。", "x" * 300]), max_size=300
)
TEXT = st.text(max_size=300) | WORDS.map(" ".join) | WORDS.map("\n".join)


@given(TEXT)
def test_passages_cover_all_that_is_not_blank(text: str) -> None:
    """Passages come in order, do not overlap, and leave out nothing but blanks."""
    end = 0
    for start, stop in split(text):
        assert end <= start < stop <= len(text)
        assert not text[end:start].strip()
        end = stop
    assert not text[end:].strip()


@given(TEXT)
def test_no_passage_border_stands_inside_a_sentence(text: str) -> None:
    """A sentence lies in one passage unless it is longer than the longest allowed."""
    passages = split(text)
    for start, end in sentences(text):
        if end - start < LONGEST_SENTENCE:
            assert any(first <= start and end <= last for first, last in passages) or end - start > 1000


def test_passages_have_the_size_that_was_measured() -> None:
    """Running text is cut into passages of at most the measured size; a short tail joins the last."""
    text = " ".join(f"This is sentence number {at} of a long text." for at in range(200))
    sizes = [len(text[start:end].split()) for start, end in split(text)]
    assert len(sizes) > 5
    assert max(sizes) <= MOST + TAIL
    assert min(sizes) > TAIL


def test_a_heading_stays_with_what_follows() -> None:
    """A heading begins a passage, mark and all, and never ends one."""
    body = " ".join(["Some words stand here."] * 20)
    text = f"# First\n\n{body}\n\n## Second\n\n{body}\n"
    assert [text[start : start + 9] for start, _ in split(text)] == ["# First\n\n", "## Second"]


def test_a_heading_stays_with_a_sentence_that_fills_its_passage() -> None:
    """Even where there is no room left, nothing is cut between a heading and its first sentence."""
    text = "Few words.\n\n## Head\n\n" + "word " * (MOST - 1) + "end.\n\n" + "More words follow here. " * 30
    assert not any(text[start:end].endswith("Head") for start, end in split(text))


def test_a_short_tail_joins_the_passage_before() -> None:
    """A few words at the end of a text are no passage of their own."""
    assert len(split("Four words stand here. " * ((MOST + TAIL - 4) // 4))) == 1


def test_a_sentence_without_end_is_cut() -> None:
    """A text without any stop or blank still comes in pieces of bounded length."""
    text = "x" * 10_000
    assert max(end - start for start, end in split(text)) <= 2 * LONGEST_SENTENCE


def test_text_without_blanks_is_not_one_passage() -> None:
    """Characters stand in for words where a script has no blanks."""
    assert len(split("東京は大きい都市です。" * 1000)) > 5


def test_a_megabyte_on_one_line_is_split() -> None:
    """A long line is no trap: were splitting quadratic, the time limit of every test would end this one."""
    text = "A sentence of some words stands here. " * 26_000
    assert split(text)[-1][1] == len(text.rstrip())
