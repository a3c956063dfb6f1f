"""How a report names a document."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePath

_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def labels(roots: Sequence[str]) -> Mapping[str, str]:
    """Name each root by its last part, or whole where two are called alike; a single one needs no name."""
    if len(roots) == 1:
        return {roots[0]: ""}
    count = Counter(PurePath(root).name for root in roots)
    return {root: root if count[PurePath(root).name] > 1 else PurePath(root).name for root in roots}


def location(label: str, relative: str) -> str:
    """Return the name of a file, below the label of its root if it has one, fit to be shown and stored."""
    return shown("/".join(part for part in (label, relative) if part))


def shown(name: str) -> str:
    r"""Write out what cannot be seen, or not be stored as UTF-8, such as `\u202e`."""
    if name.isascii() and name.isprintable():
        return name
    unseen = {character for character in name if unicodedata.category(character) in _UNSEEN}
    return "".join(_escape(character) if character in unseen else character for character in name)


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode()
