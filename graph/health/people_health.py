"""Check the stored accounts for weaknesses, and say how to fix them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import Misconfigured, Unavailable
from graph.health.health_check import Check
from graph.people.legacy_accounts import FILE
from graph.people.policy_access import SECTION
from graph.stores.db.read_only import columns, reading

if TYPE_CHECKING:
    from graph.config.settings import Settings

_PERSON = re.compile(r'Person::"((?:[^"\\]|\\.)*)"')


def check_people(settings: Settings) -> Iterator[Check]:
    """Yield the weaknesses; another check reports a database that cannot be read."""
    if (settings.home / FILE).exists():
        detail = f"{settings.home / FILE} is of an earlier release: the next start, or attest users, reads it"
        yield Check(name="accounts", ok=True, detail=detail)
    try:
        ids, lasting = _stored(settings)
    except (Misconfigured, Unavailable):
        return
    if lasting:
        mend = "attest users list shows them; give others with --expires 90d, and revoke these"
        detail = f"bearer tokens that never expire: {lasting}"
        yield Check(name="accounts", ok=False, detail=detail, mend=mend, needed=False)
    for named in sorted(_named(settings.policies) - ids):
        detail = f'a policy names Person::"{named}", which is the id of no account'
        mend = f'write the id that attest users list --json shows, or principal.name == "{named}"'
        yield Check(name="policies", ok=False, detail=detail, mend=mend, needed=False)


def _stored(settings: Settings) -> tuple[set[str], int]:
    """Return the ids of the accounts, and how many tokens never expire."""
    location = settings.database
    with reading(location) as connection:
        if not columns(connection, location, "accounts"):
            return set(), 0
        ids = {str(account) for (account,) in connection.execute("SELECT id FROM accounts")}
        tokens = connection.execute("SELECT COUNT(*) FROM account_tokens WHERE expires IS NULL").fetchall()
    return ids, int(tokens[0][0])


def _named(policies: Path | None) -> set[str]:
    """Return the ids of people in the policies of the operator."""
    folder = policies / SECTION if policies else None
    if folder is None or not folder.is_dir():
        return set()
    return {
        found
        for path in folder.glob("*.cedar")
        for found in _PERSON.findall(path.read_text(errors="replace"))
    }
