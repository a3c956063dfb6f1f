"""What a model wrote takes the place of the claims it rests on, as far as their quotes hold it."""

from __future__ import annotations

from graph.records import Claim, Draft, Section
from guards.wording.wording import Worded, WordingResult
from tests.tools.models.roles.scripted import whole
from tools.models.roles.claim_listing import ListedClaims
from tools.models.roles.role_claims import quoted_claim
from tools.models.roles.worded_answer import WordedSentence, drafted

TEXTS = ("The ferry leaves at noon.", "The ferry is red.", "Dogs travel free.")
CLAIMS = tuple(quoted_claim("b1", whole(text), 0.9) for text in TEXTS)
FIRST, SECOND, THIRD = (claim.id for claim in CLAIMS)
DRAFT = Draft(sections=(Section(root="b1", claims=(FIRST, SECOND, THIRD)),))


def said(text: str, result: WordingResult, *at: int) -> WordedSentence:
    basis: tuple[Claim, ...] = tuple(CLAIMS[place] for place in at)
    quotes = tuple(TEXTS[place] for place in at)
    return WordedSentence(text=text, basis=basis, quotes=quotes, judged=Worded(wording=result))


def made(*sentences: WordedSentence) -> Draft:
    shown = ListedClaims(text="", claims=CLAIMS[:2], taint=(), private=False)
    return drafted(DRAFT, sentences, shown)


def test_a_sentence_stands_in_place_of_its_claims() -> None:
    """Claims that were not shown to the writer follow it."""
    draft = made(said("The ferry leaves at noon and is red.", WordingResult.COVERED, 0, 1))
    (written,) = draft.written
    assert draft.sections[0].claims == (written.id, THIRD)
    assert draft.unknowns == ()


def test_the_first_claim_stays_where_nothing_rests_on_it() -> None:
    """It stands before what was written."""
    draft = made(said("The ferry is red indeed.", WordingResult.COVERED, 1))
    assert draft.sections[0].claims == (FIRST, draft.written[0].id, THIRD)


def test_what_is_refused_is_given_up_and_named() -> None:
    """A part of which nothing holds stays as it was; otherwise the quotes take the sentence's place."""
    lie = said("The ferry sinks.", WordingResult.REFUSED, 1)
    draft = made(lie)
    assert (draft.sections, draft.written) == (DRAFT.sections, ())
    assert [unknown.kind for unknown in draft.unknowns] == ["refused_wording"]
    mixed = made(said(TEXTS[0], WordingResult.COVERED, 0), lie)
    assert mixed.sections[0].claims == (FIRST, SECOND, THIRD)
