"""Describe the contents of a report in the words that every form shares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from guards.outside_text import is_public
from guards.visible_text import one_line
from ui.catalogue import N_, _
from ui.report.conflicts import conflicts
from ui.report.counted_words import count_calls, spent
from ui.report.credibility_words import credibility, scored
from ui.report.gap_titles import gap_title
from ui.report.other_places import elsewhere
from ui.report.phase_words import phase_title
from ui.report.readable_text import readable

Report = Mapping[str, Any]

CHECKING = N_(
    "Unpack the archive of this report and run `attest verify .` in its folder: it compares every quote with"
    " the stored sources, and the whole record with its audit chain, without a model and without a network."
)
LOST = N_("The stored text does not hold these words there.")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Hold a claim and the claims it disagrees with, by their number in the report from 1."""

    claim: int
    others: tuple[int, ...]


def disputes(report: Report) -> list[Dispute]:
    """Return the contradicted claims, each with those on the other side."""
    sides = conflicts(report["claims"])
    return [
        Dispute(claim=at, others=tuple(sorted(sides[at])))
        for at, claim in enumerate(report["claims"], start=1)
        if claim["verdict"] == "contradicted"
    ]


def unknowns(report: Report) -> list[tuple[str, str]]:
    """Return what the report does not know: the kind of each gap in words, and its detail."""
    return [(one_line(gap_title(gap["kind"])), one_line(gap["detail"]).strip()) for gap in report["unknowns"]]


def bills(report: Report) -> list[tuple[str, str]]:
    """Return what each tool and model cost, in dollars."""
    cost = report["cost"]
    return [(one_line(name), f"${usd}") for name, usd in {**cost["by_tool"], **cost["by_model"]}.items()]


def phases(report: Report) -> list[tuple[str, str]]:
    """Return how long each phase took."""
    taken = report["timings"]["phases"].items()
    return [(phase_title(one_line(name)), f"{seconds:.2f} s") for name, seconds in taken]


def roles(report: Report) -> list[tuple[str, str]]:
    """Return which model answered for each role."""
    return [(one_line(role), one_line(name)) for role, name in report.get("roles", {}).items()]


def standing(report: Report) -> str:
    """Say when the run ended, how long it took and what it cost."""
    cost, timings = report["cost"], report["timings"]
    calls = count_calls(cost["calls"])
    return f"{moment(timings['finished'])} · {timings['seconds']:.1f} s · {calls} · ${one_line(cost['usd'])}"


def money(report: Report) -> str:
    """Say what was spent, and the planned maximum."""
    said = spent(one_line(report["cost"]["usd"]), report["cost"].get("estimate_usd"))
    return said[:1].upper() + said[1:]


def origin(source: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the facts about a source besides its title and location."""
    if source.get("author"):
        yield _("Author"), one_line(source["author"])
    yield _("Published"), one_line(source["published"] or "") or _("not dated")
    yield _("Retrieved"), moment(source["retrieved_at"])
    if said := credibility(source):
        yield _("Credibility"), said
    if others := elsewhere(source):
        yield _("Also found at"), others


def graded(report: Report, claim: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return title and grade of each source that a claim rests on and that has a score."""
    cited = {citation["source"] for citation in claim["citations"]}
    sources = [each for each in report["sources"] if each["id"] in cited]
    return [(title(each), said) for each in sources if (said := scored(each))]


def title(source: Mapping[str, Any]) -> str:
    """Return the name a source gives itself."""
    return readable(source["title"]) or _("Untitled source")


def language(source: Mapping[str, Any]) -> str:
    """Return the tag of a source's language, or nothing where it is no tag."""
    named = str(source.get("language") or "")
    return named if LANGUAGE.fullmatch(named) else ""


def address(source: Mapping[str, Any]) -> str:
    """Return the web address of a source that may be followed, or nothing."""
    place = str(source["location"])
    harmless = place.isascii() and place.isprintable() and not set(place) & set(" \"'<>\\`")
    return place if harmless and is_public(place) else ""


def moment(text: str) -> str:
    """Write a moment in UTC for a person, to the minute."""
    written = one_line(text)
    return f"{written[:10]} {written[11:16]} UTC" if written[10:11] == "T" else written
