"""Open the accounts of an installation for one command."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from graph.people.accounts import Accounts
from graph.people.legacy_accounts import Tell, take_over
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS

if TYPE_CHECKING:
    from graph.config.settings import Settings


@contextmanager
def accounts_of(settings: Settings, tell: Tell) -> Iterator[Accounts]:
    """Yield the accounts after importing those of an earlier release; `tell` says what was imported.

    Raises Misconfigured.
    """
    database = Database(settings.database, migrations=MIGRATIONS)
    try:
        take_over(settings.home, database, time.time(), tell)
        yield Accounts(database, oauth_role=settings.server_settings.oauth_role)
    finally:
        database.close_now()
