"""Say that something a test needs is missing."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def missing(what: str, way_out: str) -> NoReturn:
    """Fail where every test must run (CI is set in the environment), skip on a person's own machine."""
    say = pytest.fail if os.environ.get("CI") else pytest.skip
    say(f"{what} is missing: {way_out}")
    raise AssertionError("pytest goes on after its own outcome")
