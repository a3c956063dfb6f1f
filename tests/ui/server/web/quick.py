"""Name what tests of the doors have in common."""

from tests.fakes.people import HASHER, PASSWORD

__all__ = ["HASHER", "PASSWORD"]
