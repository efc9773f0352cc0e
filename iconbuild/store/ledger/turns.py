"""Who sends when: one sliding log of sends per account and pool, shared by all processes and surviving runs.

A provider counts a request when it arrives, somewhere after we note it, so the window is taken a margin longer. A place
that was taken and not yet sent counts as if it were sent now, since that is what it may become.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from urllib.parse import quote

from iconbuild.disk import cannot, make_lasting_folder
from iconbuild.errors import FilesystemError, StoreError
from iconbuild.model.ports import Limit
from iconbuild.model.purchase import Turn
from iconbuild.store.ledger.gate import passing
from iconbuild.store.ledger.moments import Moment, age, now

VERSION = 1
MARGIN = 1.0
"""Seconds that are added to every window."""
_PATIENCE = 30.0
"""Seconds beyond a window after which a place that was never sent is taken for one of a dead process."""
_LEAST = 0.001
_TABLES = f"""
BEGIN IMMEDIATE;
CREATE TABLE places (
  id INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, pool TEXT NOT NULL, sent INTEGER NOT NULL,
  wall REAL NOT NULL, uptime REAL NOT NULL, boot TEXT NOT NULL
);
CREATE INDEX places_pool ON places (account, pool);
CREATE TABLE barriers (
  account TEXT NOT NULL, pool TEXT NOT NULL, seconds REAL NOT NULL,
  wall REAL NOT NULL, uptime REAL NOT NULL, boot TEXT NOT NULL, PRIMARY KEY (account, pool)
);
CREATE TABLE losses (wall REAL NOT NULL, uptime REAL NOT NULL, boot TEXT NOT NULL);
PRAGMA user_version = {VERSION};
COMMIT;
"""


class SqliteTurns:
    """The log in `<state>/limits.db`; where it was damaged, a new one begins with a whole window of waiting."""

    def __init__(self, state_dir: str, *, margin: float = MARGIN, clock: Callable[[], Moment] = now) -> None:
        self._folder = state_dir
        self._path = os.path.join(state_dir, "limits.db")
        self._margin, self._clock = margin, clock

    def take(self, account: str, pool: str, limit: Limit) -> Turn:
        """A place now, or how long to wait."""
        with self._writing() as db:
            moment, span = self._clock(), limit.window + self._margin
            _bring_back(db, moment)
            ages = sorted(self._ages(db, account, pool, span, moment), reverse=True)
            waits = [span - ages[len(ages) - limit.calls]] if len(ages) >= limit.calls else []
            waits += [span - age(Moment(*row), moment) for row in db.execute("SELECT wall, uptime, boot FROM losses")]
            waits += [row[0] - age(Moment(*row[1:]), moment) for row in _barriers(db, account, pool)]
            if max(waits, default=0.0) > 0:
                return Turn(max(_LEAST, *waits))
            cursor = db.execute(
                "INSERT INTO places (account, pool, sent, wall, uptime, boot) VALUES (?, ?, 0, ?, ?, ?)",
                (account, pool, *moment),
            )
            return Turn(0.0, cursor.lastrowid or 0)

    def _ages(self, db: sqlite3.Connection, account: str, pool: str, span: float, moment: Moment) -> Iterator[float]:
        """Seconds since each send that counts; the others are forgotten."""
        query = "SELECT id, sent, wall, uptime, boot FROM places WHERE account = ? AND pool = ?"
        for number, sent, *then in db.execute(query, (account, pool)).fetchall():
            old = age(Moment(*then), moment)
            if old >= (span if sent else span + _PATIENCE):
                db.execute("DELETE FROM places WHERE id = ?", (number,))
            else:
                yield old if sent else 0.0

    def sent(self, turn: Turn) -> None:
        """The request of a turn has left now: that is when the provider counts it."""
        with self._writing() as db:
            query = "UPDATE places SET sent = 1, wall = ?, uptime = ?, boot = ? WHERE id = ?"
            db.execute(query, (*self._clock(), turn.id))

    def barrier(self, account: str, pool: str, seconds: float) -> None:
        """Nobody sends for so long; a longer barrier that stands is kept."""
        with self._writing() as db:
            moment = self._clock()
            left = [row[0] - age(Moment(*row[1:]), moment) for row in _barriers(db, account, pool)]
            db.execute(
                "INSERT OR REPLACE INTO barriers VALUES (?, ?, ?, ?, ?, ?)",
                (account, pool, max([seconds, *left]), *moment),
            )

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        make_lasting_folder(self._folder, mode=0o700)
        with passing(os.path.join(self._folder, "limits.lock")):
            try:
                with closing(self._opened()) as db:
                    db.execute("BEGIN IMMEDIATE")
                    yield db
                    db.execute("COMMIT")
            except sqlite3.Error as error:
                raise FilesystemError(
                    f"cannot use {self._path}: {error}", remedy="see that the disk is not full or read-only"
                ) from error
            except OSError as error:
                raise cannot("write", self._path, error) from error

    def _opened(self) -> sqlite3.Connection:
        """The log; a damaged one is moved aside."""
        damaged = False
        while True:
            if not os.path.exists(self._path):
                self._begin(damaged)
            with contextlib.ExitStack() as stack:
                db = stack.enter_context(closing(_connect(self._path)))
                if self._is_whole(db):
                    stack.pop_all()
                    return db
            for suffix in ("-journal", ""):
                with contextlib.suppress(FileNotFoundError):
                    os.replace(self._path + suffix, f"{self._path}.damaged{suffix}")
            damaged = True

    def _is_whole(self, db: sqlite3.Connection) -> bool:
        try:
            version = db.execute("PRAGMA user_version").fetchone()[0]
            db.execute("PRAGMA synchronous = NORMAL")
            whole: bool = version == VERSION and db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            return False
        if version > VERSION:
            raise StoreError(f"{self._path} was written by a newer iconbuild", remedy="update iconbuild")
        return whole

    def _begin(self, damaged: bool) -> None:
        """An empty log, whole or not at all; `damaged`: nobody knows what was sent within the last window."""
        fresh = f"{self._path}.new"
        for stale in (fresh, f"{fresh}-journal", f"{self._path}-journal"):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(stale)
        os.close(os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        with closing(_connect(fresh)) as db:
            db.executescript(_TABLES)
            if damaged:
                db.execute("INSERT INTO losses VALUES (?, ?, ?)", self._clock())
        os.rename(fresh, self._path)


def _bring_back(db: sqlite3.Connection, moment: Moment) -> None:
    """What only the wall clock can date, and dates later than now since it was set back, is as if of now."""
    for table in ("places", "barriers", "losses"):
        query = f"UPDATE {table} SET wall = ?, uptime = ?, boot = ? WHERE wall > ? AND (boot != ? OR boot = '')"  # noqa: S608
        db.execute(query, (*moment, moment.wall, moment.boot))


def _connect(path: str) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(path)}?mode=rw", uri=True, timeout=30.0, isolation_level=None)


def _barriers(db: sqlite3.Connection, account: str, pool: str) -> sqlite3.Cursor:
    query = "SELECT seconds, wall, uptime, boot FROM barriers WHERE account = ? AND pool = ?"
    return db.execute(query, (account, pool))
