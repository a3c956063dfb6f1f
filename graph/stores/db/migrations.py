"""The schema of the database, one script a release: a script that was released is never changed."""

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
from graph.stores.index.passage_index import INDEX_TABLES
from graph.stores.leases.lease_table import LEASE_TABLE
from graph.stores.retrievals import RETRIEVAL_TABLES
from graph.stores.runs import RUN_TABLES, TRUE_STATUSES

SPINE = (
    CHECKPOINT_TABLES,
    RUN_TABLES,
    JOURNAL_TABLES,
    LEDGER_TABLES,
    AUDIT_TABLES,
    EVIDENCE_TABLES,
    INDEX_TABLES,
)

PATH = (RESULT_TABLES, CIRCUIT_TABLES, SOURCE_FACTS)

MONEY = (LEDGER_OF_ATTEMPTS, CAP_TABLES)

MIGRATIONS = (
    "\n".join(SPINE),
    "\n".join(PATH),
    "\n".join(MONEY),
    CHAT_TABLES,
    LEASE_TABLE,
    RETRIEVAL_TABLES,
    TRUE_STATUSES,
    ACCOUNT_TABLES,
)
