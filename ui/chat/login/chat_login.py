"""Log people in by name and password, or by a provider that the operator set up."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import chainlit as cl

from graph.config.settings import Settings, hand_down
from graph.errors import Misconfigured
from graph.people.accounts import FIRST
from graph.people.identity_providers import advice, canonical, issuers, problems
from graph.people.login_rates import RequestRates
from graph.people.oauth import LoginRefusal, vouched
from graph.people.people import open_people
from graph.people.session_secret import session_secret
from ui.chat.login.current_user import user_of
from ui.chat.login.login_refusal import note_refusal
from ui.chat.login.login_routes import LoginRoutes
from ui.chat.login.provider_login import ProviderLogin
from ui.server.security.security_advice import doubts
from ui.server.web.client_address import networks
from ui.terminal.streams import tell


class ChatLogin:
    """Log the people of an installation in.

    Making it gives Chainlit the secret of its sessions. Where people log in by password and there is no
    account, it makes the first one and prints its password once. Raises Misconfigured for settings that let
    nobody in.
    """

    def __init__(self, settings: Settings) -> None:
        for problem in problems(settings):
            raise Misconfigured(problem)
        for doubt in (*advice(settings), *doubts(settings)):
            tell(doubt)
        hand_down("CHAINLIT_AUTH_SECRET", session_secret(settings.home))
        self._settings = settings
        self._issuers = issuers(settings.values)
        self.people = open_people(settings, tell)
        if settings.server_settings.password_login and (password := self.people.accounts.ensure_first()):
            tell(f"log in as {FIRST} with the password {password} (it is shown this once)")

    def provider_routes(self) -> ProviderLogin:
        """Return the routes of the providers."""
        rates = RequestRates(self._settings.server_settings.api_rate, clock=time.time)
        return ProviderLogin(self._settings, self.people.states, rates, self.log_in_by_provider)

    def password_routes(self) -> LoginRoutes:
        """Return the routes to log in by password, and out again."""
        server_settings = self._settings.server_settings
        proxies = networks(server_settings.trusted_proxies)
        return LoginRoutes(self.people, proxies, by_password=server_settings.password_login)

    async def log_in_by_provider(self, provider: str, facts: Mapping[str, Any]) -> cl.User | None:
        """Return the user of a person whom a provider identified, if the operator lets their domain in."""
        if provider not in self._issuers:
            return None
        issuer, known = self._issuers[provider], canonical(provider, self._settings.values)
        person = vouched(known, issuer, facts, self._settings.server_settings)
        if not isinstance(person, LoginRefusal):
            account = await self.people.identities.admit(person)
            if not isinstance(account, LoginRefusal):
                return user_of(account, await self.people.sessions.begin(account, issuer))
            person = account
        note_refusal(person)
        tell(f"login by {provider} refused: {person}")
        return None
