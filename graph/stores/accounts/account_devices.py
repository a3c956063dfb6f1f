"""Store where the owner of an account logged in from: browsers and networks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from graph.stores.db.db_worker import places

if TYPE_CHECKING:
    from graph.stores.db.db_worker import Connection

MOST_DEVICES = 64
KNOWN_DAYS = 180

_KEEP = """
INSERT INTO account_devices (account, device, seen) VALUES (:account, :device, :now)
ON CONFLICT (account, device) DO UPDATE SET seen = excluded.seen
"""
_FORGET = """
DELETE FROM account_devices WHERE account = :account AND (seen <= :before OR device NOT IN (
    SELECT device FROM account_devices WHERE account = :account ORDER BY seen DESC LIMIT :most
))
"""


def known(connection: Connection, name: str, devices: Sequence[str], now: float) -> str | None:
    """Return the first of the devices from which the account of that name logged in before."""
    rows = connection.execute(
        "SELECT d.device FROM account_devices d JOIN accounts a ON a.id = d.account"
        f" WHERE a.name = ? AND a.removed IS NULL AND d.seen > ? AND d.device IN ({places(devices)})",
        (name, now - KNOWN_DAYS * 86_400, *devices),
    )
    found = {str(device) for (device,) in rows}
    return next((device for device in devices if device in found), None)


def remember(connection: Connection, account: str, devices: Sequence[str], now: float) -> None:
    """Store that the owner of an account logged in from these devices; only the latest are kept."""
    connection.executemany(_KEEP, [{"account": account, "device": each, "now": now} for each in devices])
    before = now - KNOWN_DAYS * 86_400
    connection.execute(_FORGET, {"account": account, "before": before, "most": MOST_DEVICES})
