"""Hold what every route works with."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from fastapi import Request

from graph.config.settings import Settings
from graph.records import Clock
from ui.server.people.accounts import Account, Accounts
from ui.server.people.login_rates import Rates
from ui.server.people.policy_access import Access, most_budget
from ui.server.security.concurrency_limit import AtOnce
from ui.server.server_context import Served
from ui.server.web.client_address import Networks, networks
from ui.server.web.home_watch import Home
from ui.server.web.metrics import Meter
from ui.server.web.readiness_cache import Looked

Visitor = Callable[[Request], Awaitable[Account | None]]
"""Say whose browser asks, by the session of the chat; None for nobody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Carry what the routes need; `started` is when the process began, in seconds since the epoch."""

    settings: Settings
    accounts: Accounts
    access: Access
    rates: Rates
    proxies: Networks
    visitor: Visitor
    meter: Meter
    clock: Clock
    started: float
    listeners: AtOnce
    home: Home
    served: Callable[[], Served]
    looked: Looked = field(default_factory=Looked)

    def most_budget(self, who: Account) -> int | None:
        """Return the most a person may give a run, in micro-dollars; None: as they like."""
        return most_budget(who, self.settings)


def open_desk(
    settings: Settings,
    visitor: Visitor,
    *,
    accounts: Accounts,
    served: Callable[[], Served],
    clock: Clock = time.time,
) -> Desk:
    """Make a desk by the settings; `served` returns what the process serves when a request comes.

    Raises Misconfigured for a rate, network or policy that cannot be read.
    """
    return Desk(
        settings=settings,
        accounts=accounts,
        served=served,
        access=Access(settings.policies, clock=clock),
        rates=Rates(settings.server_settings.api_rate, clock=clock),
        proxies=networks(settings.server_settings.trusted_proxies),
        visitor=visitor,
        meter=Meter(clock=clock),
        clock=clock,
        started=clock(),
        home=Home(settings.home),
        listeners=AtOnce(settings.server_settings.listeners, "listeners to events already: close one first"),
    )


def desk_of(request: Request) -> Desk:
    """Return the desk of the application a request came to."""
    desk: Desk = request.app.state.desk
    return desk
