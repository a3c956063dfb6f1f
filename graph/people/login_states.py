"""Bind a login by provider to the browser, the provider and the callback, for a single use."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from graph.people.bearer_secret import digest_of
from graph.records import Clock
from graph.stores.accounts import stored_login_states
from graph.stores.accounts.stored_login_states import LoginState

if TYPE_CHECKING:
    from graph.stores.db.database import Database

LASTS = 600
"""How many seconds a person may take at the provider."""


class LoginStates:
    """Store the state of each login in the database, so that another process may finish it."""

    def __init__(
        self,
        database: Database,
        *,
        clock: Clock = time.time,
        secret: Callable[[], str] = lambda: secrets.token_urlsafe(32),
    ) -> None:
        self._database = database
        self._clock = clock
        self._secret = secret

    async def begin(self, provider: str, redirect: str) -> tuple[str, str]:
        """Return a state for the browser and the provider, and the PKCE verifier, which stays here."""
        state, verifier, now = self._secret(), self._secret(), self._clock()
        kept = LoginState(provider=provider, redirect=redirect, verifier=verifier, expires=now + LASTS)
        await self._database.write(
            lambda connection: stored_login_states.keep(connection, digest_of(state), kept, now)
        )
        return state, verifier

    async def take(self, state: str, provider: str, redirect: str) -> str | None:
        """Return the PKCE verifier once; None where another provider or callback began the login."""
        now = self._clock()
        kept = await self._database.write(
            lambda connection: stored_login_states.take(connection, digest_of(state), now)
        )
        if kept is None or (kept.provider, kept.redirect) != (provider, redirect):
            return None
        return kept.verifier
