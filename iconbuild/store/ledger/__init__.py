"""The ledger: what was ordered and what became of it, in one SQLite file with a journal beside it."""
