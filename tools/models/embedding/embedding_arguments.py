"""The arguments of a call that makes vectors, and how many tokens they can be at most."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, StringConstraints, TypeAdapter, ValidationError, field_validator

from graph.errors import Misconfigured

MOST_TEXTS = 64
SCAFFOLD = 16
"""Tokens that a provider may add to each text."""
_TEXTS = TypeAdapter(list[Annotated[str, StringConstraints(min_length=1)]])


class EmbeddingPurpose(StrEnum):
    """Say what a vector is for: some models encode a question otherwise than what answers it."""

    PASSAGE = "passage"
    QUERY = "query"


class EmbeddingArguments(BaseModel, frozen=True, extra="forbid"):
    """Ask for the vectors of texts, given as a list in JSON because an argument is one value."""

    purpose: EmbeddingPurpose
    texts_json: str

    @field_validator("texts_json")
    @classmethod
    def _is_a_list(cls, value: str) -> str:
        try:
            texts = _TEXTS.validate_json(value)
        except ValidationError:
            raise ValueError("it is no list of texts") from None
        if not 1 <= len(texts) <= MOST_TEXTS:
            raise ValueError(f"give from 1 to {MOST_TEXTS} texts")
        return value

    @property
    def texts(self) -> list[str]:
        """Return the texts."""
        return list(json.loads(self.texts_json))

    @property
    def most_tokens(self) -> int:
        """Return a number of tokens that the texts cannot exceed: a token stands for a byte at least."""
        return sum(SCAFFOLD + len(text.encode()) for text in self.texts)


def embedding_arguments(arguments: BaseModel) -> EmbeddingArguments:
    """Return the arguments of such a call; raise Misconfigured for those of another tool."""
    if isinstance(arguments, EmbeddingArguments):
        return arguments
    raise Misconfigured(f"an embedder was given {type(arguments).__name__}: give EmbeddingArguments")
