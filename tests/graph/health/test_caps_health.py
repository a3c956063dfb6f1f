"""Test what the doctor says of caps."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.caps import Cap, Scope, Window
from graph.config.settings import Settings
from graph.health.caps_health import check_caps
from ui.operate.cap_settings import put

DAY = Window.DAY


def said(home: Path, share: str, *caps: Cap) -> list[str]:
    settings = Settings.from_environment({"ATTEST_HOME": str(home), "ATTEST_ACCOUNT_SHARE": share})
    for cap in caps:
        put(settings, cap, 0.0)
    return [check.line() for check in check_caps(settings)]


@pytest.mark.parametrize("share", ["25", "0"])
def test_a_cap_of_the_installation_alone_is_pointed_out(tmp_path: Path, share: str) -> None:
    """The line says what bounds an account, or that nothing does, and which command chooses."""
    (line,) = said(tmp_path, share, Cap(scope=Scope.ALL, micros=5_000_000, window=DAY))
    assert ("25 % of the budget a day" if share == "25" else "the whole budget a day") in line
    assert line.startswith("ok" if share == "25" else "missing")
    assert "attest budget set user --per day USD" in line


def test_nothing_is_said_where_people_have_caps(tmp_path: Path) -> None:
    """With a cap for each user, or none at all, there is nothing to choose."""
    assert said(tmp_path / "none", "25") == []
    both = [Cap(scope=scope, micros=5, window=DAY) for scope in (Scope.ALL, Scope.USER)]
    assert said(tmp_path / "both", "25", *both) == []
