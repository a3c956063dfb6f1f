"""Print all that the chat's server routes and hears, as JSON: python -m tests.security.listed.

It loads the chat as `chainlit run` does, in a process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.browser.server import ROOT as PROJECT
from tests.browser.server import ChatServer
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


def listed_by_process(home: Path) -> dict[str, Any]:
    """Return the same, printed by a process of its own that keeps its data in `home`."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.security.listed"],
        cwd=PROJECT,
        env=ChatServer(home=home).environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout[done.stdout.index('{"routes"') :])
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(listed()))
