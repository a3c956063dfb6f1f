"""Read the settings of the server: who may log in, and how often each may ask."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.config.setting_values import Setting, chosen, counted, listed, role_named
from graph.errors import Misconfigured
from graph.options import Role

MOST_SHARE = 100
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*")

SERVER_SETTINGS = (
    Setting(
        name="ATTEST_API_RATE",
        default="60/minute",
        purpose="most requests to the HTTP API, by each account and by each address",
    ),
    Setting(
        name="ATTEST_LOGIN_RATE",
        default="5/minute",
        purpose="most attempts to log in, for each name and from each address",
    ),
    Setting(
        name="ATTEST_ACCOUNT_SHARE",
        default="25",
        purpose="percent of each cap of the installation that an account may use where `attest budget` sets "
        "none for it or for each user; administrators have no such bound; 0: nobody has",
    ),
    Setting(
        name="ATTEST_MESSAGE_RATE",
        default="60/minute",
        purpose="most messages, settings and reconnections that the pages of an account send",
    ),
    Setting(
        name="ATTEST_SOCKETS_AT_ONCE",
        default="32",
        purpose="most pages of the chat that an account has open at once, in each process",
    ),
    Setting(
        name="ATTEST_LISTENERS_AT_ONCE",
        default="32",
        purpose="most listeners to events of runs that an account has at once, in each process",
    ),
    Setting(
        name="ATTEST_RUNS_WAITING",
        default="16",
        purpose="most runs of an account that wait for their turn to begin, in each process",
    ),
    Setting(
        name="ATTEST_TRUSTED_PROXIES",
        default="",
        purpose="addresses or networks of proxies, separated by commas: only theirs are the X-Forwarded-For, "
        "X-Forwarded-Host and X-Forwarded-Proto that count",
    ),
    Setting(
        name="ATTEST_METRICS_TOKEN",
        default="",
        purpose="bearer token that opens /metrics beyond the loopback address",
    ),
    Setting(
        name="ATTEST_OAUTH_DOMAINS",
        default="",
        purpose="domains of mail addresses that may come in by OAuth, separated by commas; empty: nobody",
    ),
    Setting(
        name="ATTEST_OAUTH_ROLE",
        default="viewer",
        purpose="role of who comes in by OAuth and has no account: `viewer`, `analyst` or `admin`",
    ),
    Setting(
        name="ATTEST_PASSWORD_LOGIN",
        default="yes",
        purpose="`yes`: people log in by name and password too; `no`: by OAuth alone",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSettings:
    """Hold the settings of the server; rates are written as "60/minute"."""

    api_rate: str = "60/minute"
    login_rate: str = "5/minute"
    account_share: int = 25
    message_rate: str = "60/minute"
    sockets: int = 32
    listeners: int = 32
    runs_waiting: int = 16
    trusted_proxies: tuple[str, ...] = ()
    metrics_token: str = field(default="", repr=False)
    oauth_domains: tuple[str, ...] = ()
    oauth_role: Role = Role.VIEWER
    password_login: bool = True

    @classmethod
    def read(cls, values: Mapping[str, str]) -> ServerSettings:
        """Read the values of the settings above; raises Misconfigured."""
        return cls(
            api_rate=values["ATTEST_API_RATE"],
            login_rate=values["ATTEST_LOGIN_RATE"],
            account_share=_percent(values["ATTEST_ACCOUNT_SHARE"], "ATTEST_ACCOUNT_SHARE"),
            message_rate=values["ATTEST_MESSAGE_RATE"],
            sockets=counted(values["ATTEST_SOCKETS_AT_ONCE"], "ATTEST_SOCKETS_AT_ONCE"),
            listeners=counted(values["ATTEST_LISTENERS_AT_ONCE"], "ATTEST_LISTENERS_AT_ONCE"),
            runs_waiting=counted(values["ATTEST_RUNS_WAITING"], "ATTEST_RUNS_WAITING"),
            trusted_proxies=listed(values["ATTEST_TRUSTED_PROXIES"]),
            metrics_token=values["ATTEST_METRICS_TOKEN"],
            oauth_domains=_domains(values["ATTEST_OAUTH_DOMAINS"]),
            oauth_role=role_named(values["ATTEST_OAUTH_ROLE"], "ATTEST_OAUTH_ROLE"),
            password_login=chosen(values["ATTEST_PASSWORD_LOGIN"], "ATTEST_PASSWORD_LOGIN"),
        )


def _percent(value: str, name: str) -> int:
    """Read whole percent; raise Misconfigured, naming the setting."""
    if (
        value.isascii()
        and value.isdecimal()
        and len(value) <= len(str(MOST_SHARE))
        and int(value) <= MOST_SHARE
    ):
        return int(value)
    raise Misconfigured(f"{name} is {value!r}: write whole percent from 0 to {MOST_SHARE}")


def _domains(value: str) -> tuple[str, ...]:
    """Read domains: one that can be no domain would let nobody in, without a word."""
    domains = listed(value)
    for domain in domains:
        if not (
            domain.isascii() and _DOMAIN.fullmatch(domain.lower())
        ):  # folding turns other signs into ASCII
            raise Misconfigured(
                f"ATTEST_OAUTH_DOMAINS holds {domain!r}: write example.org, with commas between domains"
            )
    return tuple(domain.lower() for domain in domains)
