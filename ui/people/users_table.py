"""Show the accounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from ui.costs_table import table
from ui.people.account_file import StoredAccount
from ui.strict_json import write_json
from ui.terminal import answer, answer_json, tell


def show(accounts: Sequence[StoredAccount], *, as_json: bool) -> None:
    """Print the accounts and the ids of their tokens; no hash leaves the file."""
    if as_json:
        answer_json(write_json([_json(account) for account in accounts]))
    elif accounts:
        rows = [
            (account.name, str(account.role), _date(account.created), _tokens(account))
            for account in accounts
        ]
        answer(table(("NAME", "ROLE", "SINCE", "TOKENS"), rows, left=frozenset({0, 1, 2, 3})))
    else:
        tell("no accounts yet: attest users add NAME")


def _tokens(account: StoredAccount) -> str:
    named = (f"{token.id} ({token.label})" if token.label else token.id for token in account.tokens)
    return ", ".join(named) or "-"


def _json(account: StoredAccount) -> dict[str, object]:
    return {
        "name": account.name,
        "role": str(account.role),
        "created": account.created,
        "tokens": [{"id": t.id, "label": t.label, "created": t.created} for t in account.tokens],
    }


def _date(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")
