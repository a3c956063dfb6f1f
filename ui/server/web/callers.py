"""Find the account of a caller: by a bearer token, or by the chat session."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from graph.errors import Refused
from graph.people.accounts import Account
from graph.people.login_rates import network_of
from guards.policy.access import Action
from ui.server.security.origins import ELSEWHERE, SAFE, RequestOrigin
from ui.server.web.api_context import ApiContext, api_context_of
from ui.server.web.client_address import address_of
from ui.server.web.problems import Problem

_LOG_IN = "log in to the chat, or send a bearer token: attest users token NAME makes one"

Bearer = Annotated[
    HTTPAuthorizationCredentials | None,
    Depends(HTTPBearer(auto_error=False, description="A token of `attest users token NAME`.")),
]
Context = Annotated[ApiContext, Depends(api_context_of)]


async def caller(request: Request, context: Context, bearer: Bearer) -> Account:
    """Return the account of the caller.

    Raises Problem 401 without an account, 403 for a page of another origin, 429 for too many requests.
    """
    await _count(request, context, f"address {network_of(address_of(request, context.proxies))}")
    account = await account_of(request, context, bearer)
    if account is None:
        raise Problem(HTTPStatus.UNAUTHORIZED, _LOG_IN, {"WWW-Authenticate": "Bearer"})
    await _count(request, context, f"account {account.id}")
    return account


Caller = Annotated[Account, Depends(caller)]


async def operator(context: Context, who: Caller) -> Account:
    """Return the account of an operator; raises Problem 403 for everybody else."""
    demand(context, who, Action.OPERATE)
    return who


def demand(context: ApiContext, who: Account, action: Action, owner: str = "") -> None:
    """Raise Problem 403, with the reason, for an action that a person may not take."""
    try:
        context.access.require(who, action, owner)
    except Refused as refused:
        raise Problem(HTTPStatus.FORBIDDEN, str(refused)) from None


async def account_of(request: Request, context: ApiContext, bearer: Bearer) -> Account | None:
    """Return the present account of the caller; raises Problem 403 for a page of another origin."""
    if "authorization" in request.headers:
        return await context.accounts.bearer(bearer.credentials) if bearer else None
    account = await context.visitor(request)
    if account is not None and request.method not in SAFE and request.state.site is RequestOrigin.SILENT:
        raise Problem(HTTPStatus.FORBIDDEN, ELSEWHERE)
    return account


async def _count(request: Request, context: ApiContext, who: str) -> None:
    rate = await context.rates.count(who)
    request.state.rate = rate
    if not rate.allowed:
        raise Problem(
            HTTPStatus.TOO_MANY_REQUESTS,
            f"more than {rate.limit} requests in {rate.window} seconds: wait {rate.reset} seconds",
            {"Retry-After": str(rate.reset)},
        )
