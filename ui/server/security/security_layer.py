"""Check each request of a server against the table of route rules."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import HTTPException, Request
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from graph.people.accounts import Account
from ui.server.security.cookies import cleaned
from ui.server.security.hosts import Hosts
from ui.server.security.http_forms import CheckedForm, SessionForm
from ui.server.security.origins import ELSEWHERE, SAFE, RequestOrigin, origin_of
from ui.server.security.request_bodies import asked, checked, limited, query_of, rewritten, whole
from ui.server.security.route_rules import WEBSOCKET, RouteAccess, RouteRule, RouteRules
from ui.server.security.security_headers import ANSWER, add
from ui.server.web.problems import MEDIA_TYPE, Problem, answer

Visitor = Callable[[Request], Awaitable[Account | None]]
"""Return the account of the browser that asks, by its chat session; None without one."""
Owner = Callable[[str], str | None]
"""Return the id of the account of a chat session; None where there is no such session."""

LOG_IN = "log in to the chat first: open /login"
FAILED = "something failed here: its operator finds the reason in the log"


@dataclass(slots=True)
class JudgedRequest:
    """Hold what is known of a request when it is answered."""

    rule: RouteRule | None = None
    secure: bool = False
    started: bool = False

    @property
    def headers(self) -> Mapping[str, str]:
        """Return what its answer must say to browsers."""
        return self.rule.headers if self.rule else ANSWER


class SecurityLayer:
    """Check each request and each web socket, and pass on only what its rule allows."""

    def __init__(
        self, app: ASGIApp, *, rules: RouteRules, hosts: Hosts, visitor: Visitor, owner: Owner
    ) -> None:
        self._app = app
        self._rules = rules
        self._hosts = hosts
        self._visitor = visitor
        self._owner = owner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer in one line why not."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})
        judged = JudgedRequest()

        async def send_with_headers(message: Message) -> None:
            if message["type"].endswith("response.start"):
                judged.started = True
                add(scope, message, judged.headers, secure=judged.secure)
            await send(message)

        try:
            admitted = await self._admitted(scope, receive, judged)
            await self._app(scope, admitted, send_with_headers)
        except Problem as problem:
            await _refuse(scope, receive, send_with_headers, problem, judged)
        except HTTPException as error:
            too_large = Problem(HTTPStatus(error.status_code), str(error.detail))
            await _refuse(scope, receive, send_with_headers, too_large, judged)
        except Exception:
            await _refuse(
                scope, receive, send_with_headers, Problem(HTTPStatus.INTERNAL_SERVER_ERROR, FAILED), judged
            )
            raise

    async def _admitted(self, scope: Scope, receive: Receive, judged: JudgedRequest) -> Receive:
        """Return the reader of a request that may pass; raises Problem for any other."""
        request = HTTPConnection(scope)
        host = self._hosts.check(request)
        judged.secure = self._hosts.is_secure(request, host)
        method = WEBSOCKET if scope["type"] == "websocket" else scope["method"]
        judged.rule = rule = self._rules.of(scope["path"], method)
        scope["state"]["rule"] = rule
        site = origin_of(request.headers, self._hosts.origins(host, secure=judged.secure))
        scope["state"]["site"] = site
        _demand_own_page(request, rule, site, method)
        scope["headers"] = _passed_on(scope, rule)
        if rule.who is RouteAccess.PERSON:
            await self._demand_person(scope, rule, site, method)
        return await self._read(scope, limited(scope, receive, rule.most), rule)

    async def _demand_person(self, scope: Scope, rule: RouteRule, site: RequestOrigin, method: str) -> None:
        account = await self._visitor(Request({**scope, "type": "http"}))
        if account is None:
            raise Problem(HTTPStatus.UNAUTHORIZED, LOG_IN)
        if site is RequestOrigin.SILENT and method not in SAFE and not rule.handshake:
            raise Problem(HTTPStatus.FORBIDDEN, ELSEWHERE)
        scope["state"]["account"] = account

    async def _read(self, scope: Scope, receive: Receive, rule: RouteRule) -> Receive:
        """Check the query and the body against their forms, and write them anew."""
        if rule.query:
            form = asked(rule.query, scope["query_string"])
            self._demand_session(scope, form)
            scope["query_string"] = query_of(form)
        if rule.body is None:
            return receive
        form = checked(rule.body, await whole(receive))
        self._demand_session(scope, form)
        return rewritten(scope, receive, form)

    def _demand_session(self, scope: Scope, form: CheckedForm) -> None:
        """Raise Problem 404 for the session of another person, as for one that does not exist."""
        if isinstance(form, SessionForm) and self._owner(form.session_id) != scope["state"]["account"].id:
            raise Problem(HTTPStatus.NOT_FOUND, "there is no such session of yours: reload the page")


def _demand_own_page(request: HTTPConnection, rule: RouteRule, site: RequestOrigin, method: str) -> None:
    """Raise Problem 403 where a page of another origin may change something or open a socket.

    A request with a bearer token is judged by the token alone: a browser adds none by itself.
    """
    if rule.foreign or (method in SAFE and not rule.handshake):
        return
    by_token = rule.who is RouteAccess.CALLER and "authorization" in request.headers
    if site is RequestOrigin.OTHER and not by_token:
        raise Problem(HTTPStatus.FORBIDDEN, ELSEWHERE)


def _passed_on(scope: Scope, rule: RouteRule) -> list[tuple[bytes, bytes]]:
    """Return the headers to pass on; only the API gets the bearer token."""
    headers = cleaned(scope["headers"])
    if rule.who is RouteAccess.CALLER:
        return headers
    return [(name, value) for name, value in headers if name != b"authorization"]


async def _refuse(
    scope: Scope, receive: Receive, send: Send, problem: Problem, judged: JudgedRequest
) -> None:
    """Answer with one line; the chat page shows the detail only of plain JSON."""
    if judged.started:
        return
    chat = judged.rule is not None and judged.rule.who is not RouteAccess.CALLER
    media_type = "application/json" if chat else MEDIA_TYPE
    response = answer(problem.status, problem.detail, problem.headers, media_type=media_type)
    if scope["type"] == "websocket":
        await _deny(scope, receive, send, response)
    else:
        await response(scope, receive, send)


async def _deny(scope: Scope, receive: Receive, send: Send, response: Response) -> None:
    if "websocket.http.response" in scope.get("extensions", {}):
        await WebSocket(scope, receive, send).send_denial_response(response)
    else:
        await send({"type": "websocket.close", "code": 1008, "reason": ""})
