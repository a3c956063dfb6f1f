from __future__ import annotations

from tests.fakes.stored import database, engine, place  # noqa: F401  # fixtures of every test here
