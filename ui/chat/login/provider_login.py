"""Send a browser to a provider and take it back, in place of Chainlit's own routes.

Chainlit lets a header of the request name the way back, and compares a state with a cookie alone.
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
from ui.chat.login.proof_key import challenge, proving
from ui.server.people.identity_providers import offered, sent_back_to
from ui.server.people.login_rates import RequestRates, network_of
from ui.server.people.login_states import LASTS, LoginStates
from ui.server.web.client_address import address_of, networks

STATE = "attest_login"
"""The cookie that binds a login to the browser that began it."""
BY_FORM = "azure-ad-hybrid"
"""The one provider that sends people back by a form of its own page."""

LetIn = Callable[[str, Mapping[str, Any]], Awaitable[cl.User | None]]
"""Return the user of whom a provider's facts are about, if they may come in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """Hold what a browser is sent back with."""

    code: str
    state: str
    error: str


class ProviderLogin:
    """Answer the routes of the providers that are set up; `rates` says how often an address may begin."""

    def __init__(self, settings: Settings, states: LoginStates, rates: RequestRates, let_in: LetIn) -> None:
        self._settings = settings
        self._states = states
        self._rates = rates
        self._let_in = let_in
        self._proxies = networks(settings.server_settings.trusted_proxies)
        self._secure = settings.values.get("CHAINLIT_URL", "").startswith("https://")

    def router(self) -> APIRouter:
        """Return the routes, to be put before Chainlit's."""
        router = APIRouter()
        router.add_api_route(f"/auth/oauth/{BY_FORM}/callback", self.back_by_form, methods=["POST"])
        router.add_api_route("/auth/oauth/{provider_id}/callback", self.back)
        router.add_api_route("/auth/oauth/{provider_id}", self.begin)
        return router

    async def begin(self, provider_id: str, request: Request) -> Response:
        """Send a browser to a provider, which is told where to send it back."""
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
        if "nonce" in asked:  # Chainlit makes one for the whole life of the process
            asked["nonce"] = secrets.token_urlsafe(16)
        response = RedirectResponse(str(URL(provider.authorize_url).copy_merge_params(asked)))
        self._bind(response, state, by_form=provider_id == BY_FORM)
        return response

    async def back(
        self,
        provider_id: str,
        request: Request,
        code: Annotated[str, Query()] = "",
        state: Annotated[str, Query()] = "",
        error: Annotated[str, Query()] = "",
    ) -> Response:
        """Let in whom a provider sends back."""
        if provider_id == BY_FORM:
            raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED, "this provider sends people back by a form")
        return await self._ended(request, provider_id, Back(code=code, state=state, error=error))

    async def back_by_form(
        self,
        request: Request,
        code: Annotated[str, Form()] = "",
        state: Annotated[str, Form()] = "",
        error: Annotated[str, Form()] = "",
    ) -> Response:
        """Let in whom the one provider sends back that uses a form."""
        return await self._ended(request, BY_FORM, Back(code=code, state=state, error=error))

    async def _ended(self, request: Request, provider_id: str, back: Back) -> Response:
        provider, redirect = self._provider(provider_id), sent_back_to(self._settings, provider_id)
        bound = secrets.compare_digest(request.cookies.get(STATE, "").encode(), back.state.encode())
        verifier = await self._states.take(back.state, provider_id, redirect) if bound else None
        if back.error or not back.code or verifier is None:
            logger.warning("a login by %s was ended there, or not begun here a short while ago", provider_id)
            user = None
        else:
            user = await self._user(provider, back.code, redirect, verifier)
        if user is None:  # 303: what came by a form is asked for anew by its address
            return server._get_oauth_redirect_error(request, "oauthSignin", HTTPStatus.SEE_OTHER)  # noqa: SLF001  # its own words
        response = await server._authenticate_user(request, user, redirect_to_callback=True)  # noqa: SLF001  # as its own routes
        response.delete_cookie(STATE, path="/auth/oauth")
        return response

    async def _user(self, provider: OAuthProvider, code: str, redirect: str, verifier: str) -> cl.User | None:
        try:
            with proving(verifier):
                token = await provider.get_token(code, redirect)
            facts, _ = await provider.get_user_info(token)
            return await self._let_in(provider.id, facts)
        except Exception:  # noqa: BLE001  # a provider may answer anything, and Chainlit takes it as it comes
            logger.exception("a login by %s failed", provider.id)
            return None

    def _provider(self, provider_id: str) -> OAuthProvider:
        provider = get_oauth_provider(provider_id) if provider_id in offered(self._settings.values) else None
        if provider is None:
            raise HTTPException(HTTPStatus.NOT_FOUND, "there is no such provider here")
        return provider

    def _bind(self, response: Response, state: str, *, by_form: bool) -> None:
        """Give the browser the state; a form on another page sends only what is SameSite=None, over HTTPS."""
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
