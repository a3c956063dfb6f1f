from __future__ import annotations

import pytest

from guards.language_code import is_language


@pytest.mark.parametrize("code", ["de", "en", "haw"])
def test_a_code_of_a_language_passes(code: str) -> None:
    """Two or three small letters name a language."""
    assert is_language(code)


@pytest.mark.parametrize("code", ["", "d", "DE", "deut", "d1", "de\n", "de-DE", "дe"])
def test_anything_else_is_none(code: str) -> None:
    """A code goes into an address, where it may be no more than a label."""
    assert not is_language(code)
