"""The name under which a set of document folders is indexed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def collection(roots: Sequence[str]) -> str:
    """Return a short stable id of a set of absolute roots, whatever their order; 16 hexadecimal digits."""
    joined = "\0".join(sorted(set(roots)))
    return hashlib.sha256(joined.encode("utf-8", "surrogateescape")).hexdigest()[:16]
