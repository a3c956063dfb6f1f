"""Test that the machine knows its own addresses."""

from __future__ import annotations

import pytest

from tools.page.own_address import is_own_address


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.8.7", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"])
def test_an_address_of_an_interface_is_own(address: str) -> None:
    """What the kernel lets this machine be reached under is its own, inside an IPv6 address too."""
    assert is_own_address(address)


@pytest.mark.parametrize("address", ["192.0.2.1", "8.8.8.8", "2001:db8::1", "::ffff:192.0.2.1"])
def test_an_address_of_another_machine_is_not_own(address: str) -> None:
    """A number that no interface has belongs to somebody else."""
    assert not is_own_address(address)
