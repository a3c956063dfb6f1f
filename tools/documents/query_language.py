"""In which language is a query, among those of the documents it is asked of?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.records import Unknown
from tools.lexicon.analysis_language import ENGLISH, primary
from tools.lexicon.identification import NAMES, language_among, language_apart

OTHER_LANGUAGE = "other_language"
"""The kind of gap that says that no document is in the language of the question."""
_MOST_NAMED = 3


def query_language(query: str, languages: Mapping[str, int]) -> str:
    """Return the language in which the words of a query are analysed.

    `languages` counts the documents by the tag of their language, the most first. It is the language of the
    query if a document is in it, and else that of most documents.
    """
    known = list(dict.fromkeys(map(primary, languages)))
    if known in ([], [ENGLISH]):
        return ENGLISH
    return language_among(query, known) or known[0]


def foreign(query: str, languages: Iterable[str]) -> tuple[Unknown, ...]:
    """Say that a query is in another language than every document whose language is known, if it is."""
    known = list(dict.fromkeys(primary(tag) for tag in languages if tag))
    if not known or not (spoken := language_apart(query, known)):
        return ()
    named = [NAMES.get(language, language) for language in known[:_MOST_NAMED]]
    detail = (
        f"the question is in {NAMES[spoken]}, the documents are in {' and '.join(named)}:"
        " words of another language are not found; ask in theirs"
    )
    return (Unknown(kind=OTHER_LANGUAGE, detail=detail),)
