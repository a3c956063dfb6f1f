"""What a reader points at is quoted in whole sentences, or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.options import Options
from graph.reading import Excerpt, Lead
from graph.records import Claim, Passage, Run, Snapshot, Span, Unknown, source_id
from graph.untrusted import Untrusted
from guards.claims.quotes import is_whole
from tools.lexicon.sentences import sentences
from tools.models.whole_sentence_reader import LONGEST, WholeSentenceReader, widen

RUN = Run(id="r1", question="q", options=Options(), started=0.0)


def claim(text: str, start: int, end: int, name: str = "c") -> Claim:
    return Claim(
        id=name, root="b1", spans=(Span(source=source_id(text), start=start, end=end),), relevance=0.9
    )


def quotes(text: str, said: str) -> list[str]:
    """Return what is quoted of a text when a reader points at some of its words."""
    at = text.index(said)
    found = widen([claim(text, at, at + len(said))], {source_id(text): Untrusted(text)})
    return [text[span.start : span.end] for each in found.claims for span in each.spans]


CUTS = [
    ("Do not store tokens in the browser.", "store tokens in the browser."),
    ("Do not\nstore tokens in the browser.", "store tokens in the browser."),
    ("Do not use\nMicrosoft Edge to sign in.", "Microsoft Edge to sign in."),
    ("Not supported\nWindows XP and older.", "Windows XP and older."),
    ("Unless it is revoked, a key stays valid.", "a key stays valid."),
    ("A key stays valid, except on shared machines.", "A key stays valid"),
    ("Calls are free. Only if nobody pays they are not. So it is.", "they are not."),
    ("It is false that the store keeps keys for ever.", "the store keeps keys for ever"),
    ("| key | 24 h | never |\n| token | 1 h | always |", "24 h"),
    ("- Never share a token with anybody\n- Share keys", "share a token with anybody"),
]


@pytest.mark.parametrize(("text", "said"), CUTS)
def test_a_part_of_a_sentence_is_widened_to_the_whole(text: str, said: str) -> None:
    """No negation, condition or exception of the sentence is left outside the quote."""
    (quote,) = quotes(text, said)
    assert said in quote
    assert quote in {text[start:end] for start, end in sentences(text)}


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Do not\nstore tokens in the browser.", "store tokens in the browser."),
        ("The pump is safe\nonly in winter.", "The pump is safe"),
        ("We do not... store tokens.", "store tokens."),
        ("Nobody at Yahoo! stores tokens.", "stores tokens."),
        ("Not even (really!) store tokens.", "store tokens."),
    ],
)
def test_neither_a_line_break_nor_a_stop_inside_makes_a_part_whole(text: str, quote: str) -> None:
    """What goes on with a small letter is one sentence, wherever its line ends, whoever wrote its bounds."""
    at = text.index(quote)
    assert not is_whole(text, at, at + len(quote))


LISTS = [
    "Never do any of this:\n\n- keep a copy\n- store tokens\n",
    "If the key is lost, do this:\n1. keep a copy\n2. store tokens\n",
    "The following are not supported:\n* keep a copy\n* store tokens",
]


@pytest.mark.parametrize("text", LISTS)
def test_an_item_is_quoted_with_the_lead_in_that_turns_it(text: str) -> None:
    """Under "Never do this:" the item "store tokens" says the opposite of what it says alone."""
    lead = text.splitlines()[0]
    assert quotes(text, "store tokens") == [lead, "store tokens"]


def test_an_item_whose_lead_in_turns_nothing_stands_alone() -> None:
    """A lead-in that only announces is not repeated with every item, nor is what stands farther up."""
    assert quotes("It can do two things:\n- keep a copy\n- store tokens", "store tokens") == ["store tokens"]
    far = "This is not new:\n\nIt can do two things.\n\n- store tokens"
    assert quotes(far, "store tokens") == ["store tokens"]


def test_claims_that_become_one_are_one() -> None:
    """Two halves of a sentence are one claim, the better one's."""
    text = "A breaker closes after three probes, and opens after five."
    found = widen(
        [claim(text, 0, 10, "best"), claim(text, 40, 50, "other")], {source_id(text): Untrusted(text)}
    )
    assert [each.id for each in found.claims] == ["best"]


@given(
    st.text(st.sampled_from('aB .!?\n-:1)#|,not ;\t>("”`~…。'), min_size=1, max_size=120)
    | st.lists(
        st.sampled_from(
            ["do not ", "a", "Bc ", "\n", "\n\n", "# ", "- ", "a: ", "x,y,z", "|", ". ", "...", "```\n"]
        )
    )
    .map("".join)
    .filter(bool),
    st.data(),
)
def test_what_is_widened_is_whole(text: str, data: st.DataObject) -> None:
    """Whatever a reader points at in whatever text, the quote holds it, or there is none; and it is whole."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    for each in widen([claim(text, start, end)], {source_id(text): Untrusted(text)}).claims:
        assert all(is_whole(text, span.start, span.end) for span in each.spans)
        last = each.spans[-1]
        assert text[max(start, last.end) : end].strip(' \n-:1)#|,.!?;\t>("”`~…。') == ""


class Pointing:
    """Point at a part of the only sentence, whatever is asked."""

    async def leads(self, run: Run, question: str, excerpts: Sequence[Excerpt]) -> tuple[Lead, ...]:
        return ()

    async def read(
        self, run: Run, root: str, question: str, excerpts: Sequence[Excerpt]
    ) -> tuple[Claim, ...]:
        return tuple(claim(each.title.reveal(), 7, 20, each.location) for each in excerpts)

    def left_out(self, run: Run, root: str) -> tuple[Unknown, ...]:
        return ()


class Texts:
    """Store texts by their ids."""

    def __init__(self, *texts: str) -> None:
        self._texts = {source_id(text): Untrusted(text) for text in texts}

    async def keep(self, snapshots: Sequence[Snapshot]) -> None:
        raise NotImplementedError

    async def texts(self, ids: Sequence[str]) -> Mapping[str, Untrusted]:
        return {id_: self._texts[id_] for id_ in ids if id_ in self._texts}

    async def snapshots(self, run: str, ids: Sequence[str]) -> Mapping[str, Snapshot]:
        raise NotImplementedError


async def test_what_cannot_be_quoted_whole_is_dropped_and_named() -> None:
    """A sentence longer than any quote may be is no claim, and the report will say so."""
    short, long = "Do not store tokens here.", "Do not " + "store tokens here and " * 400
    assert len(long) > LONGEST
    reader = WholeSentenceReader(Pointing(), Texts(short, long))
    excerpts = [_excerpt(short), _excerpt(long)]
    claims = await reader.read(RUN, "b1", "q", excerpts)
    assert [(each.spans[0].start, each.spans[0].end) for each in claims] == [(0, len(short))]
    (told,) = reader.left_out(RUN, "b1")
    assert (told.kind, told.detail.startswith("1 found: ")) == ("too_long_to_quote", True)
    assert reader.left_out(RUN, "b1") == ()


def _excerpt(text: str) -> Excerpt:
    span = Span(source=source_id(text), start=0, end=len(text))
    return Excerpt(
        passage=Passage(span=span, score=1.0),
        text=Untrusted(text),
        title=Untrusted(text),
        published=None,
        location=text[:9],
    )
