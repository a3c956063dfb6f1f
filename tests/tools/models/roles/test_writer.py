"""A model that writes is held to the quotes of its claims."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.records import Argument, Branch, Claim, Draft, Label, Section, Verdict
from tests.tools.models.extractive.made import verdict
from tests.tools.models.roles.scripted import COMPOUND, Library, Scripted, asked, whole
from tools.models.extractive.writer import ExtractiveWriter
from tools.models.roles.role_claims import quoted_claim
from tools.models.roles.writer import ModelWriter

ENGINE = ExtractiveWriter()
RUN = asked(COMPOUND)
WAITS = "An open Harbor breaker waits 15 seconds before the first probe is sent."
PROBES = "The breaker lets one probe through at a time."
OWNED = "Knot is owned by the Tern team."
RIVAL = "Knot is owned by Gannet."
BILLS = "Knot writes invoices."
TEXTS = (WAITS, PROBES, OWNED, RIVAL, BILLS)
BRANCHES = tuple(
    Branch(id=name, root=name, question=Argument(value=asked_), tasks=())
    for name, asked_ in (("b1", "What is a bulkhead?"), ("b2", "Who owns Knot?"))
)
CLAIMS = tuple(
    quoted_claim(root, whole(text), relevance)
    for root, text, relevance in (("b1", WAITS, 0.9), ("b1", PROBES, 0.5), ("b2", OWNED, 0.8))
)
WAIT, PROBE, OWN = CLAIMS
VERDICTS = tuple(verdict(claim.id) for claim in CLAIMS)
SHORT = "An open Harbor breaker waits 15 seconds before the first probe."
ANSWERS = st.lists(
    st.fixed_dictionaries(
        {
            "text": st.text(max_size=80) | st.sampled_from([SHORT, WAITS, OWNED, f"{OWNED} [3]"]),
            "claims": st.lists(st.integers(-2, 6), max_size=5),
        }
    ),
    max_size=8,
).map(lambda sentences: {"sentences": sentences})


def sentence(text: str, *claims: int) -> dict[str, Any]:
    return {"text": text, "claims": list(claims)}


async def write(
    asks: Scripted, claims: tuple[Claim, ...] = CLAIMS, verdicts: tuple[Verdict, ...] = VERDICTS
) -> Draft:
    return await ModelWriter(asks, ENGINE, Library(TEXTS)).write(RUN, BRANCHES, claims, verdicts)


async def test_a_sentence_its_quotes_hold_is_kept_with_their_spans() -> None:
    """A sentence over two claims cites both, is as relevant as the weaker, and stands in their section."""
    joined = (
        "An open Harbor breaker waits 15 seconds before the first probe, and the breaker lets one probe"
        " through at a time."
    )
    draft = await write(Scripted({"sentences": [sentence(f" {joined} [1, 2]", 1, 2, 2)]}))
    (written,) = draft.written
    assert written.text is not None
    assert written.text.reveal() == joined
    assert written.spans == (*WAIT.spans, *PROBE.spans)
    assert (written.root, written.relevance) == ("b1", 0.5)
    assert draft.sections == (
        Section(root="b1", claims=(written.id,)),
        Section(root="b2", claims=(OWN.id,)),
    )


@pytest.mark.parametrize(
    "text",
    [
        SHORT.replace("15", "60"),
        SHORT.replace("Harbor", "Gannet"),
        SHORT.replace("waits", "does not wait"),
        f"{SHORT} See https://a.example/?q=15",
        "Breakers protect callers from slow services.",
        "",
        f"{SHORT} {SHORT} " * 10,
    ],
)
async def test_a_sentence_that_says_more_gives_way_to_its_quotes(text: str) -> None:
    """A changed number, name or negation, an address, news, nothing, a flood: the claim is shown instead."""
    draft = await write(Scripted({"sentences": [sentence(text, 1), sentence(PROBES, 2)]}))
    assert draft.written == ()
    assert draft.sections[0].claims == (WAIT.id, PROBE.id)
    (unknown,) = draft.unknowns
    assert (unknown.kind, "1 of 2" in unknown.detail) == ("refused_wording", True)


async def test_a_part_of_which_no_sentence_holds_keeps_all_its_quotes() -> None:
    """A writer that says only what no source says takes nothing away."""
    draft = await write(Scripted({"sentences": [sentence("Breakers are made of cheese.", 1)]}))
    assert draft.sections == (await ENGINE.write(RUN, BRANCHES, CLAIMS, VERDICTS)).sections


async def test_the_likeliest_claim_is_never_left_out() -> None:
    """A writer that rests its sentences on other claims is preceded by the quote of the best one."""
    draft = await write(Scripted({"sentences": [sentence(PROBES, 2)]}))
    assert draft.sections[0].claims == (WAIT.id, PROBE.id)


async def test_a_writer_may_leave_out_what_helps_little() -> None:
    """Claims after the first that no sentence rests on are not shown."""
    draft = await write(Scripted({"sentences": [sentence(WAITS, 1)]}))
    assert (draft.sections[0].claims, draft.unknowns) == ((WAIT.id,), ())


async def test_a_sentence_that_is_its_quote_stays_a_quote() -> None:
    """Words copied from a source need no wording of their own."""
    draft = await write(Scripted({"sentences": [sentence(PROBES, 2), sentence(WAITS, 1)]}))
    assert draft.written == ()
    assert draft.sections[0].claims == (PROBE.id, WAIT.id)


async def test_what_is_disputed_is_shown_in_the_words_of_its_sources() -> None:
    """Neither side of a conflict is shown to the model, and both follow what it wrote."""
    rival = quoted_claim("b2", whole(RIVAL), 0.7)
    calm = quoted_claim("b2", whole(BILLS), 0.6)
    verdicts = (
        verdict(OWN.id, against=(rival.id,)),
        verdict(rival.id, Label.CONTRADICTED, confidence=0.3, against=(OWN.id,)),
        verdict(calm.id),
    )
    asks = Scripted({"sentences": [sentence("Knot writes the invoices.", 1), sentence(OWNED, 2)]})
    draft = await write(asks, (OWN, rival, calm), verdicts)
    (written,) = draft.written
    assert "Gannet" not in asks.asked[0].user
    assert draft.sections[1].claims == (written.id, OWN.id, rival.id)


async def test_what_is_no_plain_supported_quote_is_not_put_into_words() -> None:
    """A claim of two quotes, or one that is contradicted by nothing named, is left as it is."""
    double = replace(WAIT, spans=(*WAIT.spans, *PROBE.spans))
    doubtful = verdict(PROBE.id, Label.CONTRADICTED)
    asks = Scripted({"sentences": [sentence(SHORT, 1)]})
    draft = await write(asks, (double, PROBE), (VERDICTS[0], doubtful))
    assert asks.asked == []
    assert draft.sections[0].claims == (WAIT.id, PROBE.id)


async def test_a_sentence_over_two_parts_keeps_to_the_first() -> None:
    """A claim answers one part of the question; a sentence cannot rest on another part's."""
    draft = await write(Scripted({"sentences": [sentence(SHORT, 1, 3)]}))
    (written,) = draft.written
    assert written.spans == WAIT.spans


@given(ANSWERS)
async def test_no_answer_says_what_no_source_says(answer: dict[str, Any]) -> None:
    """Whatever a model answers, each section has claims that exist and serve it, each once."""
    draft = await write(Scripted(answer))
    known = {claim.id: claim for claim in (*CLAIMS, *draft.written)}
    cited = {claim.spans[0] for claim in CLAIMS}
    assert [section.root for section in draft.sections] == ["b1", "b2"]
    for section in draft.sections:
        assert section.claims
        assert len(set(section.claims)) == len(section.claims)
        assert {known[name].root for name in section.claims} == {section.root}
    for written in draft.written:
        assert set(written.spans) <= cited
        assert written.text is not None
        assert written.text.reveal().isprintable()
        assert any(written.id in section.claims for section in draft.sections)


@pytest.mark.parametrize("answer", [None, {"sentences": []}, {"sentences": [sentence(SHORT, 9)]}])
async def test_without_a_usable_sentence_the_quotes_stand(answer: dict[str, Any] | None) -> None:
    """No model, or no sentence that rests on a claim: the draft is the extractive one."""
    assert await write(Scripted(answer)) == await ENGINE.write(RUN, BRANCHES, CLAIMS, VERDICTS)


async def test_where_the_sources_do_not_say_no_model_is_asked() -> None:
    """Claims too unlikely to answer are not put into words."""
    weak = quoted_claim("b1", whole(WAITS), 0.001)
    asks = Scripted({"sentences": [sentence(SHORT, 1)]})
    draft = await write(asks, (weak,), (verdict(weak.id),))
    assert asks.asked == []
    assert [section.claims for section in draft.sections] == [(), ()]


async def test_the_prompt_names_parts_and_taint() -> None:
    """The model is shown each part with the numbers of its claims; sources are taint, words are streamed."""
    asks = Scripted()
    await write(asks)
    (prompted,) = asks.asked
    assert (
        "Part: What is a bulkhead? (claims 1, 2)\nPart: Who owns Knot? (claims 3)\n\n<<<data" in prompted.user
    )
    assert set(prompted.taint) == {claim.spans[0].source for claim in CLAIMS}
    assert (prompted.streamed, prompted.private) == (True, False)
