"""Orders become attempts, and attempts end as settled, void or unknown: money, in one SQLite file and a journal."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from iconbuild.errors import StoreError, UsageError
from iconbuild.model.inert import inert
from iconbuild.model.money import Unit
from iconbuild.model.purchase import Attempt, Balance, Claim, Order, Reading, Settlement, State
from iconbuild.model.values import ActionKey, Digest
from iconbuild.store.ledger import rows
from iconbuild.store.ledger.balances import book
from iconbuild.store.ledger.claims import Claimant, booked, claim, closed
from iconbuild.store.ledger.files import LedgerFiles, Page
from iconbuild.store.ledger.journal import Cell, Change
from iconbuild.store.ledger.moments import Moment, now
from iconbuild.store.ledger.runs import Runs

_CHUNK = 500
"""Keys of one question; SQLite takes 999 parameters everywhere."""
_STANDING = {"settled": 0, "unknown": 1, "received": 2, "sending": 2, "intent": 2}
_UNDONE: dict[str, Cell] = {"ended": None, "closed": None, "waived": 0}


class SqliteLedger:
    """The ledger in a state folder, for any number of threads and processes.

    Reading (`standing`, `attempts`, `get`, `spent`, `readings`) creates and writes nothing. An attempt is
    alive as long as this object is, or until `close`.
    """

    def __init__(self, state_dir: str, *, clock: Callable[[], Moment] = now) -> None:
        self._files = LedgerFiles(state_dir)
        self._runs = Runs(os.path.join(state_dir, "runs"))
        self._clock = clock

    def close(self) -> None:
        """Give up this run: what it left open belongs to the dead."""
        self._runs.close()

    def claim(self, order: Order, *, budget: Decimal | None, retry_unknown: bool) -> Claim:
        """Reserve `order.worst` and write the intent, in one transaction, unless the key is bought, held or unknown.

        Raises BudgetError where that, with what the project has booked already, would exceed `budget`.
        """
        self._runs.own()
        with self._files.writing() as page:
            return claim(page, order, Claimant(self._runs, self._clock(), budget, retry_unknown))

    def sending(self, attempt: str) -> None:
        """intent -> sending."""
        with self._files.writing() as page:
            _known(page, attempt, "intent")
            page.put(Change(attempt, {"state": "sending", "sent": page.n}))

    def unsent(self, attempt: str) -> None:
        """sending, received -> intent: it is proved that it did not run, and it will be tried again."""
        with self._files.writing() as page:
            _known(page, attempt, "sending", "received")
            page.put(Change(attempt, {"state": "intent", "sent": None}))

    def received(self, attempt: str) -> None:
        """sending -> received; also from unknown, where somebody took the process for dead."""
        with self._files.writing() as page:
            _known(page, attempt, "sending", "unknown")
            page.put(Change(attempt, {"state": "received", "note": "", **_UNDONE}))

    def settled(self, attempt: str, digest: Digest, remaining: Decimal | None) -> Settlement:
        """sending, received, unknown -> settled: book the price that the balance shows, or the planned one.

        A balance that is negative or no number counts as not told. Other bookings of the account that the balance
        shows to be wrong are put right.
        """
        if remaining is not None and not (remaining.is_finite() and remaining >= 0):
            remaining = None
        with self._files.writing() as page:
            row = _known(page, attempt, "sending", "received", "unknown")
            account, moment = row["account"], self._clock()
            charge = rows.charge_of(row)._replace(closed=page.n, ended=moment.wall, remaining=remaining)
            booking = book(rows.charges(page.db, account), rows.told(page.db, account), charge)
            cells: dict[str, Cell] = {
                "state": "settled",
                "spent": str(booking.spent),
                "price": booking.price,
                "digest": digest,
                "remaining": None if remaining is None else str(remaining),
                "note": "",
                "waived": 0,
            }
            page.put(closed(page, attempt, moment, cells))
            for other, price in booking.corrected.items():
                page.put(Change(other, {"spent": str(price), "price": "observed"}))
            return Settlement(booking.spent, booking.price, booking.over)

    def void(self, attempt: str, note: str) -> None:
        """-> void, from all but settled: it is proved that nothing was charged."""
        self._end(attempt, note, ("intent", "sending", "received", "unknown"), {"state": "void", "spent": "0"})

    def unknown(self, attempt: str, note: str) -> None:
        """sending, received -> unknown: booked at what was reserved."""
        self._end(attempt, note, ("sending", "received"), {"state": "unknown"})

    def resolve(self, attempt: str, *, charged: bool, note: str) -> None:
        """unknown -> void, or paid for in vain: it stays booked, and the icon may be bought again."""
        cells: dict[str, Cell] = {"state": "settled", "waived": 1} if charged else {"state": "void", "spent": "0"}
        self._end(attempt, note, ("unknown",), cells)

    def lost(self, attempt: str) -> None:
        """A bought picture's bytes are gone for good: it stays booked, and may be bought again."""
        with self._files.writing() as page:
            _known(page, attempt, "settled")
            page.put(Change(attempt, {"waived": 1}))

    def _end(self, attempt: str, note: str, before: tuple[State, ...], cells: dict[str, Cell]) -> None:
        with self._files.writing() as page:
            _known(page, attempt, *before)
            page.put(closed(page, attempt, self._clock(), {**cells, "note": inert(note)}))

    def orphans(self) -> list[Attempt]:
        """Open attempts (intent, sending, received) of processes that are dead, oldest first.

        What such a process was writing when it died is undone first, so this needs the right to write; where there is
        no ledger, none is created.
        """
        if not self._files.exist:
            return []
        with self._files.writing() as page:
            query = "SELECT * FROM attempts WHERE state IN ('intent', 'sending', 'received') ORDER BY seq"
            found = page.db.execute(query).fetchall()
        return [rows.attempt_of(row) for row in found if not self._runs.lives(rows.run_of(row))]

    def standing(self, keys: Iterable[ActionKey]) -> Mapping[ActionKey, Attempt]:
        """The attempt that counts for each key: settled before unknown before open; void and waived ones never."""
        wanted = list(dict.fromkeys(keys))
        found = self._files.read(lambda db: _of_keys(db, wanted)) if wanted else []
        best: dict[ActionKey, Attempt] = {}
        for attempt in sorted(map(rows.attempt_of, found), key=lambda each: _STANDING[each.state]):
            best.setdefault(attempt.order.key, attempt)
        return best

    def attempts(self, *, account: str | None = None, project: str | None = None) -> list[Attempt]:
        """All attempts, oldest first."""
        query = "SELECT * FROM attempts WHERE ?1 IN (account, '') AND ?2 IN (project, '') ORDER BY seq"
        found = self._files.read(lambda db: db.execute(query, (account or "", project or "")).fetchall())
        return [rows.attempt_of(row) for row in found]

    def get(self, prefix: str) -> Attempt:
        """The attempt whose id begins with `prefix`; raises UsageError for none or several."""
        query = "SELECT * FROM attempts WHERE substr(id, 1, length(?1)) = ?1 LIMIT 2"
        found = self._files.read(lambda db: db.execute(query, (prefix.lower(),)).fetchall()) if prefix else []
        if len(found) != 1:
            which = "more than one attempt begins" if found else "no attempt begins"
            raise UsageError(f"{which} with `{inert(prefix, 40)}`", remedy="`iconbuild ledger` lists them")
        return rows.attempt_of(found[0])

    def spent(self, project: str, unit: Unit = "token") -> Decimal:
        """What the budget of a project counts: booked within the last day, reservations and unknowns included."""
        return self._files.read(lambda db: booked(db, project, unit, self._clock()))

    def read_balance(self, account: str, balance: Balance) -> None:
        """Keep a reading."""
        with self._files.writing() as page:
            page.put(Change("", {"account": account, "at": self._clock().wall, "total": str(balance.total)}))

    def readings(self, account: str) -> list[Reading]:
        """Readings of an account, oldest first."""
        query = "SELECT * FROM readings WHERE account = ? ORDER BY n"
        found = self._files.read(lambda db: db.execute(query, (account,)).fetchall())
        return [rows.reading_of(row) for row in found]


def _of_keys(db: sqlite3.Connection, keys: list[ActionKey]) -> list[sqlite3.Row]:
    """What stands in the way of buying `keys`, newest first."""
    found: list[sqlite3.Row] = []
    for start in range(0, len(keys), _CHUNK):
        chunk = keys[start : start + _CHUNK]
        marks = ", ".join("?" * len(chunk))
        query = f"SELECT * FROM attempts WHERE key IN ({marks}) AND state != 'void' AND NOT waived ORDER BY seq DESC"  # noqa: S608
        found += db.execute(query, chunk)
    return found


def _known(page: Page, attempt: str, *states: State) -> sqlite3.Row:
    """The row of an attempt that is in one of `states`; raises StoreError."""
    row: sqlite3.Row | None = page.db.execute("SELECT * FROM attempts WHERE id = ?", (attempt,)).fetchone()
    if row is None or row["state"] not in states:
        found = f"is {row['state']}" if row else "is not there"
        raise StoreError(
            f"the ledger's attempt {inert(attempt, 40)} {found}, and was to be {' or '.join(states)}",
            remedy="look at `iconbuild ledger`, and run the same command again",
        )
    return row
