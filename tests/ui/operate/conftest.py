"""Give each test a folder of its own, and the command line."""

from hypothesis import settings

from tests.ui.command_line import attest, fake, past, place

__all__ = ["attest", "fake", "past", "place"]

settings.register_profile("unhurried", deadline=None)  # a loaded machine is no finding
settings.load_profile("unhurried")
