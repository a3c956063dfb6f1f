"""Hand the counters to Prometheus: GET /metrics."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from graph import installation
from graph.caps import By, Spent
from graph.people.bearer_secret import digest_of, is_digest
from graph.records import Status
from graph.tool import ToolState
from ui.server.web.api_context import ApiContext
from ui.server.web.callers import Context
from ui.server.web.client_address import is_local
from ui.server.web.problems import Problem

router = APIRouter(tags=["operation"])

_TEXT: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": "The counters."}
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # a registry keeps it by identity
class StoredMetrics:
    """Collect the values that are counted in the database; costs in micro-dollars."""

    runs: Mapping[Status, int]
    under_way: int
    tools: Sequence[ToolState]
    costs: Mapping[By, Sequence[Spent]]
    now: float

    def collect(self) -> Iterator[Metric]:
        """Yield the families, as a registry asks for them."""
        runs = GaugeMetricFamily("attest_runs", "Stored runs by where they stand", labels=("status",))
        for status in Status:
            runs.add_metric((status,), self.runs.get(status, 0))
        yield runs
        yield GaugeMetricFamily("attest_runs_under_way", "Runs this process works on", value=self.under_way)
        yield from self._tools()
        for by, spent in self.costs.items():
            cost = CounterMetricFamily(
                f"attest_{by}_cost_micro_dollars", f"Spent by {by}, in micro-dollars", labels=(by,)
            )
            for each in spent:
                cost.add_metric((each.subject,), each.settled)
            yield cost

    def _tools(self) -> Iterator[Metric]:
        opened = GaugeMetricFamily("attest_breaker_open", "1: its breaker is open", labels=("tool",))
        usable = GaugeMetricFamily("attest_tool_ready", "1: it lacks no setting", labels=("tool",))
        for tool in self.tools:
            opened.add_metric((tool.spec.name,), float(tool.open_until > self.now))
            usable.add_metric((tool.spec.name,), float(not tool.missing))
        yield opened
        yield usable


@router.get("/metrics", response_class=Response, responses=_TEXT)
async def get_metrics(request: Request, context: Context) -> Response:
    """Return the counters as text; to this machine, or to who has ATTEST_METRICS_TOKEN."""
    if not (
        is_local(request, context.proxies)
        or _has_token(request, context.settings.server_settings.metrics_token)
    ):
        raise Problem(
            HTTPStatus.UNAUTHORIZED,
            "metrics are for this machine, or for a bearer token: set ATTEST_METRICS_TOKEN",
            {"WWW-Authenticate": "Bearer"},
        )
    registry = CollectorRegistry()
    registry.register(await _stored(context))
    text = generate_latest(context.metrics.registry) + generate_latest(registry)
    return Response(text, headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _stored(context: ApiContext) -> StoredMetrics:
    served = context.served()
    under_way = {carried.run_id for carried in served.runs.under_way()}
    context.metrics.forget(under_way)
    return StoredMetrics(
        runs=await served.app.tally(),
        under_way=len(under_way),
        tools=await served.app.tools(),
        costs=await asyncio.to_thread(_costs, context),
        now=context.clock(),
    )


def _costs(context: ApiContext) -> Mapping[By, Sequence[Spent]]:
    return {by: installation.list_costs(context.settings, by) for by in (By.TOOL, By.MODEL)}


def _has_token(request: Request, token: str) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return (
        bool(token) and scheme.lower() == "bearer" and is_digest(digest_of(token), digest_of(given.strip()))
    )
