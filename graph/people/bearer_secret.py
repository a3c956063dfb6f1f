"""Make, read and compare bearer tokens."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass, field

PREFIX = "attest_"
"""How every token begins, so that one that leaked is found by those who look for such things."""

_WRITTEN = re.compile(rf"{PREFIX}([A-Za-z0-9_-]{{32,128}})")


@dataclass(frozen=True, slots=True, kw_only=True)
class BearerToken:
    """Hold a new token, to be shown once."""

    id: str
    text: str = field(repr=False)


def new_secret() -> str:
    """Return 256 random bits in 43 characters."""
    return secrets.token_urlsafe(32)


def write_bearer(secret: str) -> str:
    """Return the bearer token of a secret."""
    return f"{PREFIX}{secret}"


def read_bearer(text: str) -> str | None:
    """Return the sha256 of the secret in a token, or None for an invalid token."""
    found = _WRITTEN.fullmatch(text)
    return digest_of(found[1]) if found else None


def digest_of(secret: str) -> str:
    """Return the sha256 of a secret; a random secret needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_digest(kept: str, asked: str) -> bool:
    """Compare two digests in constant time."""
    return secrets.compare_digest(kept.encode(), asked.encode())
