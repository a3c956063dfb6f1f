"""Store accounts: names, passwords, roles and bearer tokens."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from graph.errors import Misconfigured
from graph.options import Role
from graph.people.account_name import MOST_NAME, checked_name, folded
from graph.people.bearer_secret import BearerToken, digest_of, new_secret, read_bearer, write_bearer
from graph.people.passwords import Passwords, checked_password
from graph.records import Clock
from graph.stores.accounts import account_identities, account_tokens, stored_accounts
from graph.stores.accounts.account_names import shown
from graph.stores.accounts.account_tokens import StoredToken
from graph.stores.accounts.stored_accounts import StoredAccount
from guards.visible_text import one_line

if TYPE_CHECKING:
    from argon2 import PasswordHasher

    from graph.stores.db.database import Database
    from graph.stores.db.db_worker import Connection

T = TypeVar("T")

MOST_TOKENS = 32
FIRST = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Identify a person: their data belongs to the id; the name is for people to read.

    A session of another `version` of the account has ended.
    """

    id: str
    name: str
    role: Role
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountListing:
    """Hold an account with its tokens and its identity providers."""

    account: StoredAccount
    role: Role
    tokens: tuple[StoredToken, ...]
    issuers: tuple[str, ...]


def new_id() -> str:
    """Return a new id: 96 random bits, valid as a file name everywhere."""
    return f"u-{secrets.token_hex(12)}"


class Accounts:
    """Store accounts in the database, by names without regard to case.

    Methods for commands block; a server awaits `verify` and `bearer`. An account without a role
    of its own has `oauth_role`. `hasher` and `secret` make argon2id hashes and random texts.
    """

    def __init__(
        self,
        database: Database,
        *,
        oauth_role: Role = Role.VIEWER,
        clock: Clock = time.time,
        secret: Callable[[], str] = new_secret,
        hasher: PasswordHasher | None = None,
    ) -> None:
        self.database = database
        self._oauth_role = oauth_role
        self._clock = clock
        self._secret = secret
        self._passwords = Passwords(secret, hasher)

    def listed(self) -> tuple[AccountListing, ...]:
        """Return every account, by name."""
        return self.database.read_now(
            lambda connection: tuple(
                AccountListing(
                    account=each,
                    role=each.role or self._oauth_role,
                    tokens=tuple(account_tokens.tokens_of(connection, each.id)),
                    issuers=tuple(account_identities.issuers_of(connection, each.id)),
                )
                for each in stored_accounts.all_accounts(connection)
            )
        )

    def find(self, name: str) -> Account | None:
        """Return the account of that name."""
        plain = folded(name)
        found = plain and self.database.read_now(
            lambda connection: stored_accounts.by_name(connection, plain)
        )
        return self._account(found) if found else None

    def removed(self, account: str) -> Account | None:
        """Return an account that was removed, by its id."""
        found = self.database.read_now(lambda connection: stored_accounts.by_id(connection, account))
        return self._account(found) if found and found.removed is not None else None

    def name_of(self, account: str) -> str | None:
        """Return the name people read for an id, also of a removed account; None for an unknown id."""
        found = self.database.read_now(lambda connection: stored_accounts.by_id(connection, account))
        return shown(found.id, found.name, found.removed) if found else None

    def known(self, name: str) -> Account:
        """Return the account of that name; raises Misconfigured where there is none."""
        found = self.find(name)
        if found is None:
            raise _unknown(name)
        return found

    async def verify(self, name: str, password: str) -> Account | None:
        """Return the account if the password is right; an unknown name takes as long."""
        plain = folded(name) or ""
        stored = await self.database.read(lambda connection: stored_accounts.by_name(connection, plain))
        kept = stored.password if stored else None
        if not await asyncio.to_thread(self._passwords.is_right, kept, password) or stored is None:
            return None
        if kept and self._passwords.is_outdated(kept):
            hashed = await asyncio.to_thread(self._passwords.hash, password)
            await self.database.write(lambda connection: stored_accounts.rehash(connection, stored, hashed))
        return self._account(stored)

    async def bearer(self, text: str) -> Account | None:
        """Return the account of a bearer token that is valid now."""
        if (digest := read_bearer(text)) is None:
            return None
        now = self._clock()

        def found(connection: Connection) -> StoredAccount | None:
            holder = account_tokens.holder(connection, digest, now)
            return stored_accounts.by_id(connection, holder) if holder else None

        stored = await self.database.read(found)
        return self._account(stored) if stored else None

    def add(self, name: str, password: str, role: Role = Role.ANALYST) -> Account:
        """Make an account; raises Misconfigured for an invalid name or password, or a name in use."""
        made = self._new(checked_name(name), checked_password(password, name), role)

        def work(connection: Connection) -> None:
            if stored_accounts.by_name(connection, made.name):
                raise Misconfigured(
                    f"there is an account {made.name} already: attest users passwd {made.name}"
                )
            stored_accounts.add(connection, made)

        self.database.write_now(work)
        return self._account(made)

    def ensure_first(self) -> str | None:
        """Make the account `admin` where no account has a password; return its password, to be shown once."""
        if self._has_passwords():
            return None
        password = self._secret()
        made = self._new(FIRST, password, Role.ADMIN)

        def work(connection: Connection) -> bool:
            if any(each.password for each in stored_accounts.all_accounts(connection)):  # another was quicker
                return False
            stored_accounts.add(connection, made)
            return True

        return password if self.database.write_now(work) else None

    def set_password(self, name: str, password: str) -> None:
        """Change a password, and end every session; tokens stay. Raises Misconfigured."""
        account = self.known(name)
        hashed = self._passwords.hash(checked_password(password, account.name))
        self._change(
            name, lambda connection, known: stored_accounts.change(connection, known.id, password=hashed)
        )

    def set_role(self, name: str, role: Role) -> None:
        """Change a role, and end every session; raises Misconfigured."""
        self._change(name, lambda connection, known: stored_accounts.change(connection, known.id, role=role))

    def log_out(self, name: str) -> None:
        """End every session of an account; raises Misconfigured."""
        self._change(name, lambda connection, known: stored_accounts.change(connection, known.id))

    def unlink(self, name: str) -> bool:
        """Unlink the account from its provider, so that the next login with its mail address gets it.

        Ends every session. Returns whether it was linked; raises Misconfigured.
        """

        def work(connection: Connection, known: StoredAccount) -> bool:
            stored_accounts.change(connection, known.id)
            return account_identities.unlink(connection, known.id)

        return self._change(name, work)

    def remove(self, name: str) -> Account:
        """Remove an account with its sessions and tokens; its data stays. Raises Misconfigured."""
        now = self._clock()

        def work(connection: Connection, known: StoredAccount) -> Account:
            stored_accounts.retire(connection, known.id, now)
            return self._account(known)

        return self._change(name, work)

    def give_token(self, name: str, label: str = "", lasts: float | None = None) -> BearerToken:
        """Make a bearer token, for some seconds or until it is revoked; raises Misconfigured.

        Its text is shown once and not stored.
        """
        secret, now = self._secret(), self._clock()
        token = StoredToken(
            id=digest_of(secret)[:8],
            label=one_line(label)[:MOST_NAME],
            digest=digest_of(secret),
            created=now,
            expires=None if lasts is None else now + lasts,
        )

        def work(connection: Connection, known: StoredAccount) -> None:
            account_tokens.sweep(connection, known.id, now)
            if len(account_tokens.tokens_of(connection, known.id)) >= MOST_TOKENS:
                raise Misconfigured(f"{known.name} has {MOST_TOKENS} tokens: revoke one first")
            account_tokens.give(connection, known.id, token)

        self._change(name, work)
        return BearerToken(id=token.id, text=write_bearer(secret))

    def revoke_token(self, name: str, token_id: str) -> None:
        """Revoke a token; raises Misconfigured where there is none of that id."""

        def work(connection: Connection, known: StoredAccount) -> None:
            if not account_tokens.revoke(connection, known.id, token_id):
                shown = one_line(token_id)
                raise Misconfigured(
                    f"{known.name} has no token {shown!r}: attest users list --json names them"
                )

        self._change(name, work)

    def _change(self, name: str, work: Callable[[Connection, StoredAccount], T]) -> T:
        """Change the account of a name in one transaction."""
        plain = folded(name)

        def found(connection: Connection) -> T:
            known = stored_accounts.by_name(connection, plain) if plain else None
            if known is None:
                raise _unknown(name)
            return work(connection, known)

        return self.database.write_now(found)

    def _has_passwords(self) -> bool:
        return any(each.account.password for each in self.listed())

    def _new(self, name: str, password: str, role: Role) -> StoredAccount:
        hashed = self._passwords.hash(password)
        return StoredAccount(id=new_id(), name=name, role=role, password=hashed, created=self._clock())

    def _account(self, stored: StoredAccount) -> Account:
        return account_of(stored, self._oauth_role)


def account_of(stored: StoredAccount, oauth_role: Role) -> Account:
    """Return a stored account with the role it has now."""
    role = stored.role or oauth_role
    return Account(id=stored.id, name=stored.name, role=role, version=stored.version)


def _unknown(name: str) -> Misconfigured:
    return Misconfigured(f"there is no account {one_line(name)!r}: see attest users list")
