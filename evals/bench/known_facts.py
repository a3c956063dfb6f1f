"""Whether the title and the date of a document are known, of those that say them by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing

from evals.bench.made_documents import DATED, TITLE, WRITTEN, made
from tools.documents.parser import Parser


def known_facts() -> tuple[Mapping[str, bool], Mapping[str, bool]]:
    """Return for each such format whether its title is found, and whether its date is."""
    documents = made()
    with closing(Parser()) as parser:
        read = {suffix: parser.parse(suffix, documents[suffix]) for suffix in DATED}
    titles = {suffix: parsed.title == TITLE for suffix, parsed in read.items()}
    day = WRITTEN.date().isoformat()
    return titles, {suffix: parsed.published == day for suffix, parsed in read.items()}
