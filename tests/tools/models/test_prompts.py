"""Each role has a prompt that is known by its content."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from graph.errors import Misconfigured
from tools.models.prompted_role import ModelRole
from tools.models.prompts import prompt
from tools.models.roles.rewording import PROMPT as REWORDING

FOLDER = Path("nodes/prompts")


@pytest.mark.parametrize("role", [*ModelRole, REWORDING])
def test_a_prompt_is_named_by_its_content(role: str) -> None:
    """A call records eight digits of the hash of the very words that were sent."""
    text = (FOLDER / f"{role}.md").read_text(encoding="utf-8").strip()
    made = prompt(role)
    assert made.text == text
    assert made.tag == f"{role}@{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def test_no_prompt_is_without_a_role_that_sends_it() -> None:
    """A prompt that nobody sends would be kept up for nothing."""
    assert {file.stem for file in FOLDER.iterdir()} == {*ModelRole, REWORDING}


def test_a_prompt_that_is_missing_is_the_operators_to_mend() -> None:
    """A broken installation says so when the role is made."""
    with pytest.raises(Misconfigured, match="install"):
        prompt("poet")
