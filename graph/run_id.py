"""Name a run."""

from __future__ import annotations

import secrets
import time


def new_run_id(now: float) -> str:
    """Return an id that sorts by time and does not repeat; `now` is in seconds since the epoch."""
    return f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime(now))}-{secrets.token_hex(3)}"
