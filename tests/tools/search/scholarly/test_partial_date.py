from __future__ import annotations

import pytest

from tools.search.scholarly.partial_date import partial_date


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        (("2024", "3", "7"), "2024-03-07"),
        (("2024", "Mar", "7"), "2024-03-07"),
        (("2024", "March"), "2024-03"),
        (("2024",), "2024"),
        (("2024", "Spring"), "2024"),
        (("2024", "13"), "2024"),
        (("2024", "2", "30"), "2024-02"),
        (("24", "3"), None),
        (("",), None),
    ],
)
def test_a_date_is_never_more_exact_than_its_parts(parts: tuple[str, ...], written: str | None) -> None:
    """A part that is missing or cannot be is left out, with all that is finer."""
    assert partial_date(*parts) == written
