from __future__ import annotations

from pathlib import Path

from tests.architecture.untested import listed, places, untested


def test_every_module_has_a_test_file_of_its_name_or_a_reason() -> None:
    """A new module brings its test file; an exception is written down with its reason."""
    assert untested() - listed() == set()


def test_the_exceptions_only_shrink() -> None:
    """A module that got its test file, or is gone, leaves the table."""
    assert listed() - untested() == set()


def test_the_places_of_the_exceptions_exist() -> None:
    """Where the table says that modules are tested, there are tests."""
    assert [place for place in places() if not Path(place).exists()] == []
