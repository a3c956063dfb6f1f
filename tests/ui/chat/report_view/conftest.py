"""Import Chainlit once."""

from __future__ import annotations

from tests.fakes.chainlit_home import bring_in

bring_in()
