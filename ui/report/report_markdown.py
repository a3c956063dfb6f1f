"""Write a report as Markdown, for reading; the JSON beside it is the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ui.catalogue import N_, _
from ui.report.answer_markdown import answer_markdown
from ui.report.answer_standing import explained, status_words
from ui.report.cited_place import cited_places
from ui.report.counted_words import count_calls, spent
from ui.report.credibility_words import credibility
from ui.report.gap_titles import NOTHING_MISSING, gap_title
from ui.report.markdown_escaping import phrase, quotation
from ui.report.nearest_passage import NEAREST, nearest
from ui.report.other_places import elsewhere
from ui.report.page_match import MADE
from ui.report.phase_words import phase_title
from ui.report.readable_lines import as_text, readable_lines
from ui.report.readable_text import readable

Report = Mapping[str, Any]

FORM = 4
"""The form of this page, which verifying compares; raise it with any change of what is written."""

CHECKING = N_(
    "`attest verify .` in this folder compares every quote with the stored sources, and record, page and"
    " audit chain with one another, without a model and without a network."
)


def report_markdown(report: Report) -> str:
    """Return the whole report as Markdown; outside text is escaped."""
    parts = [
        f"# {phrase(report['question']) or _('No question')}",
        _standing(report),
        answer_markdown(report),
        *_nearest(report),
        *_citations(report),
        *_unknowns(report),
        *_spending(report),
        *_checking(),
    ]
    return "\n\n".join(parts) + "\n"


def summary(report: Report) -> str:
    """Say in one line how a run ended."""
    calls, seconds = report["cost"]["calls"], report["timings"]["seconds"]
    facts = [f"${report['cost']['usd']}", count_calls(calls), f"{seconds:.1f} s"]
    return ", ".join([status_words(report), *facts])


def _standing(report: Report) -> str:
    run_id, finished = phrase(report["run_id"]), phrase(report["timings"]["finished"])
    ended = (
        f"**{status_words(report)}** — {_('run {run}, finished {when}').format(run=run_id, when=finished)}"
    )
    return "\n\n".join(filter(None, [ended, phrase(explained(report))]))


def _nearest(report: Report) -> Iterator[str]:
    if near := nearest(report):
        yield f"## {_(NEAREST)}"
        yield _origin(near.source)
        yield quotation(as_text(near.lines))


def _citations(report: Report) -> Iterator[str]:
    """List passages by first use: the order `guards.claims.citations.numbered` gives them numbers in."""
    cited = [c for claim in report["claims"] for c in claim["citations"]]
    passages = dict.fromkeys((c["source"], c["start"], c["end"], c["quote"]) for c in cited)
    sources = {source["id"]: source for source in report["sources"]}
    confirmed, places = _confirmed(report["claims"], list(passages)), cited_places(report)
    if passages:
        yield f"## {_('Citations')}"
    for number, (source, start, end, quote) in enumerate(passages, start=1):
        stands = f", {phrase(said)}" if (said := places[source, start, end, quote]) else ""
        place = _("characters {start} to {end} of `{file}`").format(
            start=start, end=end, file=f"sources/{source}.txt"
        )
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
                said[number] = "; " + _("says the same as {number}").format(number=f"[{places[0]}]")
    return said


def _origin(source: Mapping[str, Any]) -> str:
    title = phrase(readable(source["title"])) or _("untitled")
    facts = [phrase(fact) for fact in _facts(source)]
    return f"{title} — {phrase(source['location'])}  \n{', '.join(facts)}"


def _facts(source: Mapping[str, Any]) -> Iterator[str]:
    if source.get("author"):
        yield _("by {author}").format(author=source["author"])
    published = source["published"]
    yield _("published {date}").format(date=published) if published else _("not dated")
    yield _("retrieved {date}").format(date=source["retrieved_at"])
    if said := credibility(source):
        yield _("credibility {grade}").format(grade=said)
    if said := elsewhere(source):
        yield _("also found at {places}").format(places=said)


def _unknowns(report: Report) -> Iterator[str]:
    yield f"## {_('What this report does not know')}"
    found = [f"- {phrase(gap_title(gap['kind']))}: {phrase(gap['detail'])}" for gap in report["unknowns"]]
    yield "\n".join(found) or _(NOTHING_MISSING)


def _spending(report: Report) -> Iterator[str]:
    yield f"## {_('Cost and time')}"
    bills = {**report["cost"]["by_tool"], **report["cost"]["by_model"]}
    phases = report["timings"]["phases"]
    lines = [f"- {summary(report)}"]
    if (estimate := report["cost"].get("estimate_usd")) is not None:
        lines.append(f"- {spent(report['cost']['usd'], estimate)}")
    lines += [f"- {phrase(name)}: ${usd}{_tokens(report, name)}" for name, usd in bills.items()]
    lines += [f"- {phrase(phase_title(name))}: {seconds:.2f} s" for name, seconds in phases.items()]
    yield "\n".join(lines)


def _tokens(report: Report, model: str) -> str:
    """Return the tokens a model read and wrote; nothing for a tool, or where none were counted."""
    counted = report["cost"].get("tokens", {}).get(model)
    if counted is None:
        return ""
    cached = (
        _(" ({count} of them cached)").format(count=f"{counted['cached']:,}") if counted.get("cached") else ""
    )
    sent = _("{count} tokens sent").format(count=f"{counted['prompt']:,}")
    written = _("{count} written").format(count=f"{counted['answer']:,}")
    return f", {sent}{cached}, {written}"


def _checking() -> Iterator[str]:
    yield f"## {_('How to check this report')}"
    yield _(CHECKING)
    yield _(MADE).format(form=FORM)
