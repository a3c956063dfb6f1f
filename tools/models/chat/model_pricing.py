"""Prices of models, in whole micro-dollars, rounded up."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from graph.costs import Tokens
from graph.errors import Misconfigured
from graph.records import Clock

MILLION = 1_000_000
MOST_RATE = 1_000_000_000_000
"""The most a million tokens may cost, in micro-dollars: a million dollars, as the largest budget."""
_LISTED = {"google_genai": "google", "mistralai": "mistral", "xai": "x-ai"}
"""Providers that LangChain and genai-prices call by different names."""


Rate = Annotated[int, Field(ge=0, le=MOST_RATE)]


class Price(BaseModel, frozen=True, extra="forbid"):
    """Hold the price of a million tokens, in micro-dollars; without `cached`, a cached one costs the same."""

    prompt: Rate
    answer: Rate
    cached: Rate | None = None

    def of(self, tokens: Tokens) -> int:
        """Return what a call costs."""
        cached = self.prompt if self.cached is None else self.cached
        fresh = tokens.prompt - tokens.cached
        return -(-(fresh * self.prompt + tokens.cached * cached + tokens.answer * self.answer) // MILLION)


_PRICES = TypeAdapter(dict[str, Price])


def own_prices(text: str) -> Mapping[str, Price]:
    """Read the operator's prices: `{"ollama:llama3.1": {"prompt": 0, "answer": 0}}`; raises Misconfigured."""
    try:
        return _PRICES.validate_json(text or "{}")
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the whole"
        raise Misconfigured(
            f"ATTEST_MODEL_PRICES is no table of prices ({where}: {first['msg']}): "
            f"write it as {json.dumps({'MODEL': {'prompt': 300_000, 'answer': 2_500_000}})}"
        ) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """Price the calls of one model."""

    of: Callable[[Tokens], int]

    def worst(self, *, prompt: int, answer: int) -> int:
        """Return the most that so many tokens can cost, whatever of the prompt is cached."""
        return max(self.of(Tokens(prompt=prompt, answer=answer, cached=cached)) for cached in (0, prompt))


def bill(provider: str, model: str, own: Mapping[str, Price], clock: Clock, *, answers: bool = True) -> Bill:
    """Return the operator's price of a model, else the published one; raise Misconfigured without either.

    One that writes no `answers`, but vectors, has a price for its prompt alone.
    """
    if price := own.get(f"{provider}:{model}") or own.get(model):
        return Bill(of=price.of)
    listed = Bill(of=_listed(_LISTED.get(provider, provider), model, clock))
    try:
        written = listed.of(Tokens(prompt=0, answer=MILLION)) if answers else 1
        known = listed.of(Tokens(prompt=MILLION, answer=0)) and written
    except LookupError:
        known = False
    if known:
        return listed
    raise Misconfigured(
        f"no price is known of the model {provider}:{model}: set ATTEST_MODEL_PRICES (0 for one of your own)"
    )


def _listed(provider: str, model: str, clock: Clock) -> Callable[[Tokens], int]:
    """Price by the list that comes with genai-prices; it knows tiers by size, and prices by date."""
    from genai_prices import Usage, calc_price  # noqa: PLC0415  # a quarter of a second, for models only

    def of(tokens: Tokens) -> int:
        usage = Usage(
            input_tokens=tokens.prompt, cache_read_tokens=tokens.cached, output_tokens=tokens.answer
        )
        now = datetime.fromtimestamp(clock(), UTC)
        price = calc_price(usage, model, provider_id=provider, genai_request_timestamp=now)
        return math.ceil(Decimal(price.total_price) * MILLION)

    return of
