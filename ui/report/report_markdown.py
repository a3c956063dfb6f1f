"""Write a report as Markdown, for reading; the JSON beside it is the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ui.report.answer_markdown import answer_markdown
from ui.report.answer_standing import explained, status
from ui.report.cited_place import cited_places
from ui.report.credibility_words import credibility
from ui.report.markdown_escaping import phrase, quotation
from ui.report.other_places import elsewhere
from ui.report.readable_lines import as_text, readable_lines
from ui.report.readable_text import readable

Report = Mapping[str, Any]

FORM = 4
"""The form of this page, which verifying compares; raise it with any change of what is written."""


def report_markdown(report: Report) -> str:
    """Return the whole report as Markdown; outside text is escaped."""
    parts = [
        f"# {phrase(report['question']) or 'No question'}",
        _standing(report),
        answer_markdown(report),
        *_citations(report),
        *_unknowns(report),
        *_spending(report),
        *_checking(),
    ]
    return "\n\n".join(parts) + "\n"


def summary(report: Report) -> str:
    """Say in one line how a run ended."""
    calls, seconds = report["cost"]["calls"], report["timings"]["seconds"]
    return f"{status(report)}, ${report['cost']['usd']}, {count(calls, 'call')}, {seconds:.1f} s"


def _standing(report: Report) -> str:
    standing, run_id = str(status(report)).capitalize(), phrase(report["run_id"])
    ended = f"**{standing}** — run {run_id}, finished {phrase(report['timings']['finished'])}"
    return "\n\n".join(filter(None, [ended, phrase(explained(report))]))


def _citations(report: Report) -> Iterator[str]:
    """List passages by first use: the order `guards.claims.citations.numbered` gives them numbers in."""
    cited = [c for claim in report["claims"] for c in claim["citations"]]
    passages = dict.fromkeys((c["source"], c["start"], c["end"], c["quote"]) for c in cited)
    sources = {source["id"]: source for source in report["sources"]}
    confirmed, places = _confirmed(report["claims"], list(passages)), cited_places(report)
    if passages:
        yield "## Citations"
    for number, (source, start, end, quote) in enumerate(passages, start=1):
        stands = f", {phrase(said)}" if (said := places[source, start, end, quote]) else ""
        place = f"characters {start} to {end} of `sources/{source}.txt`"
        yield f"**[{number}]** {_origin(sources[source])}{stands}, {place}{confirmed.get(number, '')}"
        yield quotation(as_text(readable_lines(quote)))


def _confirmed(claims: Sequence[Mapping[str, Any]], passages: Sequence[tuple[Any, ...]]) -> dict[int, str]:
    """Name for each confirming passage the passage of another source that it confirms."""
    numbers = {passage[:3]: number for number, passage in enumerate(passages, start=1)}
    said: dict[int, str] = {}
    for claim in claims:
        places = [numbers[c["source"], c["start"], c["end"]] for c in claim["citations"]]
        for number, citation in zip(places, claim["citations"], strict=True):
            if citation.get("confirms"):
                said[number] = f"; says the same as [{places[0]}]"
    return said


def _origin(source: Mapping[str, Any]) -> str:
    published = f"published {phrase(source['published'])}" if source["published"] else "not dated"
    author = f"by {phrase(source['author'])}, " if source.get("author") else ""
    rated = f"; credibility {phrase(said)}" if (said := credibility(source)) else ""
    others = f"; also found at {phrase(said)}" if (said := elsewhere(source)) else ""
    return (
        f"{phrase(readable(source['title'])) or 'untitled'} — {phrase(source['location'])}  \n"
        f"{author}{published}, retrieved {phrase(source['retrieved_at'])}{rated}{others}"
    )


def _unknowns(report: Report) -> Iterator[str]:
    yield "## What this report does not know"
    gaps = [
        f"- {phrase(gap['kind'].replace('_', ' '))}: {phrase(gap['detail'])}" for gap in report["unknowns"]
    ]
    yield "\n".join(gaps) or "Nothing is known to be missing."


def _spending(report: Report) -> Iterator[str]:
    yield "## Cost and time"
    bills = {**report["cost"]["by_tool"], **report["cost"]["by_model"]}
    phases = report["timings"]["phases"]
    lines = [f"- {summary(report)}"]
    if (estimate := report["cost"].get("estimate_usd")) is not None:
        lines.append(f"- spent ${report['cost']['usd']}, planned for at most ${estimate}")
    lines += [f"- {phrase(name)}: ${usd}{_tokens(report, name)}" for name, usd in bills.items()]
    lines += [f"- {phrase(name)}: {seconds:.2f} s" for name, seconds in phases.items()]
    yield "\n".join(lines)


def _tokens(report: Report, model: str) -> str:
    """Return the tokens a model read and wrote; nothing for a tool, or where none were counted."""
    counted = report["cost"].get("tokens", {}).get(model)
    if counted is None:
        return ""
    cached = f" ({counted['cached']:,} of them cached)" if counted.get("cached") else ""
    return f", {counted['prompt']:,} tokens sent{cached}, {counted['answer']:,} written"


def _checking() -> Iterator[str]:
    yield "## How to check this report"
    yield (
        "`attest verify .` in this folder compares every quote with the stored sources, and record, page and"
        " audit chain with one another, without a model and without a network. The record is `report.json`;"
        f" this page is made from it, in form {FORM}."
    )


def count(number: int, noun: str) -> str:
    """Write a number with its noun, in the plural where it is not one."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
