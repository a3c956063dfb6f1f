from __future__ import annotations

from graph.rating import Rating
from graph.records import (
    Argument,
    Branch,
    Claim,
    Draft,
    Label,
    Section,
    Span,
    Verdict,
)
from guards.report_limits import discredited, doubts

ROOT = Branch(id="b1", root="b1", question=Argument(value="Who?"), tasks=())


def test_every_doubt_is_named() -> None:
    """Unanswered questions, disputed, lonely and unjudged claims are each said."""
    draft = Draft(
        sections=(Section(root="b1", claims=("c1", "c2", "c3", "c4")), Section(root="b1", claims=()))
    )
    verdicts = {
        "c1": Verdict(claim="c1", label=Label.SUPPORTED, confidence=1, sources=2),
        "c2": Verdict(claim="c2", label=Label.SUPPORTED, confidence=1, sources=1),
        "c3": Verdict(claim="c3", label=Label.CONTRADICTED, confidence=1, against=("c1",)),
    }
    said = [(unknown.kind, unknown.detail) for unknown in doubts(draft, [ROOT], verdicts)]
    assert said == [
        ("unanswered", "no answer was found to: Who?"),
        ("contradicted", "claim 3 disagrees with claim 1"),
        ("unverified_claim", "nothing supports claim 4 well enough"),
        ("single_source", "claim 2 rests on one source only"),
    ]


def test_claims_on_sources_of_low_credibility_alone_are_named() -> None:
    """One better source, or one that is not rated, is enough; a claim outside the answer does not count."""
    draft = Draft(sections=(Section(root="b1", claims=("c1", "c2", "c3", "c4")),))
    resting = {
        "c1": ("low",),
        "c2": ("low", "fair"),
        "c3": ("unrated",),
        "c4": ("low", "lower"),
        "c5": ("low",),
    }
    claims = [
        Claim(id=name, root="b1", spans=tuple(Span(source=s, start=0, end=1) for s in on), relevance=1)
        for name, on in resting.items()
    ]
    scores = {"low": 39, "lower": 0, "fair": 40, "unrated": None}
    ratings = [Rating(source=source, score=score) for source, score in scores.items()]
    said = [(unknown.kind, unknown.detail) for unknown in discredited(draft, claims, {}, ratings)]
    assert said == [("low_credibility", "claims 1, 4 rest on sources of low credibility only")]
    assert list(discredited(draft, claims, {}, [])) == []
