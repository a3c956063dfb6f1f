"""Is this the code of a language?"""

from __future__ import annotations

import re

CODE = r"[a-z]{2,3}"
CODE_OR_NONE = rf"^({CODE})?$"
NAMED = "write the two or three small letters of a language, such as de, or nothing for any"


def is_language(code: str) -> bool:
    """Tell whether a text has the form of a code of ISO 639."""
    return re.fullmatch(CODE, code) is not None
