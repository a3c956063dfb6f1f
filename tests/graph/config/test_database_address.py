"""Prove that where the database is can be told to people."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.config.database_address import DatabaseServer
from graph.config.settings import Settings
from graph.errors import Misconfigured


def database(url: str) -> Path | DatabaseServer:
    return Settings.from_environment({"ATTEST_HOME": "/none/home", "ATTEST_DATABASE_URL": url}).database


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://ann:s3cret@db.example:5432/attest", "postgresql://ann@db.example:5432/attest"),
        ("postgres://ann:a@b:s3cret@db.example/x?password=s3cret", "postgres://…"),
        ("postgresql://db.example/x", "postgresql://db.example/x"),
        ("postgresql:///x?host=/run/postgresql", "postgresql:///x"),
        ("postgresql://ann:s3/c?r#et@db.example/x", "postgresql://…"),
        ("postgresql://db.example/x?user=ann&password=s3cret@", "postgresql://…"),
        ("postgresql://db.example/x?user=ann&password=s3cret", "postgresql://db.example/x"),
    ],
)
def test_a_server_is_shown_without_its_password(url: str, shown: str) -> None:
    """The whole address is for the driver; lists, messages and `repr` have the place alone."""
    found = database(url)
    assert isinstance(found, DatabaseServer)
    assert (found.url, str(found)) == (url, shown)
    assert "s3" not in repr(found)
    assert "s3" not in repr(Settings.from_environment({"ATTEST_DATABASE_URL": url}))


def test_a_file_is_the_default() -> None:
    """Nothing set, the database is a file in the home; sqlite:/// names another, by its whole path."""
    assert database("") == Path("/none/home/attest.db")
    assert database("sqlite:////none/other.db") == Path("/none/other.db")
    with pytest.raises(Misconfigured, match="write a whole path"):
        database("sqlite:///other.db")


@pytest.mark.parametrize("url", ["mysql://u:s3cret@h/x", "postgresql://", "s3cret", "postgresql://h /x"])
def test_what_is_no_address_is_refused(url: str) -> None:
    """The way out is in the message, and no password."""
    with pytest.raises(Misconfigured, match=r"write postgresql://user@host:5432/name") as raised:
        database(url)
    assert "s3cret" not in str(raised.value).replace("'s3cret'", "")
