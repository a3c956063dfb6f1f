"""Count what goes to the database."""

from __future__ import annotations

from typing import Any, Literal

import pytest

from graph.stores.db.database import Database

Door = Literal["read", "write"]


def count(
    monkeypatch: pytest.MonkeyPatch, database: Database, door: Literal["read", "write"]
) -> list[object]:
    """Return a list that grows with every work given to one door of a database."""
    works: list[object] = []
    inner = getattr(database, door)

    async def counted(work: Any, **options: Any) -> Any:  # noqa: ANN401 - passes on what it is given
        works.append(work)
        return await inner(work, **options)

    monkeypatch.setattr(database, door, counted)
    return works
