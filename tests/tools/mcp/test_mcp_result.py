from __future__ import annotations

from typing import Any

import pytest
from mcp.types import (
    BlobResourceContents,
    CallToolResult,
    ContentBlock,
    EmbeddedResource,
    ResourceLink,
    TextContent,
    TextResourceContents,
)
from pydantic import AnyUrl

from graph.errors import Unusable
from graph.records import Result
from tools.mcp.mcp_result import source_of_answer

WHERE = AnyUrl("birds://shag")


def made(*content: ContentBlock, structure: dict[str, Any] | None = None, error: bool = False) -> Result:
    answer = CallToolResult(content=list(content), structuredContent=structure, isError=error)
    return source_of_answer(answer, location="mcp:birds/lookup", title="t", now=0.0)


def text(words: str) -> TextContent:
    return TextContent(type="text", text=words)


def stored(found: Result) -> str:
    (snapshot,) = found.snapshots
    return snapshot.text.reveal()


@pytest.mark.parametrize(
    ("content", "structure", "shown"),
    [
        (["a", "b"], None, "a\n\nb"),
        ([], {"b": 1, "a": "é"}, '{\n "a": "é",\n "b": 1\n}'),
        (['{"a": 1}'], {"a": 1}, '{"a": 1}'),
        (["shag"], {"result": "shag"}, "shag"),
        (["1"], {"result": 1}, "1"),
        (["a", "b"], {"result": ["a", "b"]}, 'a\n\nb\n\n{\n "result": [\n  "a",\n  "b"\n ]\n}'),
        (["in short"], {"a": 1}, 'in short\n\n{\n "a": 1\n}'),
        (["a\u200bb\r\n"], None, "ab"),
    ],
)
def test_texts_and_structure_make_one_source(
    content: list[str], structure: dict[str, Any] | None, shown: str
) -> None:
    """A structure is written out, unless a text of the answer says the same already."""
    assert stored(made(*map(text, content), structure=structure)) == shown


def test_what_is_embedded_is_read_and_what_is_no_text_is_counted() -> None:
    """A text within a resource is part of the source; links and bytes are left out, and it is said."""
    found = made(
        EmbeddedResource(type="resource", resource=TextResourceContents(uri=WHERE, text="inside")),
        EmbeddedResource(type="resource", resource=BlobResourceContents(uri=WHERE, blob="AA==")),
        ResourceLink(type="resource_link", uri=WHERE, name="more"),
    )
    assert stored(found) == "inside"
    assert found.detail == "1 source; 2 parts without text left out"


def test_passages_cover_a_long_answer_in_order() -> None:
    """Each passage points into the source, the first ranks highest."""
    found = made(text("The shag nests on cliffs. " * 500))
    (snapshot,) = found.snapshots
    assert len(found.passages) > 1
    assert {passage.span.source for passage in found.passages} == {snapshot.source.id}
    assert found.passages == tuple(sorted(found.passages, key=lambda passage: -passage.score))
    assert found.passages[-1].span.end == len(snapshot.text)


@pytest.mark.parametrize(
    ("words", "error", "reason"),
    [
        ("\u200b \n", False, "brought no text"),
        ("a" * 1_000_001, False, "more than 1,000,000 characters"),
        ("two\nlines", True, r"^mcp:birds/lookup failed: two lines$"),
        ("", True, "without saying why"),
    ],
)
def test_an_answer_that_is_no_source_is_dropped(words: str, error: bool, reason: str) -> None:  # noqa: FBT001  # a case of the table
    """What a server calls an error, and what holds no text or too much, is dropped with a reason."""
    with pytest.raises(Unusable, match=reason):
        made(text(words), error=error)
