"""In which language are the words of a question and of what was found for it compared?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from graph.reading import Excerpt
from tools.lexicon.analysis_language import ENGLISH
from tools.lexicon.identification import language_among, language_of
from tools.lexicon.question_words import language_asking

_MOST = 12  # excerpts: the first ones tell


def question_language(question: str, excerpts: Sequence[Excerpt]) -> str:
    """Return the language of a question if an excerpt is in it, and else that of both together.

    A few words of a table seldom tell their language: then the words of the question help to.
    """
    spoken, texts = language_of(question), [excerpt.text.reveal() for excerpt in excerpts[:_MOST]]
    if spoken == ENGLISH:
        return ENGLISH
    told = Counter(filter(None, map(language_of, texts)))
    if spoken in told:
        return spoken
    if set(told) == {ENGLISH}:
        return ENGLISH
    joint = language_of("\n".join((question, *texts)))
    return joint or language_among(question, told) or spoken or language_asking(question) or ENGLISH
