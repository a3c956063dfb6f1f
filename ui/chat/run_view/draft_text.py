"""Format what a model writes before it is checked. Only here does the chat reveal untrusted text."""

from __future__ import annotations

from collections.abc import Iterable

from graph.untrusted import Untrusted
from ui.catalogue import _
from ui.chat.run_view.run_view_words import UNCHECKED
from ui.report.markdown_escaping import prose


def draft_markdown(pieces: Iterable[Untrusted]) -> str:
    """Return the draft so far, marked as unchecked, with every link, image and HTML tag escaped."""
    return f"{_(UNCHECKED)}\n\n" + prose("".join(piece.reveal() for piece in pieces))
