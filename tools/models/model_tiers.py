"""Which models fill which roles: as the operator named them, as far as they can be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from graph.records import Clock
from tools.models.chat.chat_tool import ChatTool, OnText
from tools.models.chat.gemini import GEMINI
from tools.models.chat.model_factory import GOOGLE, Tier, chat_tool
from tools.models.chat.model_pricing import own_prices
from tools.models.prompted_role import ModelRole
from tools.net.endpoint import Address, Endpoint, ServiceSettings, endpoint

NONE = "extractive"
"""The setting of a role that no model should fill; also the name of what follows the last tier."""


class ModelSettings(ServiceSettings, Protocol):
    """Hold what the operator set, as `graph.config.settings.Settings` does."""

    @property
    def models(self) -> Mapping[str, tuple[str, ...]]:
        """Return the models of each role, best first."""

    @property
    def model_prices(self) -> str:
        """Return the operator's own prices, as JSON."""

    @property
    def model_cache(self) -> float:
        """Return for how many seconds an answer serves again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelTools:
    """Hold the tools that ask models, each once, and the names of those that fill each role, best first."""

    tools: tuple[ChatTool, ...]
    roles: Mapping[ModelRole, tuple[str, ...]]


def models(operator: ModelSettings, clock: Clock, on_text: OnText) -> ModelTools:
    """Make a tool for every model that can be asked; one of Gemini cannot without a key.

    Raises Misconfigured for a model without a price, or one whose package is not installed.
    """
    prices = own_prices(operator.model_prices)
    made: dict[str, ChatTool] = {}
    roles: dict[ModelRole, tuple[str, ...]] = {}
    for role in ModelRole:
        setting = f"ATTEST_{role.upper()}_MODELS"
        tiers = [
            Tier(id=name, ttl=operator.model_cache, setting=setting)
            for name in operator.models[role]
            if name != NONE
        ]
        asked = [(tier, where) for tier in tiers if (where := _where(tier, operator)) is not None]
        for tier, where in asked:
            if tier.name not in made:
                made[tier.name] = chat_tool(tier, where, prices=prices, clock=clock, on_text=on_text)
        roles[role] = tuple(made[tier.name].spec.name for tier, _ in asked)
    return ModelTools(tools=tuple(made.values()), roles=roles)


def _where(tier: Tier, operator: ModelSettings) -> Endpoint | None:
    """Return where a model is asked; None for one of Gemini without a key."""
    if tier.provider == GOOGLE:
        where = endpoint(GEMINI, operator)
        return None if GEMINI.missing(where) else where
    return endpoint(Address(name=tier.provider.upper(), key="optional"), operator)
