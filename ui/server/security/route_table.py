"""List every route of the server; a route that is not listed is not served.

A capability that adds a route adds its line here; tests/security compares the table with the running server.
"""

from __future__ import annotations

from functools import partial

from ui.server.security.http_forms import (
    CallAction,
    DeleteFeedback,
    DeleteThread,
    Handshake,
    ListThreads,
    RenameThread,
    SendFeedback,
    SessionQuery,
    StickySession,
)
from ui.server.security.route_rules import WEBSOCKET, RouteAccess, RouteRule, RouteRules
from ui.server.security.security_headers import FILE, PART

GET, POST, PUT, DELETE = ("GET",), ("POST",), ("PUT",), ("DELETE",)
MOST_LOGIN = 65_536
MOST_UPLOAD = 50 * 1_048_576 + 65_536
"""The largest file the page takes, with the words a browser puts around it."""

_open = partial(RouteRule, who=RouteAccess.ANYBODY)
_part = partial(RouteRule, who=RouteAccess.ANYBODY, methods=GET, headers=PART)
_api = partial(RouteRule, who=RouteAccess.CALLER)

PROBES = (
    _open(path="/health", methods=GET),
    _open(path="/ready", methods=GET),
    _api(path="/metrics", methods=GET),
)
API = (
    _open(path="/api/docs", methods=GET),
    _open(path="/api/docs.css", methods=GET),
    _open(path="/api/openapi.json", methods=(*GET, "HEAD")),
    _api(path="/api/runs", methods=(*GET, *POST)),
    _api(path="/api/runs/{run_id}", methods=GET),
    _api(path="/api/runs/{run_id}/events", methods=GET),
    _api(path="/api/runs/{run_id}/pending", methods=GET),
    _api(path="/api/runs/{run_id}/decision", methods=POST),
    _api(path="/api/runs/{run_id}/stop", methods=POST),
    _api(path="/api/runs/{run_id}/resume", methods=POST),
    _api(path="/api/runs/{run_id}/report", methods=GET),
    _api(path="/api/runs/{run_id}/sources/{sha256}", methods=GET),
    _api(path="/api/status", methods=GET),
)
PAGE = (
    _part(path="/", methods=(*GET, "HEAD")),
    _part(path="/login"),
    _part(path="/login/callback"),
    _part(path="/thread"),
    _part(path="/thread/{thread_id:id}"),
    _part(path="/element/{element_id:id}"),
    _part(path="/assets/{filename:path}"),
    _part(path="/public/{filename:path}"),
    _part(path="/favicon"),
    _part(path="/logo"),
    _part(path="/avatars/{avatar_id}"),
    _open(path="/project/translations", methods=GET),
)
LOGIN = (
    _open(path="/auth/config", methods=GET),
    _open(path="/login", methods=POST, most=MOST_LOGIN),
    _open(path="/logout", methods=POST),
    _open(path="/auth/oauth/{provider_id}", methods=GET),
    _open(path="/auth/oauth/{provider_id}/callback", methods=GET),
    _open(path="/auth/oauth/azure-ad-hybrid/callback", methods=POST, most=MOST_LOGIN, foreign=True),
    RouteRule(path="/user", methods=GET),
)
CHAT = (
    RouteRule(path="/ws/socket.io/", methods=(*GET, *POST, WEBSOCKET), query=Handshake, handshake=True),
    RouteRule(path="/set-session-cookie", methods=POST, body=StickySession),
    RouteRule(path="/project/settings", methods=GET),
    RouteRule(path="/project/threads", methods=POST, body=ListThreads),
    RouteRule(path="/project/thread", methods=PUT, body=RenameThread),
    RouteRule(path="/project/thread", methods=DELETE, body=DeleteThread),
    RouteRule(path="/project/thread/{thread_id:id}", methods=GET),
    RouteRule(path="/project/thread/{thread_id:id}/element/{element_id:id}", methods=GET),
    RouteRule(path="/project/action", methods=POST, body=CallAction),
    RouteRule(path="/project/file", methods=POST, query=SessionQuery, most=MOST_UPLOAD),
    RouteRule(path="/project/file/{file_id:id}", methods=GET, query=SessionQuery, headers=FILE),
    RouteRule(path="/feedback", methods=PUT, body=SendFeedback),
    RouteRule(path="/feedback", methods=DELETE, body=DeleteFeedback),
    RouteRule(path="/files/elements/{thread_id:id}/{element_id:id}", methods=GET, headers=FILE),
    RouteRule(path="/reading/{run_id}/{kind}", methods=GET),
)

OFF = (
    "/docs",
    "/docs/oauth2-redirect",
    "/redoc",
    "/openapi.json",
    "/copilot/{filename:path}",
    "/mcp",
    "/auth/jwt",
    "/auth/header",
    "/project/element",
    "/project/share/{thread_id}",
    "/project/thread/share",
    "/slack/events",
    "/teams/events",
    "/{full_path:path}",
)
"""What Chainlit serves and no screen of ours uses; it is not there, as anything else that is in no line."""

RULES = (*PROBES, *API, *PAGE, *LOGIN, *CHAT)


def table() -> RouteRules:
    """Return the rules of the server."""
    return RouteRules(RULES)
