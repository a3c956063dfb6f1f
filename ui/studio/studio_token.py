"""Make and check the token of this start of the server."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from graph.config.settings import hand_down, own_environment

NAME = "ATTEST_STUDIO_TOKEN"
_BEARER = b"bearer "


def new_token() -> str:
    """Make and return a token for this process and its children."""
    made = secrets.token_urlsafe(32)
    hand_down(NAME, made)
    return made


TOKEN = own_environment().get(NAME) or new_token()


def is_sent(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Tell whether the token stands in `Authorization: Bearer …` or in `X-Api-Key`."""
    sent = {name.lower(): value for name, value in headers}
    given = sent.get(b"x-api-key", b"")
    if (authorization := sent.get(b"authorization", b"")).lower().startswith(_BEARER):
        given = authorization[len(_BEARER) :].strip()
    return secrets.compare_digest(given, TOKEN.encode())
