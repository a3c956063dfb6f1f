"""Let Hypothesis take its time, and import Chainlit once."""

from __future__ import annotations

from hypothesis import settings

from tests.fakes.chainlit_home import bring_in

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
bring_in()
