"""Pass on only the socket events of the table, from accounts that may send them."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from weakref import WeakKeyDictionary

from chainlit import server
from chainlit.data import get_data_layer
from chainlit.session import WebsocketSession
from socketio.exceptions import ConnectionRefusedError as Closed

from graph.config.server_settings import ServerSettings
from graph.errors import AttestError, Refused
from graph.people.accounts import Account
from graph.people.login_rates import RequestRates
from ui.chat.history.data_layer import ChatDataLayer
from ui.server.security.concurrency_limit import ConcurrencyLimit, TooManyAtOnce
from ui.server.security.socket_events import EVENTS, SocketEvent, payload_of

Handler = Callable[..., Awaitable[Any]]
FindAccount = Callable[[str | None], Awaitable[Account | None]]
"""Return the account of a login token, or None where the session is over."""

NOT_HEARD = "this is not done here: reload the page"
OVER = "your login is not valid any more: log out, then log in again"
SAID = "this message was sent already: write a new one"
_BINARY = ("5", "6")
"""The first character of packets that announce bytes: no event has any, and nothing limits their size."""
_LOG = logging.getLogger(__name__)


class SocketEventFilter:
    """Check every event that a page sends before its handler gets it.

    `rates` limits the events of an account, `sockets` its connections at once.
    """

    def __init__(self, find_account: FindAccount, rates: RequestRates, sockets: ConcurrencyLimit) -> None:
        self._find_account = find_account
        self._rates = rates
        self._sockets = sockets
        self._accounts: dict[str, str] = {}
        self._message_ids: WeakKeyDictionary[WebsocketSession, set[str]] = WeakKeyDictionary()

    def install(self) -> None:
        """Wrap the handlers of the events in the table, and remove all others."""
        handlers: dict[str, Handler] = dict(server.sio.handlers["/"])
        wrappers: dict[str, Callable[[SocketEvent, Handler], Handler]] = {
            "connect": self._on_connect,
            "disconnect": self._on_disconnect,
        }
        server.sio.handlers["/"] = {
            event.name: wrappers.get(event.name, self._on_event)(event, handlers[event.name])
            for event in EVENTS
        }
        server.sio.on("*", _refuse_unknown)
        engine: dict[str, Handler] = server.sio.eio.handlers
        engine["connect"] = self._on_open(engine["connect"])
        engine["message"] = _text_only(engine["message"])
        engine["disconnect"] = self._on_close(engine["disconnect"])

    def _on_connect(self, event: SocketEvent, connect: Handler) -> Handler:
        async def connected(sid: str, environ: Mapping[str, Any], auth: object = None) -> object:
            # A page can send an event of this name.
            if environ is not server.sio.get_environ(sid) or WebsocketSession.get(sid):
                return _refused("this socket is open: send no `connect`")
            try:
                (checked,) = payload_of(event, (auth,))
                await self._count(_account_of(environ))
            except Refused as refused:
                raise Closed(str(refused)) from None
            return await connect(sid, environ, checked)

        return connected

    def _on_disconnect(self, _: SocketEvent, disconnect: Handler) -> Handler:
        async def disconnected(sid: str, *_: object) -> object:
            if server.sio.manager.is_connected(sid, "/"):
                return _refused("this socket is open: close it")  # as above
            return await disconnect(sid)

        return disconnected

    def _on_event(self, event: SocketEvent, handler: Handler) -> Handler:
        async def checked(sid: str, *given: object) -> object:
            try:
                session = WebsocketSession.get(sid)
                account = await self._find_account(session.token) if session else None
                if session is None or account is None:
                    raise Refused(OVER)
                await self._count(account.id)
                payload = payload_of(event, given)
                if event.name == "client_message":
                    await self._demand_new(session, payload[0])
            except AttestError as error:
                await server.sio.emit("toast", {"message": str(error), "type": "error"}, to=sid)
                return _refused(str(error))
            return await handler(sid, *payload)

        return checked

    async def _demand_new(self, session: WebsocketSession, payload: Mapping[str, Any]) -> None:
        """Raise Refused for a message with the id of another: it would replace that one."""
        step, known = payload["message"]["id"], self._message_ids.setdefault(session, set())
        layer = get_data_layer()
        if step in known or (isinstance(layer, ChatDataLayer) and await layer.has_step(step)):
            raise Refused(SAID)
        known.add(step)

    async def _count(self, account: str) -> None:
        visit = await self._rates.count(f"account {account}")
        if not visit.allowed:
            raise TooManyAtOnce(
                f"more than {visit.limit} messages in {visit.window} seconds: wait {visit.reset} seconds"
            )

    def _on_open(self, connect: Handler) -> Handler:
        async def opened(engine_id: str, environ: Mapping[str, Any]) -> object:
            account = _account_of(environ)
            try:
                self._sockets.take(account)
            except TooManyAtOnce as many:
                _LOG.warning("a connection of %s was refused: %s", account, many)
                return str(many)
            self._accounts[engine_id] = account
            return await connect(engine_id, environ)

        return opened

    def _on_close(self, disconnect: Handler) -> Handler:
        async def closed(engine_id: str, *why: object) -> object:
            if (account := self._accounts.pop(engine_id, None)) is not None:
                self._sockets.give_back(account)
            return await disconnect(engine_id, *why)

        return closed


def socket_event_filter(server_settings: ServerSettings, find_account: FindAccount) -> SocketEventFilter:
    """Return a filter with the limits of the settings; raise Misconfigured for a rate that cannot be read."""
    sockets = ConcurrencyLimit(server_settings.sockets, "pages of the chat open already: close one first")
    return SocketEventFilter(
        find_account, RequestRates(server_settings.message_rate, clock=time.time), sockets
    )


def _text_only(message: Handler) -> Handler:
    async def text(engine_id: str, data: object) -> object:
        if isinstance(data, str) and not data.startswith(_BINARY):
            return await message(engine_id, data)
        return await server.sio.eio.disconnect(engine_id)

    return text


async def _refuse_unknown(event: str, *_: object) -> object:
    """Refuse an event that is not in the table; the page sends a few by itself, so it shows no error."""
    _LOG.info("a socket event is not heard: %.64s", event)
    return _refused(NOT_HEARD)


def _refused(why: str) -> dict[str, str]:
    return {"refused": why}


def _account_of(environ: Mapping[str, Any]) -> str:
    """Return the id of the account of a socket, as the security layer found it."""
    account: Account = environ["asgi.scope"]["state"]["account"]
    return account.id
