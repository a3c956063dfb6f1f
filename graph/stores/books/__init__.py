"""Store the books of calls: journal, ledger, audit, caps, cache and circuit breakers."""
