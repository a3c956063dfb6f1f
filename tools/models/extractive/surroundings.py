"""The words around a statement in its document: its headings, and what its list or table hangs on."""

from __future__ import annotations

from graph.outline import Part, PartKind, part_at
from graph.reading import Excerpt
from tools.lexicon.terms import terms

SILENT = frozenset({PartKind.REFERENCE, PartKind.NAVIGATION})
"""Parts that state nothing: entries of a bibliography, bare links and what leads elsewhere."""


class Surroundings:
    """Look up the parts of an excerpt; the words of each part are taken once."""

    def __init__(self, excerpt: Excerpt) -> None:
        self._outline = excerpt.outline
        self._offset = excerpt.passage.span.start
        self._words: dict[int, tuple[str, ...]] = {}

    @property
    def known(self) -> bool:
        """Tell whether anything is known of the parts."""
        return bool(self._outline)

    def states(self, start: int) -> bool:
        """Tell whether what begins at an offset of the excerpt may state something."""
        return not self._outline or self._part(start).kind not in SILENT

    def kind(self, start: int) -> PartKind | None:
        """Return what stands at an offset of the excerpt; None where nothing is known."""
        return self._part(start).kind if self._outline else None

    def words(self, start: int) -> tuple[str, ...]:
        """Return the terms of the headings above an offset of the excerpt, and of its lead-in or caption."""
        part = self._part(start)
        if part.start not in self._words:
            above = [heading.reveal() for heading in part.place.section]
            lead = [part.lead.reveal()] if part.lead else []
            self._words[part.start] = tuple(terms("\n".join((*above, *lead))))
        return self._words[part.start]

    def _part(self, start: int) -> Part:
        return part_at(self._outline, self._offset + start)
