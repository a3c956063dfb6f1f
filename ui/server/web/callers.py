"""Know who calls: by a bearer token, or by the session of the chat."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from graph.errors import Refused
from guards.policy.access import Action
from ui.server.people.accounts import Account
from ui.server.people.login_rates import network_of
from ui.server.security.origins import ELSEWHERE, SAFE, Site
from ui.server.web.api_context import Desk, desk_of
from ui.server.web.client_address import address_of
from ui.server.web.problems import Problem

_LOG_IN = "log in to the chat, or send a bearer token: attest users token NAME makes one"

Bearer = Annotated[
    HTTPAuthorizationCredentials | None,
    Depends(HTTPBearer(auto_error=False, description="A token of `attest users token NAME`.")),
]
At = Annotated[Desk, Depends(desk_of)]


async def caller(request: Request, desk: At, bearer: Bearer) -> Account:
    """Return the account of who calls.

    Raises Problem 401 for nobody, 403 for a page of another origin, 429 for one visit too many.
    """
    await _count(request, desk, f"address {network_of(address_of(request, desk.proxies))}")
    account = await account_of(request, desk, bearer)
    if account is None:
        raise Problem(HTTPStatus.UNAUTHORIZED, _LOG_IN, {"WWW-Authenticate": "Bearer"})
    await _count(request, desk, f"account {account.id}")
    return account


Caller = Annotated[Account, Depends(caller)]


async def operator(desk: At, who: Caller) -> Account:
    """Return the account of who operates this installation; raises Problem 403 for everybody else."""
    demand(desk, who, Action.OPERATE)
    return who


def demand(desk: Desk, who: Account, action: Action, owner: str = "") -> None:
    """Raise Problem 403, with the reason, for what a person may not do."""
    try:
        desk.access.require(who, action, owner)
    except Refused as refused:
        raise Problem(HTTPStatus.FORBIDDEN, str(refused)) from None


async def account_of(request: Request, desk: Desk, bearer: Bearer) -> Account | None:
    """Return the account of who calls as it is now; raises Problem 403 for a page of another origin."""
    if "authorization" in request.headers:
        return await desk.accounts.bearer(bearer.credentials) if bearer else None
    account = await desk.visitor(request)
    if account is not None and request.method not in SAFE and request.state.site is Site.SILENT:
        raise Problem(HTTPStatus.FORBIDDEN, ELSEWHERE)
    return account


async def _count(request: Request, desk: Desk, who: str) -> None:
    visit = await desk.rates.visit(who)
    request.state.visit = visit
    if not visit.allowed:
        raise Problem(
            HTTPStatus.TOO_MANY_REQUESTS,
            f"more than {visit.limit} requests in {visit.window} seconds: wait {visit.reset} seconds",
            {"Retry-After": str(visit.reset)},
        )
