"""The arguments of a call to a model, and how many tokens they can be at most."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from graph.errors import Misconfigured
from tools.models.prompted_role import ModelRole

SCAFFOLD = 256
"""Tokens that a provider may add to a prompt: the marks of its turns, its words about the schema."""


class ModelArguments(BaseModel, frozen=True, extra="forbid"):
    """Ask a model: `prompt` names the prompt and its content, `schema_json` gives a JSON Schema or nothing.

    The temperature is 0 and is no argument. `streamed` only says that the text is announced as it comes.
    """

    role: ModelRole
    prompt: Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}@[0-9a-f]{1,64}$")]
    system: str
    user: Annotated[str, StringConstraints(min_length=1)]
    # A field of the argument's own name would hide an old method of pydantic.
    json_schema: Annotated[str, Field(alias="schema_json")] = ""
    most_tokens: Annotated[int, Field(ge=1, le=65_536)] = 2_048
    streamed: bool = False


def model_arguments(arguments: BaseModel) -> ModelArguments:
    """Return the arguments of a model; raise Misconfigured for those of another tool."""
    if isinstance(arguments, ModelArguments):
        return arguments
    raise Misconfigured(f"a model was given {type(arguments).__name__}: give ModelArguments")


def most_prompt_tokens(arguments: ModelArguments) -> int:
    """Return a number of tokens that the prompt cannot exceed, without a request.

    Every token of a lossless tokenizer stands for at least one byte of UTF-8, so a text has no more tokens
    than bytes; English has about a fourth. The schema counts twice, because a provider may write it with
    other spacing.
    """
    sent = arguments.system, arguments.user, arguments.json_schema, arguments.json_schema
    return SCAFFOLD + sum(len(text.encode()) for text in sent)
