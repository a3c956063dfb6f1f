"""Write a finished call as JSON and read it back, for the journal and for the cache."""

from __future__ import annotations

import json
from typing import Any

from graph.costs import Tokens
from graph.records import Call, Outcome, Passage, Source, Span, Unknown
from graph.stores.retrievals import described, fields


def to_json(call: Call) -> str:
    """Write a call; it refers to its texts, which are stored elsewhere."""
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
        "sources": tuple(described(*row) for row in record.get("sources", ())),
    }
    return Call(**{**record, **read})


def _fields(record: Any) -> object:  # noqa: ANN401 - json calls it with whatever it does not know
    """Return the values of a record by name; `asdict` would copy each and take three times as long."""
    if isinstance(record, Source):
        return fields(record)
    return {name: getattr(record, name) for name in record.__slots__}
