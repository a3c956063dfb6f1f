"""Where a service is, and which key and contact it is sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, Protocol
from urllib.parse import urlsplit

from pydantic import SecretStr

from graph.errors import Misconfigured, Refused
from guards.language_code import NAMED, is_language

LANGUAGE = "{language}"
"""The placeholder in an address for the code of a language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Say where a service is unless ATTEST_<NAME>_URL says otherwise, and whether it wants ATTEST_<NAME>_KEY.

    Without a `url` the operator must name one: there is no public instance.
    """

    name: str
    url: str = ""
    key: Literal["none", "optional", "required"] = "none"

    def missing(self, endpoint: Endpoint) -> str:
        """Return the name of the setting without which the service cannot be asked, or nothing."""
        if not endpoint.url:
            return f"ATTEST_{self.name}_URL"
        if self.key == "required" and endpoint.key is None:
            return f"ATTEST_{self.name}_KEY"
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Point at a service: `url` without a slash at its end, maybe with `{language}` in it."""

    name: str
    url: str
    key: SecretStr | None = None
    contact: str = ""

    @property
    def host(self) -> str:
        """Return the host of the service, as a person is shown it, with `*` for any language.

        Return nothing for what is no address; asking the service says what to correct.
        """
        try:
            return urlsplit(self.url.replace(LANGUAGE, "*")).netloc.rpartition("@")[2]
        except ValueError:
            return ""

    def secret(self) -> str:
        """Return the key of a service that wants one; raise Misconfigured without it."""
        if self.key is None:
            raise Misconfigured(f"{self.name.lower()} wants a key: set ATTEST_{self.name}_KEY")
        return self.key.get_secret_value()

    def in_language(self, code: str) -> Endpoint:
        """Return where the service is in a language; a service with one address for all stays there.

        Raises Refused for what is no code of a language, because it becomes part of an address.
        """
        if not is_language(code):
            raise Refused(f"{code!r} is the code of no language: {NAMED}")
        return replace(self, url=self.url.replace(LANGUAGE, code))


class ServiceSettings(Protocol):
    """Hold what the operator set, as `graph.config.settings.Settings` does."""

    @property
    def contact(self) -> str:
        """Return the address that services are told."""

    def url(self, name: str) -> str:
        """Return where a service is, if the operator says so."""

    def key(self, name: str) -> str:
        """Return the key of a service, if the operator has one."""


def endpoint(address: Address, places: ServiceSettings) -> Endpoint:
    """Join what is known of a service with what the operator set."""
    key = places.key(address.name) if address.key != "none" else ""
    return Endpoint(
        name=address.name,
        url=(places.url(address.name) or address.url).rstrip("/"),
        key=SecretStr(key) if key else None,
        contact=places.contact,
    )
