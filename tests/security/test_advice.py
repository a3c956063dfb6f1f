"""The doctor says what is weak in front of the server, and what would keep it from starting."""

from __future__ import annotations

import pytest

from graph.health.health_check import Check
from graph.health.machine_health import examine
from ui.operate.address_health import check_address


def told(monkeypatch: pytest.MonkeyPatch, **values: str) -> list[Check]:
    """Return what the doctor says of the address, with these settings."""
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return [check for check in examine(check_address) if check.name == "address"]


def test_a_server_for_this_machine_is_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a setting, and with an address by HTTPS, nothing is weak."""
    assert [check.ok for check in told(monkeypatch)] == [True]
    (check,) = told(monkeypatch, CHAINLIT_URL="https://attest.example.org")
    assert check.ok
    assert "https://attest.example.org" in check.detail


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("CHAINLIT_URL", "http://attest.example.org", "https://"),
        ("CHAINLIT_COOKIE_SAMESITE", "none", "remove CHAINLIT_COOKIE_SAMESITE"),
        ("ATTEST_TRUSTED_PROXIES", "10.0.0.0/8,0.0.0.0/0", "name your proxies alone"),
        ("ATTEST_TRUSTED_PROXIES", "10.0.0.1,::/0", "name your proxies alone"),
    ],
)
def test_what_is_weak_is_said(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    """With the way out; the server starts all the same."""
    weak, known = told(monkeypatch, **{name: value})
    assert not weak.ok
    assert not weak.needed
    assert said in weak.detail
    assert known.ok


@pytest.mark.parametrize(
    ("name", "value"), [("ATTEST_MESSAGE_RATE", "often"), ("ATTEST_TRUSTED_PROXIES", "10.0.0.0/99")]
)
def test_what_keeps_it_from_starting_is_said(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """A rate or a network that cannot be read is named, and is needed."""
    (check,) = told(monkeypatch, **{name: value})
    assert not check.ok
    assert check.needed
    assert value in check.detail or name in check.detail
