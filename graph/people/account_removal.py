"""Remove an account, and delete its rows and the files of its conversations."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import Refused
from graph.people.attachments import folder_of_account
from graph.stores.accounts import account_data
from graph.stores.leases.leases import request_stop
from tools.documents.collection import collection

if TYPE_CHECKING:
    from graph.config.settings import Settings
    from graph.people.accounts import Accounts
    from graph.stores.accounts.account_data import AccountContents
    from graph.stores.db.database import Database

_LEDGER = "what was spent stays in the ledger, under no name"
PATIENCE_SECONDS = 20.0
PAUSE_SECONDS = 0.2


def remove(settings: Settings, accounts: Accounts, name: str, *, with_data: bool) -> str:
    """Remove an account, with its data if asked for; return the message for the operator.

    With data, an account removed earlier is found by its id. Raises Misconfigured for an unknown name, and
    Refused where a run does not stop.
    """
    account = accounts.find(name) or (accounts.removed(name) if with_data else None) or accounts.known(name)
    if accounts.find(name):
        accounts.remove(name)
    own = held(accounts.database, account.id)
    if with_data:
        erase(settings, accounts.database, account.id)
        return f"{account.name} may not come in any more; deleted: {_counted(own)}; {_LEDGER}"
    if not own:
        return f"{account.name} may not come in any more; nothing was theirs"
    way = f"attest users remove {account.id} --with-data deletes it"
    return f"{account.name} may not come in any more; what is theirs stays: {_counted(own)}; {way}"


def _counted(own: AccountContents) -> str:
    counts = ((len(own.runs), "run"), (own.conversations, "conversation"), (own.caps, "cap"))
    named = [f"{number:,} {what}{'s' if number > 1 else ''}" for number, what in counts if number]
    return (
        ", ".join([*named, "attached files", "feedback"])
        if own.conversations
        else ", ".join(named) or "nothing"
    )


def held(database: Database, account: str) -> AccountContents:
    """Return what belongs to an account."""
    return database.read_now(lambda connection: account_data.held(connection, account))


def erase(settings: Settings, database: Database, account: str) -> None:
    """Stop the runs of an account, then delete all its data; raises Refused where a run does not stop.

    A second call continues where the first one ended.
    """
    own = held(database, account)
    _stop(settings, account, own.unfinished)
    files = folder_of_account(settings.home, account)
    collections = [collection(docs) for docs in own.docs if any(files in Path(doc).parents for doc in docs)]
    if files.is_dir():
        shutil.rmtree(files)
    database.write_now(
        lambda connection: account_data.erase(
            connection, settings.database, account, collections, time.time()
        )
    )


def _stop(settings: Settings, account: str, runs: tuple[str, ...]) -> None:
    """Ask the processes that work on the runs to stop, and wait until they do."""
    until = time.monotonic() + PATIENCE_SECONDS
    while working := [run for run in runs if request_stop(settings.database, run)]:
        if time.monotonic() > until:
            again = f"attest users remove {account} --with-data"
            raise Refused(f"run {working[0]} is still under way: nothing was deleted; try again: {again}")
        time.sleep(PAUSE_SECONDS)
