"""A model is asked once to reword what its quotes do not hold; then the quote itself stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graph.records import Draft, Label
from guards.claims.written_sentence import verdict_of
from tests.tools.models.extractive.made import verdict
from tests.tools.models.roles.scripted import Library, Scripted
from tests.tools.models.roles.test_writer import (
    BRANCHES,
    CLAIMS,
    ENGINE,
    OWN,
    PROBE,
    RUN,
    SHORT,
    TEXTS,
    VERDICTS,
    WAIT,
    sentence,
)
from tools.models.evidence_packing import tokens_of
from tools.models.roles import rewording
from tools.models.roles.writer import ModelWriter

ASTRAY = SHORT.replace("waits", "never waits")
GERMAN = "Ein offener Schalter von Harbor wartet 15 Sekunden und das ist nicht viel."
ASKED_IN_GERMAN = "Wie lange wartet der Schalter und was ist Knot?"


def again(number: int, text: str) -> dict[str, Any]:
    return {"sentences": [{"number": number, "text": text}]}


async def write(asks: Scripted, question: str = RUN.question) -> Draft:
    run = replace(RUN, question=question)
    return await ModelWriter(asks, ENGINE, Library(TEXTS)).write(run, BRANCHES, CLAIMS, VERDICTS)


async def test_what_a_quote_does_not_hold_is_reworded_once() -> None:
    """The second words are kept when the quote holds them; a sentence that was right is not asked again."""
    right = {
        "sentences": [sentence("Knot is owned by the Tern team, and by nobody else.", 3), sentence(ASTRAY, 1)]
    }
    asks = Scripted(right, again(2, SHORT))
    draft = await write(asks)
    assert [one.text.reveal() for one in draft.written if one.text] == [SHORT]
    assert draft.sections[0].claims == (draft.written[0].id,)
    assert draft.sections[1].claims == (OWN.id,)
    assert len(asks.asked) == 2


async def test_the_request_names_what_is_wrong_and_the_words_that_may_be_used() -> None:
    """Sentence, reason and words stand inside the fence, beside the claim; taint goes with them."""
    asks = Scripted({"sentences": [sentence(ASTRAY, 1)]})
    await write(asks)
    first, second = asks.asked
    start, *lines, end = second.user.splitlines()
    assert start.startswith("<<<data ")
    assert end.endswith(">>>")
    assert lines == [
        f"[1] {ASTRAY}",
        "    wrong: 'waits' is not denied, allowed, sure or counted as in its quote",
        "    words: open harbor breaker waits 15 seconds first probe sent",
        f"    claim: {TEXTS[0]}",
    ]
    assert (second.taint, second.private) == (first.taint, first.private)
    assert not second.streamed


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {"sentences": []},
        again(1, ASTRAY),
        again(1, ""),
        again(0, SHORT),
        again(7, SHORT),
        again(-1, SHORT),
    ],
)
async def test_the_quote_stands_where_the_second_words_are_no_better(answer: dict[str, Any] | None) -> None:
    """No answer, the same fault, nothing, or a number that was not given: nobody is asked a third time."""
    asks = Scripted({"sentences": [sentence(ASTRAY, 1)]}, answer, again(1, SHORT))
    draft = await write(asks)
    assert draft.written == ()
    assert draft.sections[0].claims[0] == WAIT.id
    assert len(asks.asked) == 2


async def test_nothing_is_asked_again_where_all_is_held() -> None:
    """A faithful answer costs one call, as before."""
    asks = Scripted({"sentences": [sentence(SHORT, 1), sentence(TEXTS[1], 2)]})
    await write(asks)
    assert len(asks.asked) == 1


async def test_what_words_cannot_compare_stands_beside_its_quotes() -> None:
    """A sentence in the question's own language is marked, followed by its quotes, and not asked again."""
    asks = Scripted({"sentences": [sentence(GERMAN, 1), sentence(TEXTS[1], 2)]})
    draft = await write(asks, ASKED_IN_GERMAN)
    (written,) = draft.written
    assert written.unchecked
    assert draft.sections[0].claims == (written.id, WAIT.id, PROBE.id)
    assert len(asks.asked) == 1


async def test_a_language_that_nobody_asked_in_is_refused() -> None:
    """A sentence in another language than question and quotes translates for nobody, and gives way."""
    draft = await write(Scripted({"sentences": [sentence(GERMAN, 1)]}))
    assert draft.written == ()
    assert draft.sections[0].claims == (WAIT.id, PROBE.id)


async def test_what_is_not_checked_is_never_supported() -> None:
    """Its verdict is unverified without confidence, however well its quotes are supported."""
    draft = await write(Scripted({"sentences": [sentence(GERMAN, 1)]}), ASKED_IN_GERMAN)
    judged = verdict_of(draft.written[0], CLAIMS, {WAIT.id: replace(verdict(WAIT.id), sources=3)})
    assert (judged.label, judged.confidence) == (Label.UNVERIFIED, 0.0)


async def test_no_more_is_given_back_than_fits_at_once() -> None:
    """Of many sentences the first are asked about; the others give way to their quotes."""
    asks = Scripted({"sentences": [sentence(f"{ASTRAY} {at}", 1) for at in range(200)]})
    await write(asks)
    (_, second) = asks.asked
    assert 1 < second.claims < 200
    assert tokens_of(second.user) < rewording.BUDGET + 100
