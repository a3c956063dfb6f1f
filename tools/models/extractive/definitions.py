"""Find the term whose meaning a question asks for, and the sentence or entry that says what it is."""

from __future__ import annotations

from tools.lexicon.terms import terms
from tools.linear_regex import LinearPattern
from tools.models.extractive.inquiry import Inquiry

_WHERE = r"(?:\s+(?:in|within|on|for|from|at|when|under|here)\b[^?]*)?"
_ASKED = tuple(
    LinearPattern(f"(?i){pattern}")
    for pattern in (
        rf"^\W*what\s+(?:does|do|did)\s+(?P<term>[^?]{{1,80}}?)\s+(?:mean|refer\s+to|denote|consist\s+of|do){_WHERE}\W*$",
        rf"^.*?\b(?:definition|meaning)\s+of\s+(?P<term>[^?]{{1,80}}?){_WHERE}\W*$",
        rf"^\W*(?:please\s+)?define\s+(?P<term>[^?]{{1,80}}?){_WHERE}\W*$",
        r"^\W*what\s+(?:is|are)\s+meant\s+by\s+(?P<term>[^?]{1,80}?)\W*$",
        rf"^\W*(?:what|who)(?:'s|\s+(?:is|are|was|were))\s+(?P<term>[^?]{{1,80}}?){_WHERE}\W*$",
    )
)
_SUBJECT = LinearPattern(
    r"(?i)^[^\pL\pN]*(?:(?:an?|the|each|every)\s+)?(?P<subject>[^.;:!?\n]{1,80}?)[*_`'\"\x{201d}\)]*"
    r"(?:\s*,[^,.;]{1,60},)?(?:\s+(?P<bare>is|are|was|were)\b|\s+(?:means?|refers?\s+to|stands?\s+for|denotes?"
    r"|consists?\s+of|describes?|represents?)\b|\s*:\s|\s+[-\x{2013}\x{2014}]\s|\n)"
)
_KIND = LinearPattern(r"(?i)^\s+(?:an?|the|any|one|all|those|what|how|when|where|used|called|short)\b")
_SURE = 0.8
_BARE = 0.5  # "The jib is white" says something of it, "the jib is a sail" what it is


def asked_term(question: str) -> frozenset[str]:
    """Return the stems of the term whose meaning a question asks for; nothing where it asks for none."""
    for pattern in _ASKED:
        match = pattern.match(question)
        if match:
            return frozenset(terms(match["term"]))
    return frozenset()


def defines(text: str, term: frozenset[str], inquiry: Inquiry) -> float:
    """Tell how surely a text says what a term is, in 0..1: its subject is the term and nothing else."""
    match = _SUBJECT.match(text)
    subject = frozenset(terms(match["subject"])) if match else frozenset()
    if not subject:
        return 0.0
    if not all(inquiry.met(word, subject) >= _SURE for word in term):
        return 0.0
    bare = match["bare"] and not _KIND.match(text[match.end() :])
    return (_BARE if bare else 1.0) * len(subject & inquiry.said) / len(subject)
