"""What a draft looks like before it is checked."""

from __future__ import annotations

from graph.events import Written
from graph.untrusted import Untrusted
from tests.ui.chat.run_view.modelled import model_of
from ui.chat.run_view.draft_text import draft_markdown


def test_what_is_written_is_marked_and_disarmed() -> None:
    """A draft says that it is unchecked, and an image in it asks nobody for anything."""
    made = model_of(
        Written(text=Untrusted("See ![x](https://e.org/")), Written(text=Untrusted("p.png) **now**"))
    )
    shown = draft_markdown(made.written)
    assert shown.startswith("**Draft, not checked yet.**")
    assert "![x](" not in shown
    assert "**now**" in shown
