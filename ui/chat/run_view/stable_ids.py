"""Compute the ids of what is shown of a run: a part that is sent again replaces itself."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from typing import Any

_SPACE = uuid.UUID("6d7c1b54-6a7e-5d0e-9a9e-3f0f0b1e2a77")


def part_id(run_id: str, *names: str) -> str:
    """Return the id of a part of a run: the same part has the same id in every tab."""
    return str(uuid.uuid5(_SPACE, "\n".join((run_id, *names))))


def question_token(question: Mapping[str, Any]) -> str:
    """Return a token of a question that a run asks: an answer to another question has another token."""
    return hashlib.sha256(json.dumps(question, sort_keys=True).encode()).hexdigest()[:16]


def card_id(run_id: str, question: Mapping[str, Any]) -> str:
    """Return the id of the card that shows a question of a run."""
    return part_id(run_id, f"card {question_token(question)}")
