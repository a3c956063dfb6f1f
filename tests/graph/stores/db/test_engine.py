from __future__ import annotations

import sqlite3

from graph.stores.db.engine import statements
from graph.stores.db.migrations import MIGRATIONS


def test_a_semicolon_inside_a_text_or_a_trigger_does_not_split() -> None:
    """Each statement is whole, and nothing of the script is lost."""
    script = "CREATE TABLE a (x TEXT DEFAULT ';');\nINSERT INTO a VALUES ('b;c');"
    found = [each.strip() for each in statements(script) if each.strip(" ;\n")]
    assert found == ["CREATE TABLE a (x TEXT DEFAULT ';');", "INSERT INTO a VALUES ('b;c');"]


def test_every_released_script_is_split_into_whole_statements() -> None:
    """SQLite calls each of them complete."""
    for script in MIGRATIONS:
        parts = list(statements(script))
        assert all(sqlite3.complete_statement(each) for each in parts if each.strip(" ;\n"))
        assert "".join(parts).rstrip(" ;\n") == script.rstrip(" ;\n")
