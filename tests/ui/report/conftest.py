"""Give each test a folder of its own, and the command line."""

from tests.ui.command_line import attest, fake, past, place

__all__ = ["attest", "fake", "past", "place"]
