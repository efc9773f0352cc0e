"""A path becomes an open SQLite database that holds all that the sandbox knows; used by one thread only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from iconbuild.errors import StoreError

IN_MEMORY = ":memory:"

_TABLES = """
CREATE TABLE IF NOT EXISTS accounts (
    account TEXT PRIMARY KEY, plan TEXT NOT NULL, monthly INTEGER NOT NULL, bonus INTEGER NOT NULL, cap INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS charges (
    id INTEGER PRIMARY KEY, account TEXT NOT NULL, endpoint TEXT NOT NULL, tokens INTEGER NOT NULL,
    subject TEXT NOT NULL, request TEXT NOT NULL, at REAL NOT NULL, due REAL NOT NULL, past INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS visits (
    id INTEGER PRIMARY KEY, account TEXT NOT NULL, endpoint TEXT NOT NULL, pool TEXT NOT NULL, clock REAL NOT NULL,
    status INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS recent ON visits (account, pool, clock);
CREATE TABLE IF NOT EXISTS icons (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, account TEXT NOT NULL, slug TEXT NOT NULL, name TEXT NOT NULL,
    style TEXT NOT NULL, colored INTEGER NOT NULL, detail TEXT NOT NULL, created TEXT NOT NULL, data BLOB NOT NULL,
    UNIQUE (account, slug)
) STRICT;
"""


def open_database(path: str = IN_MEMORY) -> sqlite3.Connection:
    """The database at `path`, made where there is none; raises StoreError for a file that is no such database."""
    try:
        database = sqlite3.connect(path, isolation_level=None)
        database.executescript(_TABLES)
    except sqlite3.Error as error:
        raise StoreError(f"--db {path}: {error}", remedy="name another file, or leave --db out") from error
    return database


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """Within it everything happens, or nothing."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def forget_all(database: sqlite3.Connection) -> None:
    """Empty every table."""
    with transaction(database):
        for table in ("accounts", "charges", "visits", "icons"):
            database.execute(f"DELETE FROM {table}")  # noqa: S608 - the four names above
