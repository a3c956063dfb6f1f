"""What a parser makes of a file."""

from __future__ import annotations

from dataclasses import dataclass

from graph.outline import Outline


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """Hold what a file says: `published` is an ISO date.

    `missing` names the parts that cannot be read, `unsure` those that may be read wrongly. `language` is a
    tag such as `en-GB` (BCP 47). What is `late` ends where the time was over. A text with an `outline` is in
    the stored form already.
    """

    text: str
    title: str | None = None
    published: str | None = None
    missing: str = ""
    unsure: str = ""
    author: str | None = None
    language: str | None = None
    late: bool = False
    outline: Outline = ()
