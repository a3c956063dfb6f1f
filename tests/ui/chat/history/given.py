"""Make the dicts Chainlit could hand over, of any value their types allow."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from chainlit.element import ElementDict
from chainlit.step import StepDict
from hypothesis import strategies as st

AWKWARD = "a NUL \0, half a character \ud83d, a private one \ue0ff0, a quote ' and Ünïcödé 🦉"
CONTENT = bytes(range(256))

TEXT = st.text(st.characters(), max_size=40)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
OBJECT = st.dictionaries(TEXT, JSON, max_size=3)
MAYBE_TEXT = st.none() | TEXT
FLAG = st.none() | st.booleans()
ID = st.uuids(version=4).map(str)
MOMENT = st.none() | st.datetimes().map(lambda moment: f"{moment.isoformat()}Z") | st.just("no time")

STEP: dict[str, st.SearchStrategy[Any]] = {
    "name": TEXT,
    "type": st.sampled_from(["user_message", "assistant_message", "tool", "run", "undefined"]),
    "threadId": ID,
    "parentId": st.none() | ID,
    "command": MAYBE_TEXT,
    "modes": st.none() | st.dictionaries(TEXT, TEXT, max_size=2),
    "streaming": st.booleans(),
    "waitForAnswer": FLAG,
    "isError": FLAG,
    "metadata": OBJECT,
    "tags": st.none() | st.lists(TEXT, max_size=3),
    "input": TEXT,
    "output": TEXT,
    "createdAt": MOMENT,
    "start": MOMENT,
    "end": MOMENT,
    "generation": st.none() | OBJECT,
    "showInput": FLAG | TEXT,
    "defaultOpen": FLAG,
    "autoCollapse": FLAG,
    "language": MAYBE_TEXT,
    "icon": MAYBE_TEXT,
}
ELEMENT: dict[str, st.SearchStrategy[Any]] = {
    "threadId": ID,
    "type": st.sampled_from(["image", "text", "pdf", "tasklist", "audio", "file", "plotly", "custom"]),
    "chainlitKey": MAYBE_TEXT,
    "path": MAYBE_TEXT,
    "url": MAYBE_TEXT,
    "objectKey": MAYBE_TEXT,
    "name": TEXT,
    "display": st.sampled_from(["inline", "side", "page"]),
    "size": st.none() | st.sampled_from(["small", "medium", "large"]),
    "language": MAYBE_TEXT,
    "page": st.none() | st.integers(),
    "props": st.none() | OBJECT,
    "autoPlay": FLAG,
    "playerConfig": st.none() | OBJECT,
    "forId": st.none() | ID,
    "mime": MAYBE_TEXT,
}


def _some(fields: dict[str, st.SearchStrategy[Any]], always: set[str]) -> st.SearchStrategy[Any]:
    """Draw a dict with an id and any of the other keys left out."""
    return st.fixed_dictionaries(
        {"id": ID} | {key: fields[key] for key in always},
        optional={key: drawn for key, drawn in fields.items() if key not in always},
    )


STEPS: st.SearchStrategy[StepDict] = _some(STEP, {"threadId"})
ELEMENTS: st.SearchStrategy[ElementDict] = _some(ELEMENT, {"threadId", "name", "type"})


def step(thread: str, number: int = 0, **changes: Any) -> StepDict:  # noqa: ANN401 - any field of a step
    """Return an answer as `cl.Message` would write one, the `number`-th of its thread."""
    made: Any = {
        "id": str(uuid5(NAMESPACE_URL, f"{thread} {number}")),
        "threadId": thread,
        "name": "Attest",
        "type": "assistant_message",
        "output": f"answer {number}",
        "createdAt": f"2026-01-01T00:00:{number % 60:02}Z",
        "metadata": {},
    }
    chosen: StepDict = made | changes
    return chosen
