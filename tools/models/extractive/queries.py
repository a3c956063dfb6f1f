"""Write the searches that a question, or a lead found for it, asks for."""

from __future__ import annotations

from tools.lexicon.proper_names import names
from tools.lexicon.sentences import sentences
from tools.lexicon.terms import is_stop, tokens
from tools.models.extractive.comparison import sides

LONGEST_QUERY = 2000  # characters: what documents.search takes
MOST_QUERIES = 3


def queries(question: str) -> tuple[str, ...]:
    """Return the searches for a question: itself, or when it is too long its first sentences, three at most.

    A comparison is also searched for by what is asked of each side, since a document may tell of one alone.

    Names are not searched for on their own: a title the question names ranks first anyway, and on 2wiki dev a
    search for each name took the place of pages that matter (all gold@10 0.98 without, 0.94 with).
    """
    if len(question) <= LONGEST_QUERY:
        return tuple(dict.fromkeys((question, *sides(question))))
    pieces = (question[start:end][:LONGEST_QUERY] for start, end in sentences(question))
    return tuple(dict.fromkeys(pieces))[:MOST_QUERIES] or (question[:LONGEST_QUERY],)


def follow_up(question: str, name: str) -> str:
    """Return the search for a lead: its name, then the words of the question that belong to no name.

    They tell apart two things of one name, an actor and a director.
    """
    spans = names(question)
    words = [
        question[token.start : token.end]
        for token in tokens(question)
        if not any(start <= token.start < end for start, end in spans)
    ]
    return " ".join([name, *(word for word in words if not is_stop(word))])[:LONGEST_QUERY]
