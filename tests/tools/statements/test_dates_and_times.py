from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.statements.dates_and_times import Date, first_date, moments


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("It opened on 3 March 2021.", Date(year=2021, month=3, day=3)),
        ("It opened in 2021.", Date(year=2021)),
        ("It opened in May 2021.", Date(year=2021, month=5)),
    ],
)
def test_a_date_is_as_exact_as_it_is_given(text: str, date: Date) -> None:
    """A part that is not given fits any other."""
    found, _ = moments(text)
    assert found.dates == {date}
    assert date.fits(Date(year=2021, month=date.month, day=date.day))
    assert not date.fits(Date(year=2022))


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("at 21:00", (1260,)), ("at noon", (720,)), ("at 9:10", (550, 1270)), ("at 9 p.m.", (1260,))],
)
def test_a_time_of_day_is_every_minute_it_may_be(text: str, minutes: tuple[int, ...]) -> None:
    """Without more, 9:10 may be in the morning or in the evening."""
    found, _ = moments(text)
    assert found.clock == {minutes}


def test_weekdays_recur_and_leave_the_sentence() -> None:
    """What is left says what happens then."""
    found, rest = moments("It opens on Mondays.")
    assert (found.recurring, rest.split()) == (frozenset({"monday"}), ["It", "opens", "."])


def test_a_word_that_is_also_a_month_is_no_date() -> None:
    """Words such as "may" and "march" are no months by themselves."""
    found, rest = moments("It may march.")
    assert (found.dates, rest) == (frozenset(), "It may march.")


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    """No text makes reading fail, and a text agrees with itself."""
    found, _ = moments(text)
    assert found.same_dates(found)
    assert found.same_times(found)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("on 3 May 1931 and in 1940", Date(year=1931, month=5, day=3)),
        ("1874 in Marlow", Date(year=1874)),
        ("by the mayor in June 1912.", Date(year=1912, month=6)),
        ("by the mayor", None),
    ],
)
def test_the_first_date_of_a_text_is_read_whole(text: str, date: Date | None) -> None:
    """A later one, and a part of the first, do not count; a year may begin the text."""
    assert first_date(text) == date
