"""Keep the books of calls: journal, ledger, audit, caps, cache and breakers."""
