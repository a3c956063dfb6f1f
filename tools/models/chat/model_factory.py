"""Make the tool that asks a model, from the operator's settings."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from graph.errors import Misconfigured
from graph.records import Clock
from graph.tool import Group, ToolSpec, Trust
from tools.models.chat.charge import Charge
from tools.models.chat.chat_tool import ChatTool, OnText
from tools.models.chat.gemini import check_key, open_gemini
from tools.models.chat.langchain_model import check_installed, open_langchain_model
from tools.models.chat.model_arguments import ModelArguments
from tools.models.chat.model_client import ModelClient, OpenedModel
from tools.models.chat.model_failures import AskedModel
from tools.models.chat.model_pricing import Price, bill
from tools.net.endpoint import Endpoint

GOOGLE = "google_genai"
DAY = 86_400.0
_ID = re.compile(r"(?:([a-z][a-z_]*):)?([\w.:/@-]+)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """Name a model and its limits; times in seconds, `thinking` in tokens beside those of the answer.

    `id` is a model of Gemini, or of another provider as `ollama:llama3.1`. With a `ttl` of 0 it is asked each
    time. `setting` is where the operator named it.
    """

    id: str
    thinking: int = 1_024
    timeout: float = 60.0
    patience: float = 90.0
    attempts: int = 2
    at_once: int = 16
    rate: str = ""
    latency: float = 4.0
    ttl: float = DAY
    setting: str = "ATTEST_MODELS"

    @property
    def provider(self) -> str:
        """Return whose model it is, as LangChain calls providers."""
        return self._parts()[0]

    @property
    def model(self) -> str:
        """Return the name that the provider has for it."""
        return self._parts()[1]

    @property
    def name(self) -> str:
        """Return the name it has here: without the provider if that is Google."""
        return self.model if self.provider == GOOGLE else f"{self.provider}:{self.model}"

    def _parts(self) -> tuple[str, str]:
        if not (parts := _ID.fullmatch(self.id)):
            raise Misconfigured(f"{self.setting} names no model: write gemini-2.5-flash or ollama:llama3.1")
        return parts[1] or GOOGLE, parts[2]


def chat_tool(
    tier: Tier, where: Endpoint, *, prices: Mapping[str, Price], clock: Clock, on_text: OnText | None = None
) -> ChatTool:
    """Make the tool of a model; before its first call only its price is looked up.

    Raises Misconfigured without a price, a key, a package or a valid address.
    """
    client = ModelClient(_connecting(tier, where))
    charge = Charge(bill=bill(tier.provider, tier.model, prices, clock), thinking=tier.thinking)
    whom = AskedModel(where=where, model=tier.name, setting=tier.setting)
    spec = _spec(tier, where, charge)
    return ChatTool(spec, client, whom=whom, charge=charge, clock=clock, on_text=on_text)


def _connecting(tier: Tier, where: Endpoint) -> Callable[[], OpenedModel]:
    """Return how the client is made, after checking what can be checked now."""
    if tier.provider != GOOGLE:
        check_installed(tier.provider)
        return partial(open_langchain_model, tier.provider, where, tier.model)
    check_key(where)
    parts = urlsplit(where.url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Misconfigured(f"ATTEST_{where.name}_URL is no address: write it as https://host")
    return partial(open_gemini, where, tier.model, tier.thinking)


def _spec(tier: Tier, where: Endpoint, charge: Charge) -> ToolSpec:
    return ToolSpec(
        name=f"model.{tier.name}",
        version=_version(tier, where),
        purpose=f"ask the model {tier.name}",
        arguments=ModelArguments,
        group=Group.MODEL,
        deterministic=True,
        latency=tier.latency,
        timeout=tier.timeout,
        patience=tier.patience,
        attempts=tier.attempts,
        at_once=tier.at_once,
        rate=tier.rate,
        ttl=tier.ttl,
        trust=Trust.OPERATOR,
        worst=charge.worst,
        model=tier.name,
    )


def _version(tier: Tier, where: Endpoint) -> str:
    """Return a digest of what else the answer depends on: elsewhere the name may mean another model."""
    made = f"{where.url} {tier.thinking}"
    return f"1-{hashlib.sha256(made.encode()).hexdigest()[:8]}"
