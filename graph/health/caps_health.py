"""Check whether one account of a server could use up the cap of the installation."""

from __future__ import annotations

from collections.abc import Iterator

from graph import installation
from graph.caps import Cap, Scope
from graph.config.settings import Settings
from graph.errors import Misconfigured, Unavailable
from graph.health.health_check import Check


def check_caps(settings: Settings) -> Iterator[Check]:
    """Report each cap of the installation that no cap of the users divides."""
    try:
        caps = [use.cap for use in installation.list_cap_uses(settings, 0.0)]
    except (Misconfigured, Unavailable):
        return  # the check of the database says why
    everybody = {cap.window for cap in caps if cap.scope is Scope.USER and not cap.subject}
    for cap in caps:
        if cap.scope is Scope.ALL and cap.window not in everybody:
            yield _check(cap, settings.server_settings.account_share)


def _check(cap: Cap, share: int) -> Check:
    set_it = f"attest budget set user --per {cap.window} USD"
    if share:
        detail = f"an account without a cap may use {share} % of the budget {cap} (ATTEST_ACCOUNT_SHARE)"
        return Check(name="caps", ok=True, detail=f"{detail}; to choose for each: {set_it}")
    detail = f"one account may use the whole budget {cap}"
    return Check(
        name="caps", ok=False, detail=detail, mend=f"{set_it}, or set ATTEST_ACCOUNT_SHARE", needed=False
    )
