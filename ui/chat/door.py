"""Let people in: by name and password, or by a provider the operator set up."""

from __future__ import annotations

import asyncio
from pathlib import Path

import chainlit as cl

from graph.settings import hand_down
from ui.accounts import FIRST, Account, Accounts
from ui.chat.who import know, user_of
from ui.session_secret import session_secret
from ui.terminal import tell


def unlock(home: Path) -> Accounts:
    """Open the accounts of an installation, give Chainlit the secret of its sessions, and return them.

    The password of the first account is told once, on the terminal.
    """
    hand_down("CHAINLIT_AUTH_SECRET", session_secret(home))
    accounts = Accounts(home)
    if password := accounts.ensure_first():
        tell(f"log in as {FIRST} with the password {password} (it is shown this once)")
    know(accounts)
    return accounts


async def by_password(accounts: Accounts, name: str, password: str) -> cl.User | None:
    """Return the user of an account, if the password is its own. Checking it takes a while on purpose."""
    return _user(await asyncio.to_thread(accounts.verify, name, password))


def by_provider(accounts: Accounts, user: cl.User) -> cl.User | None:
    """Let in whom a provider vouches for, if the operator made an account of that name; else nobody."""
    return _user(accounts.find(user.identifier))


def _user(account: Account | None) -> cl.User | None:
    return user_of(account) if account else None
