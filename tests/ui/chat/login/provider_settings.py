"""Settings of providers."""

from __future__ import annotations

from graph.config.settings import Settings
from graph.people.identity_providers import variables

OKTA = dict.fromkeys(variables("okta"), "x")


HYBRID = dict.fromkeys(variables("azure-ad-hybrid"), "x")


LET_IN = {"ATTEST_OAUTH_DOMAINS": "example.org", "CHAINLIT_URL": "https://attest.example.org"}


GENERIC = dict.fromkeys(variables("generic"), "x")


def settings(**values: str) -> Settings:
    """Return settings of these values alone."""
    return Settings.from_environment(values)
