"""Hash passwords, compare them, and refuse those that can be guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from graph.errors import Misconfigured

if TYPE_CHECKING:  # `attest users list` need not wait for it
    from argon2 import PasswordHasher

LEAST_PASSWORD = 10
MOST_PASSWORD = 1_024
LEAST_SCORE = 3
"""Of the scores of zxcvbn, 0 to 4: from here on a stolen hash that is slow to compute resists guessing."""

LEAST_PART, LEAST_BESIDE = 3, 6
"""How long a part of a name must be to count, and how much else a password must hold."""

_JUDGED = 72  # zxcvbn takes much longer for more, and a good beginning is enough


class Passwords:
    """Make and compare argon2id hashes; `secret` makes the password to compare with for an unknown name."""

    def __init__(self, secret: Callable[[], str], hasher: PasswordHasher | None = None) -> None:
        self._secret = secret
        self._chosen = hasher

    def hash(self, password: str) -> str:
        """Return the hash to store."""
        return self._hasher.hash(_bytes(password))

    def is_right(self, kept: str | None, password: str) -> bool:
        """Return whether a password matches its hash; a missing hash takes as long.

        It takes about 0.1 s of computing: call it in a thread where others wait.
        """
        from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415  # as above

        if len(password) > MOST_PASSWORD:
            return False
        try:
            return self._hasher.verify(kept or self._nobodys, _bytes(password)) and kept is not None
        except (VerificationError, InvalidHashError):
            return False

    def is_outdated(self, kept: str) -> bool:
        """Return whether a hash has weaker parameters than today's."""
        return self._hasher.check_needs_rehash(kept)

    @cached_property
    def _hasher(self) -> PasswordHasher:
        from argon2 import PasswordHasher  # noqa: PLC0415  # as above

        return self._chosen or PasswordHasher()

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash(self._secret())


def checked_password(password: str, name: str) -> str:
    """Return a password; raise Misconfigured for one that is too short, too long or can be guessed."""
    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
        raise Misconfigured(
            f"the password has {len(password)} characters: write {LEAST_PASSWORD} to {MOST_PASSWORD:,}"
        )
    from zxcvbn import zxcvbn  # noqa: PLC0415  # its lists of words take a while

    parts = ["attest", *re.split(r"[._@+-]+", name.lower())]
    judged = zxcvbn(password[:_JUDGED], user_inputs=[name, *parts])
    named = _is_made_of(password, parts)
    if named or judged["score"] < LEAST_SCORE:
        why = "it is made of the name" if named else (judged["feedback"]["warning"] or "").rstrip(".").lower()
        because = f" ({why})" if why else ""
        raise Misconfigured(
            f"the password is easy to guess{because}: take a longer one, of several odd words"
        )
    return password


def _is_made_of(password: str, parts: list[str]) -> bool:
    """Return whether a password is little more than parts of the name, which zxcvbn lets pass."""
    left = re.sub(r"[\W_]+", "", password.lower())
    found = [
        part for part in sorted(parts, key=len, reverse=True) if len(part) >= LEAST_PART and part in left
    ]
    for part in found:
        left = left.replace(part, "")
    return bool(found) and len(left) < LEAST_BESIDE


def _bytes(password: str) -> bytes:
    """Return the same bytes for the same characters, however a keyboard composes them (NFC)."""
    return unicodedata.normalize("NFC", password).encode(errors="surrogatepass")
