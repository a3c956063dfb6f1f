"""Check ids by their exact form, since ids become folders, keys and addresses."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import StringConstraints

_ANY = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_RANDOM = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
_SESSION = re.compile(_RANDOM)

ID = _ANY
"""The form of a thread, a step, an element, a file or a rating: a UUID in small letters."""

Id = Annotated[str, StringConstraints(pattern=f"^{_ANY}$")]
RandomId = Annotated[str, StringConstraints(pattern=f"^{_RANDOM}$")]
"""What a page makes itself, for its session and for each message: a random UUID, version 4."""


def is_session_id(given: object) -> bool:
    """Tell whether this is an id of the exact form in which the page makes that of a session."""
    return isinstance(given, str) and _SESSION.fullmatch(given) is not None
