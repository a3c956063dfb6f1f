"""Know the people who may come in: names, passwords, roles and bearer tokens."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import Misconfigured
from graph.options import Role
from graph.records import Clock
from ui.people.account_file import AccountFile, StoredAccount, StoredToken
from ui.people.bearer import Token, digest_of, is_digest, new_secret, read_bearer, write_bearer
from ui.visible import one_line

if TYPE_CHECKING:  # `attest users list` need not wait for it
    from argon2 import PasswordHasher

MOST_NAME = 64
LEAST_PASSWORD = 10
MOST_PASSWORD = 1_024
MOST_TOKENS = 32
FIRST = "admin"
RESERVED = frozenset({"local"})
"""Whoever asks at the command line is called that: nobody may log in as its owner."""

_NAME = re.compile(rf"[a-z0-9._@-]{{1,{MOST_NAME}}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Name somebody who came in, and the role of the account."""

    name: str
    role: Role


class Accounts:
    """Keep accounts in the home of an installation; names are the same in capitals and small letters.

    A change by another process is seen at the next question. `hasher` and `secret` make argon2id hashes and
    random texts.
    """

    def __init__(
        self,
        home: Path,
        *,
        clock: Clock = time.time,
        secret: Callable[[], str] = new_secret,
        hasher: PasswordHasher | None = None,
    ) -> None:
        self._file = AccountFile(home)
        self._clock = clock
        self._secret = secret
        self._chosen = hasher

    def listed(self) -> tuple[StoredAccount, ...]:
        """Return every account, by name."""
        return tuple(account for _, account in sorted(self._file.read().items()))

    def find(self, name: str) -> Account | None:
        """Return the account of that name."""
        account = self._file.read().get(name.lower())
        return Account(name=account.name, role=account.role) if account else None

    def verify(self, name: str, password: str) -> Account | None:
        """Return the account if the password is its own; as slow for a name nobody has.

        It takes about 0.1 s of computing: call it in a thread where others wait.
        """
        account, nobodys = self._file.read().get(name.lower()), self._nobodys
        if not self._is_right(account.password if account else nobodys, password) or account is None:
            return None
        if self._hasher.check_needs_rehash(account.password):
            self._rehash(account, password)
        return Account(name=account.name, role=account.role)

    def add(self, name: str, password: str, role: Role = Role.ANALYST) -> Account:
        """Make an account; raises Misconfigured for a name or password that will not do, or is taken."""
        name = checked_name(name)
        hashed = self._hasher.hash(checked_password(password))
        with self._file.changing() as accounts:
            if name in accounts:
                raise Misconfigured(f"there is an account {name} already: attest users passwd {name}")
            accounts[name] = StoredAccount(name=name, role=role, password=hashed, created=self._clock())
        return Account(name=name, role=role)

    def ensure_first(self) -> str | None:
        """Make the account `admin` where there is none at all; return its password, to be shown once."""
        if self._file.read():
            return None
        password = self._secret()
        hashed = self._hasher.hash(password)
        with self._file.changing() as accounts:
            if accounts:  # another process was quicker
                return None
            accounts[FIRST] = StoredAccount(
                name=FIRST, role=Role.ADMIN, password=hashed, created=self._clock()
            )
        return password

    def set_password(self, name: str, password: str) -> None:
        """Change a password; raises Misconfigured. Tokens stay: revoke them one by one."""
        self._change(name, password=self._hasher.hash(checked_password(password)))

    def set_role(self, name: str, role: Role) -> None:
        """Change a role, from the next request on; raises Misconfigured."""
        self._change(name, role=role)

    def remove(self, name: str) -> None:
        """Remove an account with its tokens; its runs stay. Raises Misconfigured."""
        with self._file.changing() as accounts:
            del accounts[_known(accounts, name).name]

    def give_token(self, name: str, label: str = "") -> Token:
        """Make a bearer token; its text is shown once and kept nowhere. Raises Misconfigured."""
        secret = self._secret()
        with self._file.changing() as accounts:
            account = _known(accounts, name)
            if len(account.tokens) >= MOST_TOKENS:
                raise Misconfigured(f"{account.name} has {MOST_TOKENS} tokens: revoke one first")
            token = StoredToken(
                id=digest_of(secret)[:8],
                label=one_line(label)[:MOST_NAME],
                digest=digest_of(secret),
                created=self._clock(),
            )
            accounts[account.name] = replace(account, tokens=(*account.tokens, token))
        return Token(id=token.id, text=write_bearer(secret))

    def revoke_token(self, name: str, token_id: str) -> None:
        """Make a token worthless; raises Misconfigured where there is none of that id."""
        with self._file.changing() as accounts:
            account = _known(accounts, name)
            left = tuple(token for token in account.tokens if token.id != token_id)
            if len(left) == len(account.tokens):
                raise Misconfigured(
                    f"{account.name} has no token {one_line(token_id)!r}: attest users list --json names them"
                )
            accounts[account.name] = replace(account, tokens=left)

    def bearer(self, text: str) -> Account | None:
        """Return the account that a bearer token belongs to."""
        if (digest := read_bearer(text)) is None:
            return None
        found = None
        for account in self._file.read().values():  # all of them, so that the time tells nothing
            if any(is_digest(token.digest, digest) for token in account.tokens):
                found = Account(name=account.name, role=account.role)
        return found

    def _change(self, name: str, *, password: str | None = None, role: Role | None = None) -> None:
        with self._file.changing() as accounts:
            account = _known(accounts, name)
            accounts[account.name] = replace(
                account, password=password or account.password, role=role or account.role
            )

    def _rehash(self, account: StoredAccount, password: str) -> None:
        """Keep a password by the parameters of today, unless it was changed meanwhile."""
        hashed = self._hasher.hash(_bytes(password))
        with self._file.changing() as accounts:
            if accounts.get(account.name) == account:
                accounts[account.name] = replace(account, password=hashed)

    def _is_right(self, kept: str, password: str) -> bool:
        from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415  # as above

        try:
            return len(password) <= MOST_PASSWORD and self._hasher.verify(kept, _bytes(password))
        except (VerificationError, InvalidHashError):
            return False

    @cached_property
    def _hasher(self) -> PasswordHasher:
        from argon2 import PasswordHasher  # noqa: PLC0415  # as above

        return self._chosen or PasswordHasher()

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash(self._secret())


def checked_name(name: str) -> str:
    """Return a name as it is kept; raise Misconfigured for one that will not do."""
    name = name.lower()
    if not _NAME.fullmatch(name):
        raise Misconfigured(
            f"{one_line(name)[:MOST_NAME]!r} is no name of an account: write up to {MOST_NAME} letters, "
            "digits and . _ - @"
        )
    if name in RESERVED:
        raise Misconfigured(f"{name} is what the command line is called: choose another name")
    return name


def checked_password(password: str) -> bytes:
    """Return a password as it is hashed; raise Misconfigured for one that is too short or too long."""
    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
        raise Misconfigured(
            f"the password has {len(password)} characters: write {LEAST_PASSWORD} to {MOST_PASSWORD:,}"
        )
    return _bytes(password)


def _bytes(password: str) -> bytes:
    """Return the same bytes for the same signs, however a keyboard composes them."""
    return unicodedata.normalize("NFC", password).encode(errors="surrogatepass")


def _known(accounts: dict[str, StoredAccount], name: str) -> StoredAccount:
    account = accounts.get(name.lower())
    if account is None:
        raise Misconfigured(f"there is no account {one_line(name)!r}: see attest users list")
    return account
