"""Open what a server knows of its people."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.people.accounts import Accounts
from graph.people.conversations import Conversations
from graph.people.identities import Identities
from graph.people.identity_providers import issuers
from graph.people.legacy_accounts import Tell, take_over
from graph.people.login_rates import RequestRates
from graph.people.login_states import LoginStates
from graph.people.password_login import PasswordLogin
from graph.people.sessions import Sessions
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS

if TYPE_CHECKING:
    from graph.config.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Hold the accounts, sessions, logins and conversations of a server."""

    accounts: Accounts
    sessions: Sessions
    identities: Identities
    login: PasswordLogin
    states: LoginStates
    conversations: Conversations
    close: Callable[[], Awaitable[None]]


def open_people(settings: Settings, tell: Tell) -> People:
    """Import the accounts of an earlier release, and open what a server knows of its people.

    `tell` says what was imported. Raises Misconfigured where the import or the login rate cannot be read.
    """
    server_settings = settings.server_settings
    rates = RequestRates(server_settings.login_rate, clock=time.time)
    database = Database(settings.database, migrations=MIGRATIONS)
    take_over(settings.home, database, time.time(), tell)
    accounts = Accounts(database, oauth_role=server_settings.oauth_role)
    return People(
        accounts=accounts,
        sessions=Sessions(database, server_settings, issuers(settings.values).values()),
        identities=Identities(database, server_settings),
        login=PasswordLogin(accounts, database, rates),
        states=LoginStates(database),
        conversations=Conversations(database),
        close=database.close,
    )
