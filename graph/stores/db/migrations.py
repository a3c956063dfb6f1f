"""List the schema of the database, one script a release: a released script is never changed."""

from __future__ import annotations

from graph.stores.accounts.stored_accounts import ACCOUNT_TABLES
from graph.stores.books.audit import AUDIT_TABLES
from graph.stores.books.call_cache import RESULT_TABLES
from graph.stores.books.journal import JOURNAL_TABLES
from graph.stores.books.ledger import LEDGER_OF_ATTEMPTS, LEDGER_TABLES
from graph.stores.books.stored_caps import CAP_TABLES
from graph.stores.books.stored_circuits import CIRCUIT_TABLES
from graph.stores.chat.chat_tables import CHAT_TABLES
from graph.stores.checkpoints.checkpoint_rows import CHECKPOINT_TABLES
from graph.stores.evidence import EVIDENCE_TABLES, SOURCE_FACTS
from graph.stores.index.index_tables import INDEX_TABLES
from graph.stores.index.vector_rows import VECTOR_TABLES
from graph.stores.leases.leases import LEASE_TABLE
from graph.stores.outlines import OUTLINE_TABLES
from graph.stores.retrievals import RETRIEVAL_TABLES
from graph.stores.runs import RUN_TABLES, TRUE_STATUSES

FIRST_TABLES = (
    CHECKPOINT_TABLES,
    RUN_TABLES,
    JOURNAL_TABLES,
    LEDGER_TABLES,
    AUDIT_TABLES,
    EVIDENCE_TABLES,
    INDEX_TABLES,
)

PIPELINE_TABLES = (RESULT_TABLES, CIRCUIT_TABLES, SOURCE_FACTS)

CAP_CHANGES = (LEDGER_OF_ATTEMPTS, CAP_TABLES)

MIGRATIONS = (
    "\n".join(FIRST_TABLES),
    "\n".join(PIPELINE_TABLES),
    "\n".join(CAP_CHANGES),
    CHAT_TABLES,
    LEASE_TABLE,
    RETRIEVAL_TABLES,
    TRUE_STATUSES,
    ACCOUNT_TABLES,
    OUTLINE_TABLES,
    VECTOR_TABLES,
)
