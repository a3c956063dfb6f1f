"""Find earlier runs that asked the same."""

from __future__ import annotations

from graph.history import Recollection
from graph.records import Run, Status
from graph.stores.db.database import Database

MOST_RECOLLECTIONS = 5

_EARLIER = """
SELECT id, question, updated, status FROM runs
WHERE asker = :asker AND id <> :id AND status IN (:answered, :partly, :unanswered)
  AND lower(trim(question)) = lower(trim(:question)) AND created <= :started
ORDER BY created DESC LIMIT :limit
"""


class StoredMemory:
    """Find earlier questions in the rows of finished runs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def recall(self, run: Run) -> tuple[Recollection, ...]:
        """Return earlier runs of the same user that asked the same, latest first."""
        values = {
            "asker": run.options.user,
            "id": run.id,
            "question": run.question,
            "started": run.started,
            "answered": Status.ANSWERED,
            "partly": Status.PARTLY,
            "unanswered": Status.UNANSWERED,
            "limit": MOST_RECOLLECTIONS,
        }
        rows = await self._database.read(lambda connection: connection.execute(_EARLIER, values).fetchall())
        return tuple(
            Recollection(run=run_id, question=question, finished=updated, status=status)
            for run_id, question, updated, status in rows
        )
