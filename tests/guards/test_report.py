from __future__ import annotations

from graph.records import Argument, Branch, Call, Draft, Label, Outcome, Section, Status, Unknown, Verdict
from guards.report import doubts, status_of

ROOT = Branch(id="b1", root="b1", question=Argument(value="Who?"), tasks=())


def call(outcome: Outcome) -> Call:
    return Call(task="t", branch="b", tool="x", outcome=outcome, started=0, ended=0)


def test_only_a_run_that_lost_something_is_partial() -> None:
    """A failed call or dropped evidence makes a report partial; an honest abstention does not."""
    assert status_of([call(Outcome.DONE)], [Unknown(kind="unanswered", detail="")]) is Status.COMPLETE
    assert status_of([call(Outcome.FAILED)], []) is Status.PARTIAL
    assert status_of([], [Unknown(kind="evidence_dropped", detail="")]) is Status.PARTIAL


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
        ("unanswered", "the sources do not say: Who?"),
        ("contradicted", "claim 3 disagrees with claim 1"),
        ("unverified_claim", "nothing supports claim 4 well enough"),
        ("single_source", "claim 2 rests on one source only"),
    ]
