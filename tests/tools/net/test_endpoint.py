from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import pytest
from pydantic import SecretStr

from graph.errors import Misconfigured
from tools.net.endpoint import Address, Endpoint, endpoint


@dataclass
class Places:
    """Hold what an operator set."""

    contact: str = "research@example.org"
    urls: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    def url(self, name: str) -> str:
        return self.urls.get(name, "")

    def key(self, name: str) -> str:
        return self.keys.get(name, "")


def test_an_operator_says_where_a_service_is() -> None:
    """A setting outweighs what is known of a service, and a slash at its end is no part of it."""
    address = Address(name="A", url="https://a.example/")
    assert endpoint(address, Places()).url == "https://a.example"
    assert endpoint(address, Places(urls={"A": "http://127.0.0.1:1//"})).url == "http://127.0.0.1:1"


@pytest.mark.parametrize(
    ("wants", "given", "missing"),
    [
        ("none", False, ""),
        ("optional", False, ""),
        ("optional", True, ""),
        ("required", False, "ATTEST_A_KEY"),
        ("required", True, ""),
    ],
)
def test_a_missing_key_is_named(
    wants: Literal["none", "optional", "required"], *, given: bool, missing: str
) -> None:
    """Only a service that cannot do without a key misses it."""
    address = Address(name="A", url="https://a.example", key=wants)
    assert address.missing(endpoint(address, Places(keys={"A": "k"} if given else {}))) == missing


def test_a_missing_address_is_named() -> None:
    """A service without a public instance needs the operator to name one."""
    address = Address(name="A")
    assert address.missing(endpoint(address, Places())) == "ATTEST_A_URL"


def test_a_service_that_wants_no_key_is_given_none() -> None:
    """A key that happens to be set does not travel to a service that has no use for it."""
    where = endpoint(Address(name="A", url="https://a.example"), Places(keys={"A": "k"}))
    assert where.key is None


def test_a_key_is_opened_or_asked_for() -> None:
    """Without it the setting is named; with it no print of the endpoint shows it."""
    where = Endpoint(name="A", url="https://a.example", key=SecretStr("s3cret"))
    assert where.secret() == "s3cret"
    assert "s3cret" not in repr(where)
    with pytest.raises(Misconfigured, match="ATTEST_A_KEY"):
        Endpoint(name="A", url="https://a.example").secret()
