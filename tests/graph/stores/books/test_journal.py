from __future__ import annotations

import json
from dataclasses import replace

from graph.costs import Tokens
from graph.records import Unknown
from graph.stores.books.journal import from_json, to_json
from tests.nodes.roles import PASSAGE, call

CALL = replace(
    call("t1"),
    passages=(PASSAGE,),
    unknowns=(Unknown(kind="skipped", detail="a.bin"),),
    tokens=Tokens(prompt=3, answer=2),
)


def test_a_call_reads_back_as_it_was() -> None:
    """Passages, gaps and tokens keep their types."""
    assert from_json(to_json(CALL)) == CALL


def test_a_call_of_an_earlier_release_is_read() -> None:
    """What was not stored then has its default."""
    record = json.loads(to_json(CALL))
    earlier = {name: value for name, value in record.items() if name not in {"tokens", "sources", "fault"}}
    assert from_json(json.dumps(earlier)) == replace(CALL, tokens=None)
