"""`ledger.db` and its journal become transactions that are durable in both, and each is made anew from the other.

    <state>/ledger.db        SQLite, rollback journal, synchronous EXTRA
    <state>/journal.ndjson   every change as a line, written before the transaction that makes it commits
    <state>/ledger.lock      one writer at a time
    <state>/runs/            who lives

Readers create and write nothing: where the ledger is missing, damaged, or left in the middle of a transaction by a
process that died (which only a writer may roll back), they read the journal instead.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import TypeVar
from urllib.parse import quote

from iconbuild.disk import cannot, make_lasting_folder, sync_folder
from iconbuild.errors import FilesystemError, IconbuildError, StoreError
from iconbuild.store.ledger import journal, rows
from iconbuild.store.ledger.gate import passing
from iconbuild.store.ledger.journal import Change

BUSY = 30.0
"""Seconds that a reader or writer waits for another."""
T = TypeVar("T")


class Page:
    """One transaction: `db` shows what has been changed so far, `n` is its number."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        n, self.size = rows.progress(db)
        self.n = n + 1
        self.changes: list[Change] = []

    def put(self, change: Change) -> None:
        """Change something; it lasts once the transaction ends."""
        rows.apply(self.db, self.n, change)
        self.changes.append(change)


class LedgerFiles:
    """The ledger of one state folder."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._db = os.path.join(folder, "ledger.db")
        self._journal = os.path.join(folder, "journal.ndjson")
        self._checked = threading.Event()

    @property
    def exist(self) -> bool:
        """Whether anything was ever written."""
        return os.path.exists(self._db) or os.path.exists(self._journal)

    def read(self, query: Callable[[sqlite3.Connection], T]) -> T:
        """What `query` finds; creates nothing and writes nothing."""
        if os.path.exists(self._db):
            try:
                with closing(_connect(self._db, "ro")) as db:
                    _refuse_newer(self._db, db)
                    db.execute("BEGIN")
                    return query(db)
            except sqlite3.Error as error:
                if not os.path.exists(self._journal):
                    raise self._wrong(error) from error
        with closing(_named(sqlite3.connect(":memory:", isolation_level=None))) as db:
            rows.create(db)
            if os.path.exists(self._journal):
                with _disk(self._journal, "read"):
                    self._replay(db)
            return query(db)

    @contextmanager
    def writing(self) -> Iterator[Page]:
        """A transaction: durable in both files when it ends, undone where it raises."""
        make_lasting_folder(self.folder, mode=0o700)
        with passing(os.path.join(self.folder, "ledger.lock")):
            try:
                with _disk(self._db, "write"), closing(self._opened()) as db:
                    db.execute("BEGIN IMMEDIATE")
                    try:
                        page = Page(db)
                        yield page
                        self._commit(page)
                    except BaseException:
                        with contextlib.suppress(sqlite3.Error):
                            db.execute("ROLLBACK")
                        raise
            except sqlite3.Error as error:
                self._checked.clear()
                raise self._wrong(error) from error

    def _commit(self, page: Page) -> None:
        """The journal first: a line too many is cut off by the next writer, a line too few would be a lost word."""
        if page.changes:
            size = journal.append(self._journal, page.size, page.n, page.changes)
            page.db.execute("UPDATE progress SET n = ?, size = ?", (page.n, size))
        page.db.execute("COMMIT")

    def _opened(self) -> sqlite3.Connection:
        """The ledger for writing, in step with its journal; whatever is missing or damaged has been made anew."""
        for _ in range(2):
            if not os.path.exists(self._db):
                self._rebuild()
            with contextlib.ExitStack() as stack:
                db = stack.enter_context(closing(_connect(self._db, "rw")))
                if self._is_usable(db):
                    stack.pop_all()
                    return db
            self._set_aside()
        raise StoreError(f"{self._db} cannot be made anew from its journal", remedy="look at the account first")

    def _is_usable(self, db: sqlite3.Connection) -> bool:
        """Whether the ledger is whole and in step; raises sqlite3.Error where nothing can be done about it."""
        try:
            _refuse_newer(self._db, db)
            _make_durable(db)
            return self._is_in_step(db)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            if os.path.exists(self._journal):
                return False
            raise

    def _is_in_step(self, db: sqlite3.Connection) -> bool:
        """Whether the ledger is whole and not older than its journal; raises sqlite3.DatabaseError where it is not."""
        if not self._checked.is_set():
            # Where a process died in the middle of a transaction, this is what rolls it back.
            if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("damaged")
            self._checked.set()
        n, size = rows.progress(db)
        if not os.path.exists(self._journal) or os.path.getsize(self._journal) < size:
            size = journal.begin(self._journal, rows.everything(db))
            db.execute("UPDATE progress SET size = ?", (size,))
        return os.path.getsize(self._journal) == size or not journal.is_ahead(self._journal, size, n)

    def _rebuild(self) -> None:
        """Make the ledger from the journal, or begin both."""
        fresh = f"{self._db}.new"
        if not os.path.exists(self._journal):
            journal.begin(self._journal)
        # What SQLite left of the old ledger's last transaction would be rolled back into the new one.
        for stale in (fresh, f"{fresh}-journal", f"{self._db}-journal"):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(stale)
        os.close(os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        with closing(_connect(fresh, "rw")) as db:
            _make_durable(db)
            rows.create(db)
            db.execute("BEGIN IMMEDIATE")
            n = self._replay(db)
            size = journal.whole_length(self._journal) or journal.begin(self._journal)
            db.execute("UPDATE progress SET n = ?, size = ?", (n, size))
            db.execute("COMMIT")
        os.rename(fresh, self._db)
        sync_folder(self.folder)

    def _replay(self, db: sqlite3.Connection) -> int:
        """Make every change of the journal; the number of the last transaction."""
        n = 0
        for entry in journal.entries(self._journal):
            try:
                rows.apply(db, entry.n, entry.change)
            except (sqlite3.Error, ValueError, OverflowError):
                raise journal.damaged(self._journal, entry.line) from None
            n = max(n, entry.n)
        return n

    def _set_aside(self) -> None:
        number = 1
        while os.path.lexists(f"{self._db}.damaged-{number}"):
            number += 1
        for suffix in ("-journal", ""):
            with contextlib.suppress(FileNotFoundError):
                os.rename(self._db + suffix, f"{self._db}.damaged-{number}{suffix}")
        sync_folder(self.folder)
        self._checked.clear()

    def _wrong(self, error: sqlite3.Error) -> IconbuildError:
        if isinstance(error, sqlite3.OperationalError):  # locked, full, read-only, input or output
            return FilesystemError(
                f"cannot use {self._db}: {error}",
                remedy="see that the disk is not full or read-only, and run the same command again; nothing is lost",
            )
        remedy = "run the same command again: it is made anew from its journal"
        if not os.path.exists(self._journal):
            remedy = "its journal is gone too, so what was spent is uncertain: restore a backup, or move it aside"
        return StoreError(f"{self._db} is damaged: {error}", remedy=remedy)


def _connect(path: str, mode: str) -> sqlite3.Connection:
    address = f"file:{quote(path)}?mode={mode}"
    return _named(sqlite3.connect(address, uri=True, timeout=BUSY, isolation_level=None))


def _named(db: sqlite3.Connection) -> sqlite3.Connection:
    db.row_factory = sqlite3.Row
    return db


def _make_durable(db: sqlite3.Connection) -> None:
    """Let commits survive a power cut, their folder's entry too; raises sqlite3.Error for a file that is none."""
    db.execute("PRAGMA journal_mode = DELETE")
    db.execute("PRAGMA synchronous = EXTRA")


def _refuse_newer(path: str, db: sqlite3.Connection) -> None:
    """Raise StoreError for tables of a later version, sqlite3.DatabaseError for a file without any."""
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > rows.VERSION:
        raise StoreError(f"{path} was written by a newer iconbuild", remedy="update iconbuild; nothing was spent")
    if version != rows.VERSION:
        raise sqlite3.DatabaseError("it is not a ledger")


@contextmanager
def _disk(path: str, verb: str) -> Iterator[None]:
    """Errors of the system become errors for people."""
    try:
        yield
    except OSError as error:
        raise cannot(verb, path, error) from error
