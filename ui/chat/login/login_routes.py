"""Log in by name and password, and log out, in place of Chainlit's own routes.

Those hide what a callback raises: nobody would learn to wait, or that a session did not end.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from chainlit import server
from chainlit.auth import clear_auth_cookie, get_token_from_cookies
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse
from fastapi.security import OAuth2PasswordRequestForm

from graph.errors import AttestError
from graph.people.accounts import Account
from graph.people.password_login import REMEMBERED_SECONDS, LoginOrigin, PasswordLogin, TooManyLogins
from graph.people.people import People
from ui.chat.login.current_user import user_of
from ui.chat.login.logout import end_session
from ui.server.web.client_address import Networks, address_of, is_secure
from ui.terminal.streams import tell

DEVICE = "attest_device"
"""The cookie that marks a browser that logged in before; it grants no access."""
FORM = "/login"

Typed = Annotated[OAuth2PasswordRequestForm, Depends()]


class LoginRoutes:
    """Answer `/login` and `/logout`; only headers of these proxies give the address of a browser."""

    def __init__(self, people: People, proxies: Networks, *, by_password: bool) -> None:
        self._people = people
        self._proxies = proxies
        self._by_password = by_password

    def router(self) -> APIRouter:
        """Return the routes, which must come before Chainlit's."""
        router = APIRouter()
        if self._by_password:
            router.add_api_route(FORM, self.log_in, methods=["POST"], name="login")
        router.add_api_route("/logout", self.log_out, methods=["POST"])
        return router

    async def log_in(self, request: Request, typed: Typed) -> Response:
        """Log in a person who knows the password; after too many tries, say how long to wait."""
        origin = LoginOrigin(
            address=address_of(request, self._proxies), device=request.cookies.get(DEVICE, "")
        )
        try:
            return await self._checked(request, typed, origin)
        except TooManyLogins as refused:
            tell(f"login refused: {refused}")
            wait = {"Retry-After": str(refused.seconds)}
            return JSONResponse({"detail": str(refused)}, HTTPStatus.TOO_MANY_REQUESTS, wait)
        except AttestError as error:
            return _failed(error)

    async def log_out(self, request: Request) -> Response:
        """End the session of a browser, in the database and in its cookie."""
        token = get_token_from_cookies(request.cookies)
        try:
            await end_session(token, self._people.sessions)
        except AttestError as error:  # the browser keeps its session, and may try again
            return _failed(error)
        response = JSONResponse({"success": True})
        clear_auth_cookie(request, response)
        return response

    async def _checked(self, request: Request, typed: Typed, origin: LoginOrigin) -> Response:
        login: PasswordLogin = self._people.login
        account = await login.admit(typed.username, typed.password, origin)
        if account is None:
            return JSONResponse({"detail": "credentialssignin"}, HTTPStatus.UNAUTHORIZED)
        return await self._logged_in(request, account, await login.remember(account, origin))

    async def _logged_in(self, request: Request, account: Account, device: str) -> Response:
        user = user_of(account, await self._people.sessions.begin(account))
        response = await server._authenticate_user(request, user)  # noqa: SLF001  # as its own route does
        response.set_cookie(
            DEVICE,
            device,
            max_age=REMEMBERED_SECONDS,
            path=FORM,
            secure=is_secure(request, self._proxies),
            httponly=True,
            samesite="lax",
        )
        return response


def _failed(error: AttestError) -> Response:
    """Answer that it cannot be done now; only the operator sees the reason."""
    tell(f"attest: {error}")
    return JSONResponse({"detail": "try again in a while"}, HTTPStatus.SERVICE_UNAVAILABLE)
