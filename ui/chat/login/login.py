"""Let people in: by name and password, or by a provider the operator set up."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import chainlit as cl

from graph.config.settings import Settings, hand_down
from graph.errors import Misconfigured
from ui.chat.login import current_user
from ui.chat.login.login_refusal import turn_away
from ui.chat.login.login_routes import LoginRoutes
from ui.chat.login.provider_login import ProviderLogin
from ui.server.people.accounts import FIRST
from ui.server.people.identity_providers import advice, canonical, issuers, problems
from ui.server.people.login_rates import RequestRates
from ui.server.people.oauth import LoginRefusal, vouched
from ui.server.people.people import people_of
from ui.server.people.policy_access import Access
from ui.server.people.session_secret import session_secret
from ui.server.security.security_advice import doubts
from ui.server.web.client_address import networks
from ui.terminal.streams import tell

if TYPE_CHECKING:
    from graph.stores.db.database import Database


class Door:
    """Know the people of an installation and let them in.

    Building it gives Chainlit the secret of its sessions, and makes the first account where there is none and
    people log in by password: its own is told once, on the terminal. Raises Misconfigured where settings keep
    people out.
    """

    def __init__(self, settings: Settings, database: Database) -> None:
        for problem in problems(settings):
            raise Misconfigured(problem)
        for doubt in (*advice(settings), *doubts(settings)):
            tell(doubt)
        hand_down("CHAINLIT_AUTH_SECRET", session_secret(settings.home))
        self._settings = settings
        self._issuers = issuers(settings.values)
        self.people = people_of(settings, database)
        if settings.server_settings.password_login and (password := self.people.accounts.ensure_first()):
            tell(f"log in as {FIRST} with the password {password} (it is shown this once)")
        current_user.know(self.people.sessions, Access(settings.policies))

    def providers(self) -> ProviderLogin:
        """Return the routes of the providers."""
        rates = RequestRates(self._settings.server_settings.api_rate, clock=time.time)
        return ProviderLogin(self._settings, self.people.states, rates, self.by_provider)

    def login(self) -> LoginRoutes:
        """Return the routes to log in by password, and out again."""
        server_settings = self._settings.server_settings
        proxies = networks(server_settings.trusted_proxies)
        return LoginRoutes(self.people, proxies, by_password=server_settings.password_login)

    async def by_provider(self, provider: str, facts: Mapping[str, Any]) -> cl.User | None:
        """Return the user of a person a provider vouches for, if the operator lets their domain in."""
        if provider not in self._issuers:
            return None
        issuer, known = self._issuers[provider], canonical(provider, self._settings.values)
        person = vouched(known, issuer, facts, self._settings.server_settings)
        if not isinstance(person, LoginRefusal):
            account = await self.people.identities.admit(person)
            if not isinstance(account, LoginRefusal):
                return current_user.user_of(account, await self.people.sessions.begin(account, issuer))
            person = account
        turn_away(person)
        tell(f"login by {provider} refused: {person}")
        return None
