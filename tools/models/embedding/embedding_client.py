"""Make the client of a provider's embeddings."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import httpx

from tools.models.chat.gemini import http_settings
from tools.models.chat.langchain_model import faults_of
from tools.models.chat.model_client import GARBAGE
from tools.net.endpoint import Endpoint

if TYPE_CHECKING:  # half a second to import
    from langchain_core.embeddings import Embeddings

GEMINI_DIMENSIONS = 768
"""Of the 3,072 that gemini-embedding-001 has: the first are trained to stand alone (its documentation)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedEmbeddings:
    """Hold a client, which exceptions are its failures, and how it is closed."""

    client: Embeddings
    faults: tuple[type[Exception], ...]
    close: Callable[[], Awaitable[None]] | None = None


def open_gemini_embeddings(where: Endpoint, model: str) -> OpenedEmbeddings:
    """Make the client of a model of Gemini; the environment decides nothing."""
    from google.genai.errors import APIError  # noqa: PLC0415  # a second to import: in a thread, once
    from langchain_google_genai import GoogleGenerativeAIEmbeddings  # noqa: PLC0415  # same
    from langchain_google_genai._common import GoogleGenerativeAIError  # noqa: PLC0415  # same

    client = GoogleGenerativeAIEmbeddings(
        model=model,
        base_url=where.url,
        api_key=where.key,
        vertexai=False,
        client_args=http_settings(),
        output_dimensionality=GEMINI_DIMENSIONS,
    )
    return OpenedEmbeddings(
        client=client,
        faults=(APIError, GoogleGenerativeAIError, httpx.HTTPError, *GARBAGE),
        close=client.client.aio.aclose,
    )


def open_langchain_embeddings(provider: str, where: Endpoint, model: str) -> OpenedEmbeddings:
    """Make the client of a model by `langchain.embeddings.init_embeddings`."""
    init_embeddings = import_module("langchain.embeddings").init_embeddings
    client = init_embeddings(model, provider=provider, **_settings(provider, where))
    return OpenedEmbeddings(client=client, faults=(httpx.HTTPError, OSError, *GARBAGE, *faults_of(provider)))


def _settings(provider: str, where: Endpoint) -> Mapping[str, Any]:
    settings: dict[str, Any] = {}
    if where.url:
        settings["base_url"] = where.url
    if where.key:
        settings["api_key"] = where.key
    if provider == "openai":
        settings["max_retries"] = 0
        settings["check_embedding_ctx_length"] = False  # else it fetches a tokenizer, and sends numbers
    return settings
