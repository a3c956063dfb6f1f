"""Hold what every route of the HTTP API needs."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from fastapi import Request

from graph.config.settings import Settings
from graph.people.accounts import Account, Accounts
from graph.people.login_rates import RequestRates
from graph.people.policy_access import Access, most_budget
from graph.records import Clock
from ui.server.security.concurrency_limit import ConcurrencyLimit
from ui.server.server_context import ServerContext
from ui.server.web.client_address import Networks, networks
from ui.server.web.home_watch import HomeWatch
from ui.server.web.metrics import Metrics
from ui.server.web.readiness_cache import ReadinessCache

Visitor = Callable[[Request], Awaitable[Account | None]]
"""Return the account of the browser that asks, by its chat session; None without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiContext:
    """Hold what the routes need; `started` is when the process began, in seconds since the epoch."""

    settings: Settings
    accounts: Accounts
    access: Access
    rates: RequestRates
    proxies: Networks
    visitor: Visitor
    metrics: Metrics
    clock: Clock
    started: float
    listeners: ConcurrencyLimit
    home: HomeWatch
    served: Callable[[], ServerContext]
    readiness: ReadinessCache = field(default_factory=ReadinessCache)

    def most_budget(self, who: Account) -> int | None:
        """Return the most a person may let a run spend, in micro-dollars; None for no bound."""
        return most_budget(who, self.settings)


def open_api_context(
    settings: Settings,
    visitor: Visitor,
    *,
    accounts: Accounts,
    served: Callable[[], ServerContext],
    clock: Clock = time.time,
) -> ApiContext:
    """Make a desk by the settings; `served` returns what the process serves when a request comes.

    Raises Misconfigured for a rate, network or policy that cannot be read.
    """
    return ApiContext(
        settings=settings,
        accounts=accounts,
        served=served,
        access=Access(settings.policies, clock=clock),
        rates=RequestRates(settings.server_settings.api_rate, clock=clock),
        proxies=networks(settings.server_settings.trusted_proxies),
        visitor=visitor,
        metrics=Metrics(clock=clock),
        clock=clock,
        started=clock(),
        home=HomeWatch(settings.home),
        listeners=ConcurrencyLimit(
            settings.server_settings.listeners, "listeners to events already: close one first"
        ),
    )


def api_context_of(request: Request) -> ApiContext:
    """Return the context of the application that got a request."""
    context: ApiContext = request.app.state.context
    return context
