from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from graph.errors import Misconfigured
from tools.documents.refresh import NoArguments
from tools.models.embedding.embedding_arguments import (
    MOST_TEXTS,
    SCAFFOLD,
    EmbeddingArguments,
    EmbeddingPurpose,
    embedding_arguments,
)


def given(texts_json: str) -> EmbeddingArguments:
    return EmbeddingArguments(purpose=EmbeddingPurpose.QUERY, texts_json=texts_json)


def test_no_text_has_more_tokens_than_bytes() -> None:
    """What is reserved covers letters of several bytes."""
    assert given(json.dumps(["ab", "ü"])).most_tokens == 2 * SCAFFOLD + 4


@pytest.mark.parametrize("texts", ["", "[]", '[""]', '{"a": 1}', "[1]", json.dumps(["x"] * (MOST_TEXTS + 1))])
def test_what_is_no_list_of_texts_is_refused(texts: str) -> None:
    """A provider is never asked for nothing, nor for very many at once."""
    with pytest.raises(ValidationError):
        given(texts)


def test_the_arguments_of_another_tool_are_refused() -> None:
    """The operator is told what was given."""
    with pytest.raises(Misconfigured, match="NoArguments"):
        embedding_arguments(NoArguments())
