"""Print all that the chat's server routes and hears, as JSON: python -m tests.security.listed.

It loads the chat as `chainlit run` does, in a process of its own.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from typing import Any

from ui.chat.chainlit.chainlit_folder import ROOT


def routes(items: list[Any], prefix: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each path, with its methods; a mounted application is one path, with none."""
    for item in items:
        if hasattr(item, "original_router"):
            yield from routes(item.original_router.routes, prefix + item.include_context.prefix)
        else:
            yield prefix + item.path, tuple(sorted(getattr(item, "methods", None) or ()))
            inner = getattr(getattr(item, "endpoint", None), "router", None)
            yield from routes(inner.routes if inner else [])


def listed() -> dict[str, Any]:
    """Return routes, events and what Chainlit says of its routes."""
    os.environ["CHAINLIT_APP_ROOT"] = str(ROOT)
    from chainlit import server, socket  # noqa: PLC0415  # after its folder is known
    from chainlit.config import load_module  # noqa: PLC0415  # as above

    known = sorted(server.sio.handlers["/"])
    load_module(str(ROOT / "app.py"))
    return {
        "routes": sorted(set(routes(server.app.router.routes))),
        "events": known,
        "heard": sorted(server.sio.handlers["/"]),
        "namespaces": sorted(server.sio.handlers),
        "schema": server.app.openapi(),
        "socket": socket.__name__,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(listed()))
