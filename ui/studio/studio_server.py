"""Start LangGraph's own server for Studio."""

from __future__ import annotations

import logging
import os
from typing import Any

from graph.config.settings import Settings, hand_down, own_environment
from graph.errors import Misconfigured
from graph.private_files import make_folder
from ui.studio.studio_token import new_token

GRAPHS = {"attest": "graph.studio:graph"}
AUTH = {"path": "ui.studio.studio_auth:auth", "disable_studio_auth": True}
HOST = "127.0.0.1"


def http(page: str) -> dict[str, Any]:
    """Return the settings of LangGraph's HTTP server, for one page."""
    return {
        "app": "ui.studio.studio_middleware:app",
        "cors": {
            "allow_origins": [page],
            "allow_methods": ["GET", "POST", "PUT", "PATCH", "DELETE"],
            "allow_headers": [
                "accept",
                "authorization",
                "baggage",
                "content-type",
                "langsmith-trace",
                "last-event-id",
                "x-api-key",
                "x-auth-scheme",
                "x-organization-id",
                "x-service-key",
                "x-tenant-id",
                "x-user-id",
            ],
            "allow_credentials": False,
            "expose_headers": ["content-location", "x-pagination-next", "x-pagination-total"],
            "max_age": 600,
        },
        "configurable_headers": {"excludes": ["*"]},
        "disable_a2a": True,
        "disable_mcp": True,
        "disable_store": True,
        "disable_ui": True,
    }


def start(settings: Settings, port: int) -> None:
    """Serve until it is stopped; raises Misconfigured where LangGraph's server is not installed."""
    try:
        from langgraph_api.cli import run_server  # noqa: PLC0415  # it is no dependency of Attest
    except ImportError:
        raise Misconfigured(
            "LangGraph's server is not installed: pip install 'langgraph-cli[inmem]', or make studio"
        ) from None
    new_token()
    hand_down("LANGGRAPH_NO_VERSION_CHECK", "true")
    if "LOG_LEVEL" not in own_environment():
        hand_down("LOG_LEVEL", "WARNING")  # else the address stands among a hundred lines
    logging.getLogger("langgraph_api.cli").setLevel(logging.WARNING)  # its address lacks the token
    _stand_at(settings)
    run_server(
        host=HOST,
        port=port,
        graphs=GRAPHS,
        auth=AUTH,
        http=http(settings.studio_url),
        studio_url=settings.studio_url,
    )


def _stand_at(settings: Settings) -> None:
    """Change to our own folder: the server unpickles its threads from the working folder."""
    place = settings.home / "studio"
    try:
        make_folder(place)
        os.chdir(place)
    except OSError as error:
        raise Misconfigured(
            f"cannot use {place} ({error.strerror}): set ATTEST_HOME to a folder you may write"
        ) from None
