"""Show what a model writes before it is checked: the one place of the chat that opens untrusted text."""

from __future__ import annotations

from collections.abc import Iterable

from graph.untrusted import Untrusted
from ui.chat.run_view.run_view_words import UNCHECKED
from ui.report.markdown_escaping import prose


def unchecked(pieces: Iterable[Untrusted]) -> str:
    """Return what was written so far, marked as unchecked, with no link, image or HTML alive in it."""
    return UNCHECKED + prose("".join(piece.reveal() for piece in pieces))
