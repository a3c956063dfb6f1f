"""Prove what the books promise: runs, journal, ledger, audit."""
