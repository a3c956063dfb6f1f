"""Screen output: leave out what is not valid in the result of a tool, and report it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from heapq import nlargest
from math import isfinite

from graph.records import Passage, Result, Snapshot, Source, Unknown, source_id
from graph.tool import Group, ToolSpec
from tools.search_results import LONGEST_ADDRESS, LONGEST_TITLE

MOST_BYTES = 10 * 1024 * 1024
MOST_PASSAGES = 200

# Joiners stay: some scripts are written with them. Controls and changes of direction disguise a title.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def screen_output(result: Result, spec: ToolSpec) -> Result:
    """Return a result without its invalid sources and passages, with a cost within the price of the call.

    Each kind of fault is counted in `skipped` as an Unknown of kind "screened". The passages of a tool of
    the documents point at sources that are stored already: their length is not known here.
    """
    faults: Counter[str] = Counter()
    snapshots = _sound(result.snapshots, faults)
    lengths = None if spec.group is Group.DOCUMENTS else {s.source.id: len(s.text) for s in snapshots}
    sources = result.sources if lengths is None else _placed(result.sources, lengths, faults)
    passages = _best(_pointing(result.passages, lengths, faults), faults)
    cost = min(max(result.cost, 0), spec.price)
    said = [f"{spec.name}: {count} left out: {why}" for why, count in faults.items()]
    if cost != result.cost:
        said.append(
            f"{spec.name}: it said it cost {result.cost} micro-dollars, {cost} were booked: correct its price"
        )
    if not said:
        return result
    unknowns = tuple(Unknown(kind="screened", detail=detail) for detail in said)
    skipped = result.skipped + unknowns
    return replace(
        result, snapshots=snapshots, sources=sources, passages=passages, cost=cost, skipped=skipped
    )


def _sound(snapshots: tuple[Snapshot, ...], faults: Counter[str]) -> tuple[Snapshot, ...]:
    kept = []
    for snapshot in snapshots:
        if fault := _fault(snapshot):
            faults[fault] += 1
        else:
            kept.append(snapshot)
    return tuple(kept)


def _placed(sources: tuple[Source, ...], lengths: dict[str, int], faults: Counter[str]) -> tuple[Source, ...]:
    """Keep the descriptions of texts that this call brought."""
    kept = []
    for source in sources:
        fault = _misnamed(source) or ("" if source.id in lengths else "a text it did not bring is described")
        if fault:
            faults[fault] += 1
        else:
            kept.append(source)
    return tuple(kept)


def _misnamed(source: Source) -> str:
    """Name what is wrong with the description of a source, if anything."""
    title = source.title.reveal()
    if len(source.location) > LONGEST_ADDRESS or not source.location.isprintable():
        return "the address of a source is too long or not printable"
    if (len(title) > LONGEST_TITLE and title != source.location) or _CONTROL.search(title):
        return "the title of a source is too long or not printable"
    return ""


def _fault(snapshot: Snapshot) -> str:
    """Name what is wrong with a source, if anything; check the size first, because hashing takes longest."""
    source, text = snapshot.source, snapshot.text.reveal()
    if fault := _misnamed(source):
        return fault
    if len(text) > MOST_BYTES:
        return "the text of a source is longer than 10 MB"
    try:
        size, name = len(text.encode()), source_id(text)
    except UnicodeEncodeError:
        return "the text of a source is not Unicode"
    if size > MOST_BYTES:
        return "the text of a source is longer than 10 MB"
    return "" if source.id == name else "the id of a source is not that of its text"


def _pointing(
    passages: tuple[Passage, ...], lengths: dict[str, int] | None, faults: Counter[str]
) -> tuple[Passage, ...]:
    """Keep the passages that have a score and lie within a source; without lengths, accept any source."""
    kept = []
    for passage in passages:
        span = passage.span
        end = span.end if lengths is None else lengths.get(span.source, 0)
        if not isfinite(passage.score):
            faults["the score of a passage is no number"] += 1
        elif not 0 <= span.start < span.end <= end:
            faults["a passage does not lie within a source"] += 1
        else:
            kept.append(passage)
    return tuple(kept)


def _best(passages: tuple[Passage, ...], faults: Counter[str]) -> tuple[Passage, ...]:
    """Keep the passages with the highest scores, in their order."""
    if len(passages) <= MOST_PASSAGES:
        return passages
    faults[f"more passages than the best {MOST_PASSAGES}"] += len(passages) - MOST_PASSAGES
    places = nlargest(MOST_PASSAGES, range(len(passages)), key=lambda place: passages[place].score)
    return tuple(passages[place] for place in sorted(places))
