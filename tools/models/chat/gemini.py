"""Make the client of a Gemini model."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import httpx

from graph.errors import Misconfigured
from tools.models.chat.model_arguments import ModelArguments
from tools.models.chat.model_client import GARBAGE, OpenedModel
from tools.net.endpoint import Address, Endpoint

CONNECT_SECONDS = 5.0
GEMINI = Address(name="GEMINI", url="https://generativelanguage.googleapis.com", key="required")
_BUDGETED = re.compile(r"gemini-2\.5-(?:pro|flash)")
_LEVELLED = re.compile(r"gemini-(?:[3-9]|\d\d|(?:pro|flash|flash-lite)-latest)")
MUCH_THINKING = 8_192
"""From so many tokens for thoughts on, a model that knows only levels of thinking has no limit."""


class _Transport(httpx.AsyncHTTPTransport):
    """Send requests by httpx: without a transport the library uses aiohttp wherever that is installed."""

    def close(self) -> None:
        """Do nothing: the library gives the same transport to its synchronous client, which is never used."""


def open_gemini(where: Endpoint, model: str, thinking: int) -> OpenedModel:
    """Make the client of a model; importing its library takes a second.

    The environment decides nothing: not the address, not the key, not whether it is Vertex.
    """
    from google.genai.errors import APIError  # noqa: PLC0415  # a second to import: in a thread, once
    from langchain_google_genai import ChatGoogleGenerativeAI  # noqa: PLC0415  # same
    from langchain_google_genai._common import GoogleGenerativeAIError  # noqa: PLC0415  # same

    client = ChatGoogleGenerativeAI(
        model=model,
        base_url=where.url,
        api_key=where.key,
        vertexai=False,
        max_retries=1,  # 0 would be the library's own five
        client_args=http_settings(),
        temperature=None if _LEVELLED.match(model) else 0.0,  # from 3 on, it is said, they may loop at 0
    )
    return OpenedModel(
        client=client,
        options=lambda arguments: _options(arguments, model, thinking),
        # What it cannot read it raises as Python's own errors.
        faults=(APIError, GoogleGenerativeAIError, httpx.HTTPError, *GARBAGE),
        close=client.aclose,
        native=True,
    )


def http_settings() -> dict[str, Any]:
    """Return how a client of Gemini sends its requests."""
    return {"event_hooks": {"request": [_bound_connecting]}, "transport": _Transport()}


def check_key(where: Endpoint) -> None:
    """Raise Misconfigured for a key that no header can carry."""
    secret = where.secret()
    if not (secret.isascii() and secret.isprintable() and secret == secret.strip()):
        raise Misconfigured(f"ATTEST_{where.name}_KEY holds signs no header can carry: write it in ASCII")


def _options(arguments: ModelArguments, model: str, thinking: int) -> Mapping[str, Any]:
    """Return the settings of one call; the limit of tokens includes thoughts, so theirs are added."""
    options: dict[str, Any] = {"max_output_tokens": arguments.most_tokens + thinking}
    if _BUDGETED.match(model):
        options["thinking_budget"] = thinking
    elif _LEVELLED.match(model) and thinking < MUCH_THINKING:
        options["thinking_level"] = "low"
    if arguments.json_schema:
        options["response_mime_type"] = "application/json"
        options["response_json_schema"] = json.loads(arguments.json_schema)
    return options


async def _bound_connecting(request: httpx.Request) -> None:
    """Bound the time to connect: the library does not, and a request that never arrived was not billed."""
    request.extensions["timeout"]["connect"] = CONNECT_SECONDS
