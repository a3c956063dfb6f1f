"""The tools of this installation: what is ready, what lacks a setting, and how all are closed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from graph.embedder import PassageVectors
from graph.events import Announce, Written
from graph.ports import Evidence, Index
from graph.records import Clock
from graph.tool import Tool, Toolbox, ToolState
from graph.untrusted import Untrusted
from tools.compute.python import Python
from tools.documents.character_recognition import recogniser
from tools.documents.parser import Parser
from tools.documents.passage_embedding import PassageEmbedding
from tools.documents.refresh import Refresh
from tools.documents.search import Search
from tools.documents.semantic_search import SemanticSearch
from tools.documents.worker import Limits
from tools.models.embedding.embedder_factory import (
    EmbedderSettings,
    MadeEmbedder,
    embedder_named,
    made_embedder,
)
from tools.models.model_tiers import ModelSettings, ModelTools, models
from tools.net.endpoint import endpoint
from tools.net.http_client import HttpClient
from tools.page.page import Page
from tools.search.community.github import GitHub
from tools.search.community.hackernews import HackerNews
from tools.search.scholarly.arxiv import Arxiv
from tools.search.scholarly.crossref import Crossref
from tools.search.scholarly.openalex import OpenAlex
from tools.search.scholarly.pubmed import PubMed
from tools.search.scholarly.semanticscholar import SemanticScholar
from tools.search.search_service import SearchService
from tools.search.web.brave import Brave
from tools.search.web.duckduckgo import DuckDuckGo
from tools.search.web.searxng import SearXNG
from tools.search.web.tavily import Tavily
from tools.search.web.wikipedia import Wikipedia

PAGE_LIMITS = Limits(processor=8, seconds=14)
"""How long parsing one page may take."""


SERVICES: tuple[type[SearchService], ...] = (
    Wikipedia,
    DuckDuckGo,
    SearXNG,
    Tavily,
    Brave,
    OpenAlex,
    SemanticScholar,
    Crossref,
    Arxiv,
    PubMed,
    GitHub,
    HackerNews,
)
"""Every search service; those of one kind and one price are asked in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """Hold the tools that can be called, and those that cannot for want of a setting.

    `connect` it to the toolbox that they are put in: some call others.
    """

    tools: tuple[Tool, ...]
    models: ModelTools
    lacking: tuple[ToolState, ...]
    closers: tuple[Callable[[], Awaitable[None]], ...]
    connect: Callable[[Toolbox], None] = lambda _: None

    async def close(self) -> None:
        """Release connections, children and interpreters."""
        for close in self.closers:
            await close()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentStores:
    """Hold the stores that the document tools use."""

    evidence: Evidence
    index: Index
    vectors: PassageVectors


class ToolSettings(ModelSettings, EmbedderSettings, Protocol):
    """Hold what the operator set, as `graph.config.settings.Settings` does."""

    @property
    def private_hosts(self) -> tuple[str, ...]:
        """Return the hosts of the operator's own network that pages may be fetched from."""


def registry(
    operator: ToolSettings, shelf: DocumentStores, clock: Clock, remote: Sequence[Tool] = ()
) -> Registry:
    """Make every tool; nothing is opened before it is used. `remote` are those of MCP servers."""
    client = HttpClient(clock=clock)
    ready, lacking = _services(operator, client, clock)
    # Processes of its own, so that hostile pages cannot delay the documents.
    parser = Parser(PAGE_LIMITS)
    page = Page(parser=parser, clock=clock, private_hosts=operator.private_hosts, contact=operator.contact)
    python = Python(clock=clock)
    asked = models(operator, clock, _written)
    made = made_embedder(operator, shelf.evidence, clock)
    embedding = (made.tool,) if made and made.tool else ()
    return Registry(
        tools=(*_documents(shelf, clock, made), *ready, page, python, *embedding, *remote),
        models=asked,
        lacking=lacking,
        closers=(
            *(model.close for model in (*asked.tools, *embedding)),
            client.close,
            page.close,
            python.close,
            partial(asyncio.to_thread, parser.close),
        ),
        connect=made.connect if made else lambda _: None,
    )


def described_embedder(operator: EmbedderSettings) -> str:
    """Say what finds passages by their meaning; raise Misconfigured where something is missing for it."""
    return embedder_named(operator)


def _documents(shelf: DocumentStores, clock: Clock, made: MadeEmbedder | None) -> tuple[Refresh, Search]:
    """Make the tools of the documents; with an embedder they know their meaning too."""
    embedding = (
        PassageEmbedding(made.embedder, vectors=shelf.vectors, evidence=shelf.evidence) if made else None
    )
    refresh = Refresh(
        evidence=shelf.evidence,
        index=shelf.index,
        clock=clock,
        parser=Parser(recogniser=recogniser()),
        embedding=embedding,
    )
    semantic = SemanticSearch(made.embedder, shelf.vectors) if made else None
    return refresh, Search(index=shelf.index, semantic=semantic)


def _written(announce: Announce, text: str) -> None:
    announce(Written(text=Untrusted(text)))


def _services(
    operator: ToolSettings, client: HttpClient, clock: Clock
) -> tuple[list[Tool], tuple[ToolState, ...]]:
    """Separate the services that can be asked from those that lack a setting."""
    ready: list[Tool] = []
    lacking: list[ToolState] = []
    for service in SERVICES:
        where = endpoint(service.address, operator)
        if missing := service.address.missing(where):
            lacking.append(ToolState(spec=service.spec, missing=missing))
        else:
            ready.append(service(client, where, clock=clock))
    return ready, tuple(lacking)
