"""List where else a run found the text of a source, for every form of a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guards.visible_text import one_line
from ui.report.readable_text import readable


def elsewhere(source: Mapping[str, Any]) -> str:
    """Return the other places of a text by title and location; nothing where it was found at one alone."""
    return "; ".join(_named(place) for place in source.get("also_found_at", ()))


def _named(place: Mapping[str, Any]) -> str:
    title, location = readable(place["title"]), one_line(place["location"])
    return location if title in {"", location} else f"{title} ({location})"
