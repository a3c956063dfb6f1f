"""Name what is shown of a run, so that showing it again replaces it."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from typing import Any

_SPACE = uuid.UUID("6d7c1b54-6a7e-5d0e-9a9e-3f0f0b1e2a77")


def part(run_id: str, *names: str) -> str:
    """Return the id of a part of a run on the screen: the same part has the same id in every tab."""
    return str(uuid.uuid5(_SPACE, "\n".join((run_id, *names))))


def token(question: Mapping[str, Any]) -> str:
    """Name a question a run asks, so that an answer to another one is noticed."""
    return hashlib.sha256(json.dumps(question, sort_keys=True).encode()).hexdigest()[:16]


def card_id(run_id: str, question: Mapping[str, Any]) -> str:
    """Return the id of the card on which a run asks a question."""
    return part(run_id, f"card {token(question)}")
