"""Make the embedder that the operator named, or none."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from graph.embedder import Embedder
from graph.errors import Misconfigured
from graph.ports import Evidence
from graph.records import Clock
from graph.tool import Toolbox
from tools.models.chat.gemini import GEMINI, check_key
from tools.models.chat.langchain_model import check_installed
from tools.models.chat.model_client import ModelClient
from tools.models.chat.model_failures import AskedModel
from tools.models.chat.model_pricing import bill, own_prices
from tools.models.embedding.embedding_client import (
    OpenedEmbeddings,
    open_gemini_embeddings,
    open_langchain_embeddings,
)
from tools.models.embedding.embedding_tool import EmbeddingTool
from tools.models.embedding.local_model import LocalModel, check_packages, installed_model, model_in
from tools.models.embedding.onnx_embedder import OnnxEmbedder
from tools.models.embedding.provider_embedder import ProviderEmbedder
from tools.net.endpoint import Address, Endpoint, ServiceSettings, endpoint

SETTING = "ATTEST_EMBEDDER"
CONSENT = "ATTEST_EMBED_DOCUMENTS_AT_PROVIDER"
LOCAL = "local"
_GOOGLE = ("google", "google_genai")
_ID = re.compile(r"([a-z][a-z_]*):([\w.:/@-]+)", re.ASCII)


class EmbedderSettings(ServiceSettings, Protocol):
    """Hold what the operator set, as `graph.config.settings.Settings` does."""

    @property
    def embedder(self) -> str:
        """Return what makes vectors, or nothing."""

    @property
    def embeds_at_provider(self) -> bool:
        """Tell whether passages of documents may be sent to a provider for it."""

    @property
    def model_prices(self) -> str:
        """Return the operator's own prices, as JSON."""

    @property
    def model_cache(self) -> float:
        """Return for how many seconds an answer serves again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeEmbedder:
    """Hold an embedder and, where a provider is asked, the tool that asks it."""

    embedder: Embedder
    tool: EmbeddingTool | None = None
    connect: Callable[[Toolbox], None] = lambda _: None


def embedder_named(operator: EmbedderSettings) -> str:
    """Say in a few words what makes vectors; raise Misconfigured as `made_embedder` does."""
    if local := _local(operator.embedder):
        return f"{local.model}, on this machine"
    provider, model = _provider(operator)
    _where(provider, operator)
    return f"{provider}:{model}, which is sent passages of documents"


def made_embedder(operator: EmbedderSettings, evidence: Evidence, clock: Clock) -> MadeEmbedder | None:
    """Return the embedder; None where none is named.

    Raises Misconfigured where something is missing: a package, a file, a key, a price, or the word that
    documents may be sent to a provider.
    """
    if not operator.embedder:
        return None
    if local := _local(operator.embedder):
        return MadeEmbedder(embedder=OnnxEmbedder(local, SETTING))
    provider, model = _provider(operator)
    where = _where(provider, operator)
    tool = EmbeddingTool(
        ModelClient(_connecting(provider, where, model)),
        whom=AskedModel(where=where, model=f"{provider}:{model}", setting=SETTING),
        bill=bill(provider, model, own_prices(operator.model_prices), clock, answers=False),
        clock=clock,
        ttl=operator.model_cache,
    )
    embedder = ProviderEmbedder(tool, evidence)
    return MadeEmbedder(embedder=embedder, tool=tool, connect=embedder.connect)


def _local(named: str) -> LocalModel | None:
    """Return the files of a local model; None where the setting names a provider."""
    kind, colon, folder = named.partition(":")
    if kind != LOCAL:
        return None
    check_packages(SETTING, "numpy", "onnxruntime", "tokenizers")
    return model_in(_whole(folder), SETTING) if colon else installed_model(SETTING)


def _whole(folder: str) -> Path:
    path = Path(folder).expanduser()
    if not path.is_absolute():
        raise Misconfigured(f"{SETTING} is {LOCAL}:{folder}: write the whole path of a folder")
    return path


def _provider(operator: EmbedderSettings) -> tuple[str, str]:
    """Return the provider and its model; raise Misconfigured without the packages or the consent."""
    if not (parts := _ID.fullmatch(operator.embedder)):
        raise Misconfigured(
            f"{SETTING} is {operator.embedder!r}: write {LOCAL}, {LOCAL}:/FOLDER,"
            " google:gemini-embedding-001 or openai:text-embedding-3-small"
        )
    check_packages(SETTING, "numpy")
    provider, model = parts[1], parts[2]
    if not operator.embeds_at_provider:
        raise Misconfigured(
            f"{SETTING}={operator.embedder} would send passages of your documents to {provider}:"
            f" set {CONSENT}=yes to let it, or {SETTING}={LOCAL} to keep them here"
        )
    return ("google_genai" if provider in _GOOGLE else provider), model


def _where(provider: str, operator: EmbedderSettings) -> Endpoint:
    if provider not in _GOOGLE:
        check_installed(provider)
        return endpoint(Address(name=provider.upper(), key="optional"), operator)
    where = endpoint(GEMINI, operator)
    if missing := GEMINI.missing(where):
        raise Misconfigured(f"{SETTING}={operator.embedder} wants a key: set {missing}")
    check_key(where)
    return where


def _connecting(provider: str, where: Endpoint, model: str) -> Callable[[], OpenedEmbeddings]:
    if provider in _GOOGLE:
        return partial(open_gemini_embeddings, where, model)
    return partial(open_langchain_embeddings, provider, where, model)
