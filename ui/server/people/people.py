"""Make the account services of a server."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.server.people.accounts import Accounts
from ui.server.people.identities import Identities
from ui.server.people.identity_providers import issuers
from ui.server.people.legacy_accounts import take_over
from ui.server.people.login_rates import RequestRates
from ui.server.people.login_states import LoginStates
from ui.server.people.password_login import PasswordLogin
from ui.server.people.sessions import Sessions

if TYPE_CHECKING:
    from graph.config.settings import Settings
    from graph.stores.db.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Hold the account services."""

    accounts: Accounts
    sessions: Sessions
    identities: Identities
    login: PasswordLogin
    states: LoginStates


def people_of(settings: Settings, database: Database) -> People:
    """Import the accounts of an earlier release, and return the account services of an installation.

    Raises Misconfigured where the import or the login rate cannot be read.
    """
    server_settings = settings.server_settings
    rates = RequestRates(server_settings.login_rate, clock=time.time)
    take_over(settings.home, database, time.time())
    accounts = Accounts(database, oauth_role=server_settings.oauth_role)
    return People(
        accounts=accounts,
        sessions=Sessions(database, server_settings, issuers(settings.values).values()),
        identities=Identities(database, server_settings),
        login=PasswordLogin(accounts, database, rates),
        states=LoginStates(database),
    )
