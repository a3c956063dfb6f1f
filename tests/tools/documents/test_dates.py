from __future__ import annotations

import pytest

from tools.documents.dates import dated_line, iso_date


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026-04-21", "2026-04-21"),
        ("2026/04/21", "2026-04-21"),
        ("2024-03-18T07:00:00Z", "2024-03-18"),
        ("21 April 2026", "2026-04-21"),
        ("April 21st, 2026", "2026-04-21"),
        ("3. Sept. 2026, Oslo", "2026-09-03"),
        ("2026-02-30", None),
        ("03/04/2026", None),
        ("2026-04-211", None),
        ("12 Foo 2026", None),
        ("soon", None),
        ("", None),
    ],
)
def test_only_certain_dates_are_read(words: str, day: str | None) -> None:
    """A date is taken where only one day can be meant, and None is preferred to a guess."""
    assert iso_date(words) == day


def test_a_dated_line_stands_at_the_top() -> None:
    """A date field counts among the first lines and not deep in the text."""
    assert dated_line("# T\n\n**Updated:** 2026-04-21\n") == "2026-04-21"
    assert dated_line("x\n" * 40 + "Date: 2026-04-21") is None
    assert dated_line("The deadline was 2026-04-21.") is None
