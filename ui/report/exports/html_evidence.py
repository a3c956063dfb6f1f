"""Show the citations, claims and conflicts of a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element  # it is only written

from ui.catalogue import _
from ui.report.cited_place import Key, keys_of, numbers
from ui.report.claim_lines import claim_text
from ui.report.claim_verdict import verdict_words
from ui.report.exports.cited_passages import CitedPassage
from ui.report.exports.html_tree import element
from ui.report.exports.report_contents import (
    LOST,
    Dispute,
    Report,
    address,
    disputes,
    graded,
    language,
    origin,
    title,
)

Numbers = dict[Key, int]
"""The number of each citation, by what tells it apart."""

_LOOKS = {"supported": "good", "contradicted": "bad", "unverified": "open"}


def cite(number: int, **attributes: str) -> Element:
    """Link a number to its citation."""
    where = {"href": f"#citation-{number}", "aria-label": _("Citation {number}").format(number=number)}
    return element("a", f"[{number}]", class_="cite", **where, **attributes)


def claims(report: Report) -> Element:
    """List every claim with its verdict, how sure that is, and what it rests on."""
    numbered = numbers(report)
    items = [_claim(at, claim, numbered) for at, claim in enumerate(report["claims"], start=1)]
    return element("ol", *items, class_="plain")


def disagreements(report: Report) -> Iterator[Element]:
    """Set each contradicted claim beside what it disagrees with; yield nothing where all agree."""
    found = disputes(report)
    if found:
        head = element("tr", element("th", _("This claim"), scope="col"), _against(_("disagrees with")))
        numbered = numbers(report)
        rows = [element("tr", *_sides(report, dispute, numbered)) for dispute in found]
        caption = element("caption", _("Both sides are shown; which is right is for you to judge."))
        yield element("table", caption, element("thead", head), element("tbody", *rows), class_="pair")


def citations(passages: Sequence[CitedPassage]) -> Iterator[Element]:
    """Show each passage inside its context, with its source."""
    for passage in passages:
        yield element(
            "li", *_citation(passage), class_="source", id=f"citation-{passage.number}", tabindex="-1"
        )


def badge(verdict: str, look: str = "") -> Element:
    """Show a verdict as a coloured word."""
    return element("span", verdict.capitalize(), class_=f"badge {look or 'open'}")


def _seals(claim: Mapping[str, Any]) -> list[Element]:
    look = _LOOKS.get(claim["verdict"], "open")
    return [badge(word, look if at == 0 else "open") for at, word in enumerate(verdict_words(claim))]


def _against(words: str) -> Element:
    return element("th", words, scope="col")


def _claim(at: int, claim: Any, numbered: Numbers) -> Element:  # noqa: ANN401  # JSON
    links = [cite(numbered[key]) for key in dict.fromkeys(keys_of(claim))]
    sure = element(
        "span", " " + _("confidence {share}").format(share=f"{claim['confidence']:.0%}") + " ", class_="quiet"
    )
    seals = _seals(claim)
    words = element("div", element("p", claim_text(claim)), element("p", *seals, sure, *links))
    number = element("span", f"{at}", class_="n", aria_hidden="true")
    return element("li", number, words, class_="claim", id=f"claim-{at}")


def _sides(report: Report, dispute: Dispute, numbered: Numbers) -> Iterable[Element]:
    yield element("td", *_side(report, dispute.claim, numbered))
    others = [part for other in dispute.others for part in _side(report, other, numbered)]
    yield element("td", *(others or [element("p", _("Another source, which the report does not name."))]))


def _side(report: Report, at: int, numbered: Numbers) -> Iterable[Element]:
    claim = report["claims"][at - 1]
    links = [cite(numbered[key]) for key in dict.fromkeys(keys_of(claim))]
    yield element("p", claim_text(claim), " ", *links)
    seals = _seals(claim)
    yield element("p", *seals, " ", element("a", _("claim {number}").format(number=at), href=f"#claim-{at}"))
    for named, rated in graded(report, claim):
        yield element("p", f"{named}: " + _("credibility {grade}").format(grade=rated), class_="quiet")


def _citation(passage: CitedPassage) -> Iterable[Element]:
    yield element("h3", f"[{passage.number}] ", title(passage.source))
    yield element("p", _place(passage), class_="quiet place")
    stands = [(_("Stands in"), passage.place)] if passage.place else []
    facts = [
        element("div", element("dt", name), element("dd", said))
        for name, said in (*origin(passage.source), *stands)
    ]
    yield element("dl", *facts, class_="facts")
    heading = _("Characters {start} to {end} of the stored text").format(start=passage.start, end=passage.end)
    tag = {"lang": spoken} if (spoken := language(passage.source)) else {}
    quote = element(
        "blockquote", passage.before, element("mark", passage.quote), passage.after, dir="auto", **tag
    )
    lost = element("p", _(LOST), class_="badge bad")
    shown = [quote] if passage.found else [quote, lost]
    yield element("details", element("summary", heading), *shown, open="open")
    back = element(
        "a",
        _("Back to the answer"),
        href="#answer",
        aria_label=_("Back from {number} to the answer").format(number=passage.number),
    )
    yield element("p", back, class_="back quiet")


def _place(passage: CitedPassage) -> Element | str:
    """Link a web address; show a file or another scheme as plain text."""
    location = str(passage.source["location"])
    if not (href := address(passage.source)):
        return location
    return element("a", location, href=href, rel="noopener noreferrer nofollow external")
