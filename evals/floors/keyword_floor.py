"""Find injections by keywords, as many guards do: the floor of `python -m evals addressed`."""

from __future__ import annotations

import re

_KEYWORDS = re.compile(
    r"(?:ignore|disregard) (?:all |the |any )?(?:previous|prior|above)"
    r"|system prompt|you are now|new instructions|jailbreak|developer mode|do anything now",
    re.IGNORECASE,
)


def is_suspicious(sentence: str) -> bool:
    """Tell whether a sentence holds one of the usual phrases."""
    return bool(_KEYWORDS.search(sentence))
