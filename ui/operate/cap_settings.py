"""Set, remove and show the caps of the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from graph import installation
from graph.caps import Cap, CapUse, Scope
from graph.config.settings import Settings
from graph.people.account_name import RESERVED
from graph.people.open_accounts import accounts_of
from guards.budget import usd, utc
from guards.visible_text import one_line, write_json
from ui.operate.amount_table import table
from ui.terminal.streams import answer, answer_json, tell

if TYPE_CHECKING:
    from graph.people.accounts import Accounts


def put(settings: Settings, cap: Cap, now: float) -> None:
    """Set a cap, and say what counts against it already."""
    with accounts_of(settings, tell) as accounts:
        kept = _kept(accounts, cap)
        installation.set_cap(accounts.database, kept)
        shown, unknown = _shown(accounts, kept), _is_unknown(accounts, kept)
    (use,) = (each for each in installation.list_cap_uses(settings, now) if each.cap == shown)
    so_far = "" if use.used is None else f"; ${usd(use.used)} of it is spent or reserved"
    answer(one_line(f"the cap is ${usd(cap.micros)} {shown}{so_far}"))
    if unknown:
        tell(one_line(f"no account has that name: it caps who asks with attest ask --user {cap.subject}"))


def remove(settings: Settings, cap: Cap) -> None:
    """Remove a cap, whatever its amount."""
    with accounts_of(settings, tell) as accounts:
        kept = _kept(accounts, cap)
        was = installation.unset_cap(accounts.database, kept)
        shown = _shown(accounts, kept)
    answer(one_line(f"{'removed the' if was else 'there was no'} cap {shown}"))


def show(settings: Settings, now: float, *, as_json: bool) -> None:
    """Print every cap, first the budget of a run."""
    uses = cap_uses(settings, now)
    if as_json:
        answer_json(write_json([cap_json(each) for each in uses]))
    else:
        headings = ("WHO", "PER", "CAP", "USED", "FREES FROM")
        answer(table(headings, [_cells(each) for each in uses], left=frozenset({0, 1, 4})))


def cap_uses(settings: Settings, now: float) -> list[CapUse]:
    """Return the budget that a run has by default, then every cap with what counts against it."""
    each_run = CapUse(cap=Cap(scope=Scope.RUN, micros=settings.budget))
    return [each_run, *installation.list_cap_uses(settings, now)]


def _cells(use: CapUse) -> tuple[str, ...]:
    cap, used, frees = use.cap, use.used, use.frees
    return (
        cap.whom,
        cap.window or "-",
        f"${usd(cap.micros)}",
        "-" if used is None else f"${usd(used)}",
        "-" if frees is None else utc(frees),
    )


def cap_json(use: CapUse) -> dict[str, object]:
    """Return a cap and what counts against it."""
    cap, used, frees = use.cap, use.used, use.frees
    return {
        "scope": str(cap.scope),
        "subject": cap.subject or None,
        "per": cap.window and str(cap.window),
        "cap_usd": usd(cap.micros),
        "used_usd": None if used is None else usd(used),
        "frees": frees and datetime.fromtimestamp(frees, UTC).isoformat(timespec="seconds"),
    }


def _kept(accounts: Accounts, cap: Cap) -> Cap:
    """Return a cap as it is stored: a cap of a user names the id of the account."""
    found = accounts.find(cap.subject) if cap.scope is Scope.USER and cap.subject else None
    return replace(cap, subject=found.id) if found else cap


def _is_unknown(accounts: Accounts, kept: Cap) -> bool:
    """Tell whether a cap names a user without an account, now or in the past."""
    is_named = kept.scope is Scope.USER and kept.subject and kept.subject not in RESERVED
    return bool(is_named) and accounts.name_of(kept.subject) is None


def _shown(accounts: Accounts, kept: Cap) -> Cap:
    """Return a cap as people read it."""
    name = accounts.name_of(kept.subject) if kept.scope is Scope.USER else None
    return replace(kept, subject=name) if name else kept
