"""Let the socket of the chat hear the events of the table alone, from whoever may send them."""

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
from ui.chat.history.history import History
from ui.chat.login.current_user import behind
from ui.server.people.accounts import Account
from ui.server.people.login_rates import RequestRates
from ui.server.security.concurrency_limit import ConcurrencyLimit, TooManyAtOnce
from ui.server.security.socket_events import EVENTS, SocketEvent, payload_of

Handler = Callable[..., Awaitable[Any]]

NOT_HEARD = "this is not done here: reload the page"
OVER = "your login is not valid any more: log out, then log in again"
SAID = "this message was sent already: write a new one"
_BINARY = ("5", "6")
"""How packets begin that announce bytes: no event of ours has any, and they are gathered without a bound."""
_LOG = logging.getLogger(__name__)


class Gatekeeper:
    """Hear what a page sends; `rates` counts its events by account, `sockets` the connections at once."""

    def __init__(self, rates: RequestRates, sockets: ConcurrencyLimit) -> None:
        self._rates = rates
        self._sockets = sockets
        self._accounts: dict[str, str] = {}
        self._said: WeakKeyDictionary[WebsocketSession, set[str]] = WeakKeyDictionary()

    def stand(self) -> None:
        """Take the place of every handler there is: those of the table are asked through this one."""
        handlers: dict[str, Handler] = dict(server.sio.handlers["/"])
        between: dict[str, Callable[[SocketEvent, Handler], Handler]] = {
            "connect": self._opening,
            "disconnect": self._closing,
        }
        server.sio.handlers["/"] = {
            event.name: between.get(event.name, self._hearing)(event, handlers[event.name])
            for event in EVENTS
        }
        server.sio.on("*", _not_heard)
        engine: dict[str, Handler] = server.sio.eio.handlers
        engine["connect"] = self._plugging(engine["connect"])
        engine["message"] = _text_alone(engine["message"])
        engine["disconnect"] = self._unplugging(engine["disconnect"])

    def _opening(self, event: SocketEvent, connect: Handler) -> Handler:
        async def opened(sid: str, environ: Mapping[str, Any], auth: object = None) -> object:
            if environ is not server.sio.get_environ(sid) or WebsocketSession.get(sid):
                return _refused(
                    "this socket is open: send no `connect`"
                )  # a page can send an event of that name
            try:
                (checked,) = payload_of(event, (auth,))
                await self._count(_account_of(environ))
            except Refused as refused:
                raise Closed(str(refused)) from None
            return await connect(sid, environ, checked)

        return opened

    def _closing(self, _: SocketEvent, disconnect: Handler) -> Handler:
        async def closed(sid: str, *_: object) -> object:
            if server.sio.manager.is_connected(sid, "/"):
                return _refused("this socket is open: close it")  # as above
            return await disconnect(sid)

        return closed

    def _hearing(self, event: SocketEvent, handler: Handler) -> Handler:
        async def heard(sid: str, *given: object) -> object:
            try:
                session = WebsocketSession.get(sid)
                account = await behind(session.token) if session else None
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

        return heard

    async def _demand_new(self, session: WebsocketSession, payload: Mapping[str, Any]) -> None:
        """Raise Refused for a message under an id that is taken: it would replace what stands there."""
        step, said = payload["message"]["id"], self._said.setdefault(session, set())
        layer = get_data_layer()
        if step in said or (isinstance(layer, History) and await layer.has_step(step)):
            raise Refused(SAID)
        said.add(step)

    async def _count(self, account: str) -> None:
        visit = await self._rates.count(f"account {account}")
        if not visit.allowed:
            raise TooManyAtOnce(
                f"more than {visit.limit} messages in {visit.window} seconds: wait {visit.reset} seconds"
            )

    def _plugging(self, connect: Handler) -> Handler:
        async def plugged(engine_id: str, environ: Mapping[str, Any]) -> object:
            account = _account_of(environ)
            try:
                self._sockets.take(account)
            except TooManyAtOnce as many:
                _LOG.warning("a connection of %s was refused: %s", account, many)
                return str(many)
            self._accounts[engine_id] = account
            return await connect(engine_id, environ)

        return plugged

    def _unplugging(self, disconnect: Handler) -> Handler:
        async def unplugged(engine_id: str, *why: object) -> object:
            if (account := self._accounts.pop(engine_id, None)) is not None:
                self._sockets.give_back(account)
            return await disconnect(engine_id, *why)

        return unplugged


def gatekeeper(server_settings: ServerSettings) -> Gatekeeper:
    """Make one by the settings; raises Misconfigured for a rate that cannot be read."""
    sockets = ConcurrencyLimit(server_settings.sockets, "pages of the chat open already: close one first")
    return Gatekeeper(RequestRates(server_settings.message_rate, clock=time.time), sockets)


def _text_alone(message: Handler) -> Handler:
    async def text(engine_id: str, data: object) -> object:
        if isinstance(data, str) and not data.startswith(_BINARY):
            return await message(engine_id, data)
        return await server.sio.eio.disconnect(engine_id)

    return text


async def _not_heard(event: str, *_: object) -> object:
    """Answer an event of no line; the page sends a few by itself, so nothing is shown for them."""
    _LOG.info("a socket event is not heard: %.64s", event)
    return _refused(NOT_HEARD)


def _refused(why: str) -> dict[str, str]:
    return {"refused": why}


def _account_of(environ: Mapping[str, Any]) -> str:
    """Return the id of the account whose socket it is, as the layer in front found out."""
    account: Account = environ["asgi.scope"]["state"]["account"]
    return account.id
