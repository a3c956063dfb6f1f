"""In which language are the words of a question and of what was found for it compared?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from graph.reading import Excerpt
from tools.lexicon.analysis_language import ENGLISH
from tools.lexicon.identification import language_among, language_of

_MOST = 12  # excerpts: the first ones tell


def question_language(question: str, excerpts: Sequence[Excerpt]) -> str:
    """Return the language of a question if an excerpt is in it, and else that of most of them."""
    if language_of(question) == ENGLISH:
        return ENGLISH
    found = Counter(language_of(excerpt.text.reveal()) or ENGLISH for excerpt in excerpts[:_MOST])
    if not set(found) - {ENGLISH}:
        return ENGLISH
    return language_among(question, found) or found.most_common(1)[0][0]
