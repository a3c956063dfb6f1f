"""Make excerpts, claims and verdicts for tests."""

from __future__ import annotations

from graph.options import Options
from graph.reading import Excerpt
from graph.records import Claim, Label, Passage, Run, Span, Verdict, source_id
from graph.untrusted import Untrusted

RUN = Run(id="r1", question="?", options=Options(), started=0.0)


def excerpt(
    text: str, *, title: str = "", branch: str = "b1", published: str | None = None, offset: int = 0
) -> Excerpt:
    """Make an excerpt of a source that is the text behind `offset` characters of other text."""
    source = source_id("x" * offset + text + title)
    span = Span(source=source, start=offset, end=offset + len(text))
    return Excerpt(
        passage=Passage(span=span, score=1.0, branch=branch),
        text=Untrusted(text),
        title=Untrusted(title),
        published=published,
    )


def claimed(
    text: str, name: str, *, title: str = "", published: str | None = None, relevance: float = 0.9
) -> tuple[Claim, Excerpt]:
    """Make a claim that is the whole text of its source."""
    made = excerpt(text, title=title, published=published)
    return Claim(id=name, root="b1", spans=(made.passage.span,), relevance=relevance), made


def words(claim: Claim, excerpts: list[Excerpt]) -> str:
    """Return the words a claim points at, cut from the excerpts that hold them, a line for each span."""
    return "\n".join(_quoted(span, excerpts) for span in claim.spans)


def _quoted(span: Span, excerpts: list[Excerpt]) -> str:
    for one in excerpts:
        here = one.passage.span
        if here.source == span.source and here.start <= span.start and span.end <= here.end:
            return one.text.reveal()[span.start - here.start : span.end - here.start]
    raise AssertionError("the claim points outside every excerpt")


def verdict(
    claim: str, label: Label = Label.SUPPORTED, *, confidence: float = 0.9, against: tuple[str, ...] = ()
) -> Verdict:
    """Make a verdict."""
    return Verdict(claim=claim, label=label, confidence=confidence, against=against)
