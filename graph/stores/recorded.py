"""Write a finished call as JSON and read it back, for the journal and for the cache."""

from __future__ import annotations

import json
from typing import Any

from graph.costs import Tokens
from graph.records import Call, Outcome, Passage, Source, Span, Unknown
from graph.untrusted import Untrusted


def to_json(call: Call) -> str:
    """Write a call; its texts are elsewhere, it only points at them."""
    return json.dumps(call, default=_fields)


def from_json(text: str) -> Call:
    """Read a call that `to_json` wrote, in this release or an earlier one."""
    record = json.loads(text)
    passages = tuple(
        Passage(span=Span(**passage["span"]), score=passage["score"], branch=passage["branch"])
        for passage in record["passages"]
    )
    read = {
        "outcome": Outcome(record["outcome"]),
        "passages": passages,
        "unknowns": tuple(Unknown(**unknown) for unknown in record["unknowns"]),
        "tokens": Tokens(**record["tokens"]) if record.get("tokens") else None,
        "sources": tuple(_source(**source) for source in record.get("sources", ())),
    }
    return Call(**{**record, **read})


def _source(*, title: str, author: str | None, **plain: Any) -> Source:  # noqa: ANN401 - the rest as it was written
    return Source(title=Untrusted(title), author=Untrusted(author) if author else None, **plain)


def _fields(record: Any) -> dict[str, object] | str:  # noqa: ANN401 - json calls it with what it does not know
    """Name the values of a record; `asdict` would copy each of them and take three times as long."""
    if isinstance(record, Untrusted):
        return record.reveal()
    return {name: getattr(record, name) for name in record.__slots__}
