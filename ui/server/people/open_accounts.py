"""Open the accounts of an installation for one command."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from graph.installation import open_database
from ui.server.people.accounts import Accounts
from ui.server.people.legacy_accounts import take_over

if TYPE_CHECKING:
    from graph.config.settings import Settings


@contextmanager
def accounts_of(settings: Settings) -> Iterator[Accounts]:
    """Yield the accounts after importing those of an earlier release; raises Misconfigured."""
    database = open_database(settings)
    try:
        take_over(settings.home, database, time.time())
        yield Accounts(database, oauth_role=settings.server_settings.oauth_role)
    finally:
        database.close_now()
