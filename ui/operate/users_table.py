"""Show the accounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from graph.people.accounts import AccountListing
from guards.visible_text import write_json
from ui.operate.amount_table import table
from ui.terminal.streams import answer, answer_json, tell


def show(accounts: Sequence[AccountListing], *, as_json: bool) -> None:
    """Print the accounts and the ids of their tokens, without hashes."""
    if as_json:
        answer_json(write_json([_json(account) for account in accounts]))
    elif accounts:
        rows = [
            (each.account.name, str(each.role), _ways(each), _date(each.account.created), _tokens(each))
            for each in accounts
        ]
        headings = ("NAME", "ROLE", "LOGIN", "SINCE", "TOKENS")
        answer(table(headings, rows, left=frozenset(range(len(headings)))))
    else:
        tell("no accounts yet: attest users add NAME")


def _ways(listed: AccountListing) -> str:
    """Return how a person logs in: by password, by a provider, or both."""
    password = ["password"] if listed.account.password else []
    return ", ".join([*password, *(issuer.partition(" ")[0] for issuer in listed.issuers)]) or "-"


def _tokens(listed: AccountListing) -> str:
    return ", ".join(_token(each.id, each.label, each.expires) for each in listed.tokens) or "-"


def _token(token: str, label: str, expires: float | None) -> str:
    said = [label] if label else []
    said += [f"until {_date(expires)}"] if expires else []
    return f"{token} ({', '.join(said)})" if said else token


def _json(listed: AccountListing) -> dict[str, object]:
    account = listed.account
    return {
        "id": account.id,
        "name": account.name,
        "role": str(listed.role),
        "role_by": "account" if account.role else "ATTEST_OAUTH_ROLE",
        "password": account.password is not None,
        "providers": list(listed.issuers),
        "created": account.created,
        "tokens": [
            {"id": t.id, "label": t.label, "created": t.created, "expires": t.expires} for t in listed.tokens
        ],
    }


def _date(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")
