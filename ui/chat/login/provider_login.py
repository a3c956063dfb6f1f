"""Redirect a browser to a provider and handle its return, in place of Chainlit's own routes.

Chainlit lets a request header name the address of the return, and checks the state against a cookie alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any, Literal

import chainlit as cl
from chainlit import server
from chainlit.logger import logger
from chainlit.oauth_providers import OAuthProvider, get_oauth_provider
from fastapi import APIRouter, Form, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse
from httpx import URL

from graph.config.settings import Settings
from graph.people.identity_providers import offered, sent_back_to
from graph.people.login_rates import RequestRates, network_of
from graph.people.login_states import LASTS, LoginStates
from ui.chat.login.proof_key import challenge, sending_verifier
from ui.server.web.client_address import address_of, networks

STATE = "attest_login"
"""The cookie that binds a login to the browser that began it."""
BY_FORM = "azure-ad-hybrid"
"""The only provider that returns by an HTML form on its own page."""

LogIn = Callable[[str, Mapping[str, Any]], Awaitable[cl.User | None]]
"""Return the user whom a provider's facts describe, or None for a person who is not let in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderReturn:
    """Hold the parameters with which a browser returns from a provider."""

    code: str
    state: str
    error: str


class ProviderLogin:
    """Answer the routes of the providers that are set up; `rates` limits the logins of an address."""

    def __init__(self, settings: Settings, states: LoginStates, rates: RequestRates, log_in: LogIn) -> None:
        self._settings = settings
        self._states = states
        self._rates = rates
        self._log_in = log_in
        self._proxies = networks(settings.server_settings.trusted_proxies)
        self._secure = settings.values.get("CHAINLIT_URL", "").startswith("https://")

    def router(self) -> APIRouter:
        """Return the routes, which must come before Chainlit's."""
        router = APIRouter()
        router.add_api_route(f"/auth/oauth/{BY_FORM}/callback", self.return_by_form, methods=["POST"])
        router.add_api_route("/auth/oauth/{provider_id}/callback", self.return_by_address)
        router.add_api_route("/auth/oauth/{provider_id}", self.begin)
        return router

    async def begin(self, provider_id: str, request: Request) -> Response:
        """Redirect a browser to a provider, with the address to return to."""
        provider = self._provider(provider_id)
        visit = await self._rates.count(f"address {network_of(address_of(request, self._proxies))}")
        if not visit.allowed:
            wait = {"Retry-After": str(visit.reset)}
            raise HTTPException(HTTPStatus.TOO_MANY_REQUESTS, f"wait {visit.reset} seconds", wait)
        redirect = sent_back_to(self._settings, provider_id)
        state, verifier = await self._states.begin(provider_id, redirect)
        asked: dict[str, str] = {
            "client_id": provider.client_id,
            "redirect_uri": redirect,
            **provider.authorize_params,
            **challenge(verifier),
            "state": state,
        }
        if "nonce" in asked:  # Chainlit makes one nonce for the whole process
            asked["nonce"] = secrets.token_urlsafe(16)
        response = RedirectResponse(str(URL(provider.authorize_url).copy_merge_params(asked)))
        self._bind(response, state, by_form=provider_id == BY_FORM)
        return response

    async def return_by_address(
        self,
        provider_id: str,
        request: Request,
        code: Annotated[str, Query()] = "",
        state: Annotated[str, Query()] = "",
        error: Annotated[str, Query()] = "",
    ) -> Response:
        """Log in a person who returns from a provider."""
        if provider_id == BY_FORM:
            raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED, "this provider sends people back by a form")
        return await self._finish(request, provider_id, ProviderReturn(code=code, state=state, error=error))

    async def return_by_form(
        self,
        request: Request,
        code: Annotated[str, Form()] = "",
        state: Annotated[str, Form()] = "",
        error: Annotated[str, Form()] = "",
    ) -> Response:
        """Log in a person who returns by a form."""
        return await self._finish(request, BY_FORM, ProviderReturn(code=code, state=state, error=error))

    async def _finish(self, request: Request, provider_id: str, back: ProviderReturn) -> Response:
        provider, redirect = self._provider(provider_id), sent_back_to(self._settings, provider_id)
        bound = secrets.compare_digest(request.cookies.get(STATE, "").encode(), back.state.encode())
        verifier = await self._states.take(back.state, provider_id, redirect) if bound else None
        if back.error or not back.code or verifier is None:
            logger.warning("a login by %s was ended there, or not begun here a short while ago", provider_id)
            user = None
        else:
            user = await self._user(provider, back.code, redirect, verifier)
        if user is None:  # 303 turns the form of one provider into a GET
            return server._get_oauth_redirect_error(request, "oauthSignin", HTTPStatus.SEE_OTHER)  # noqa: SLF001  # as its own routes do
        response = await server._authenticate_user(request, user, redirect_to_callback=True)  # noqa: SLF001  # as its own routes do
        response.delete_cookie(STATE, path="/auth/oauth")
        return response

    async def _user(self, provider: OAuthProvider, code: str, redirect: str, verifier: str) -> cl.User | None:
        try:
            with sending_verifier(verifier):
                token = await provider.get_token(code, redirect)
            facts, _ = await provider.get_user_info(token)
            return await self._log_in(provider.id, facts)
        except Exception:  # noqa: BLE001  # a provider may answer anything, and Chainlit does not check it
            logger.exception("a login by %s failed", provider.id)
            return None

    def _provider(self, provider_id: str) -> OAuthProvider:
        provider = get_oauth_provider(provider_id) if provider_id in offered(self._settings.values) else None
        if provider is None:
            raise HTTPException(HTTPStatus.NOT_FOUND, "there is no such provider here")
        return provider

    def _bind(self, response: Response, state: str, *, by_form: bool) -> None:
        """Set the state cookie; a form on another site sends only SameSite=None cookies, over HTTPS."""
        samesite: Literal["none", "lax"] = "none" if by_form else "lax"
        response.set_cookie(
            STATE,
            state,
            max_age=LASTS,
            path="/auth/oauth",
            secure=self._secure,
            httponly=True,
            samesite=samesite,
        )
