"""The tables of the ledger: changes become cells, and rows become attempts, charges and readings."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import cast

from iconbuild.model.money import Unit
from iconbuild.model.purchase import Attempt, Order, Reading, State
from iconbuild.model.values import ActionKey, Digest
from iconbuild.store.ledger.balances import Charge, Told
from iconbuild.store.ledger.journal import Cell, Change
from iconbuild.store.ledger.moments import Moment
from iconbuild.store.ledger.runs import Run

VERSION = 1
"""Raised when an older iconbuild could no longer read the tables."""
OPEN = ("intent", "sending", "received")
"""States in which an attempt is somebody's work."""

_ORDER = tuple(f"{name} TEXT NOT NULL" for name in Order._fields if name != "planned")
_TABLES = f"""\
BEGIN IMMEDIATE;
CREATE TABLE attempts (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, {", ".join(_ORDER)}, planned TEXT,
  state TEXT NOT NULL, spent TEXT NOT NULL, price TEXT NOT NULL, digest TEXT, began REAL NOT NULL, ended REAL,
  note TEXT NOT NULL, waived INTEGER NOT NULL, remaining TEXT, sent INTEGER, closed INTEGER,
  run TEXT NOT NULL, pid INTEGER NOT NULL, host TEXT NOT NULL, boot TEXT NOT NULL,
  uptime REAL NOT NULL, era TEXT NOT NULL
);
CREATE INDEX attempts_key ON attempts (key);
CREATE INDEX attempts_account ON attempts (account, sent);
CREATE INDEX attempts_project ON attempts (project, began);
CREATE INDEX attempts_open ON attempts (state) WHERE state IN ('intent', 'sending', 'received');
CREATE TABLE readings (n INTEGER PRIMARY KEY, account TEXT NOT NULL, at REAL NOT NULL, total TEXT NOT NULL);
CREATE INDEX readings_account ON readings (account);
CREATE TABLE progress (n INTEGER NOT NULL, size INTEGER NOT NULL);
INSERT INTO progress VALUES (0, 0);
PRAGMA user_version = {VERSION};
COMMIT;
"""  # noqa: S608
_HISTORY = 1000
"""Charges and readings of an account that booking looks back upon."""


def create(db: sqlite3.Connection) -> None:
    """Make the tables of an empty ledger."""
    db.executescript(_TABLES)


def apply(db: sqlite3.Connection, n: int, change: Change) -> None:
    """Make a change; raises sqlite3.Error for one that fits nothing."""
    cells = change.cells
    if not change.id:
        _insert(db, "readings", {"n": n, **cells})
    elif db.execute("SELECT 1 FROM attempts WHERE id = ?", (change.id,)).fetchone():
        places = ", ".join(f"{_name(name)} = ?" for name in cells)
        db.execute(f"UPDATE attempts SET {places} WHERE id = ?", (*cells.values(), change.id))  # noqa: S608
    else:
        _insert(db, "attempts", {"id": change.id, **cells})


def _insert(db: sqlite3.Connection, table: str, cells: Mapping[str, Cell]) -> None:
    names, marks = ", ".join(map(_name, cells)), ", ".join("?" * len(cells))
    db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(cells.values()))  # noqa: S608


def _name(column: str) -> str:
    """A column's name as SQL; the journal is a file, and files can say anything."""
    if not column.isidentifier():
        raise sqlite3.ProgrammingError("no column")
    return f'"{column}"'


def progress(db: sqlite3.Connection) -> tuple[int, int]:
    """The number of the last transaction, and how long the journal was after it."""
    n, size = db.execute("SELECT n, size FROM progress").fetchone()
    return int(n), int(size)


def everything(db: sqlite3.Connection) -> Iterator[tuple[int, Change]]:
    """The whole ledger as changes, from which it could be made anew."""
    last = progress(db)[0]
    for row in db.execute("SELECT * FROM readings ORDER BY n"):
        yield row["n"], Change("", {name: row[name] for name in ("account", "at", "total")})
    for row in db.execute("SELECT * FROM attempts ORDER BY seq"):
        yield last, Change(row["id"], {name: row[name] for name in row.keys() if name not in ("seq", "id")})  # noqa: SIM118


def ordered(order: Order, run: Run, moment: Moment) -> dict[str, Cell]:
    """The cells of a new attempt: an intent that reserves the order's worst price."""
    planned = None if order.planned is None else str(order.planned)
    return {
        **order._replace(planned=None)._asdict(),
        "planned": planned,
        "worst": str(order.worst),
        "state": "intent",
        "spent": str(order.worst),
        "price": "unknown" if planned is None else "planned",
        "began": moment.wall,
        "note": "",
        "waived": 0,
        **run._asdict(),
        "uptime": moment.uptime,
        "era": moment.boot,
    }


def attempt_of(row: sqlite3.Row) -> Attempt:
    """The attempt of a row."""
    return Attempt(
        id=row["id"],
        order=_order(row),
        state=cast(State, row["state"]),
        spent=Decimal(row["spent"]),
        price=row["price"],
        digest=None if row["digest"] is None else Digest(row["digest"]),
        began=row["began"],
        ended=row["ended"],
        note=row["note"],
        waived=bool(row["waived"]),
    )


def _order(row: sqlite3.Row) -> Order:
    return Order(
        key=ActionKey(row["key"]),
        label=row["label"],
        provider=row["provider"],
        account=row["account"],
        task=row["task"],
        recipe=row["recipe"],
        project=row["project"],
        originals=row["originals"],
        unit=cast(Unit, row["unit"]),
        planned=_decimal(row["planned"]),
        worst=Decimal(row["worst"]),
    )


def run_of(row: sqlite3.Row) -> Run:
    """Who made an attempt."""
    return Run(row["run"], row["pid"], row["host"], row["boot"])


def moment_of(row: sqlite3.Row) -> Moment:
    """When an attempt began."""
    return Moment(row["began"], row["uptime"], row["era"])


def reading_of(row: sqlite3.Row) -> Reading:
    """The balance that a row tells."""
    return Reading(row["at"], Decimal(row["total"]))


def charges(db: sqlite3.Connection, account: str) -> list[Charge]:
    """What an account was or may be charged for, newest first."""
    rows = db.execute(
        "SELECT * FROM attempts WHERE account = ? AND sent IS NOT NULL AND state != 'void' ORDER BY sent DESC LIMIT ?",
        (account, _HISTORY),
    )
    return [charge_of(row) for row in rows]


def charge_of(row: sqlite3.Row) -> Charge:
    """An attempt as far as its account's balance goes."""
    return Charge(
        id=row["id"],
        sent=row["sent"],
        closed=row["closed"],
        ended=row["ended"] or 0.0,
        booked=Decimal(row["spent"]),
        planned=_decimal(row["planned"]),
        worst=Decimal(row["worst"]),
        remaining=_decimal(row["remaining"]),
    )


def told(db: sqlite3.Connection, account: str) -> list[Told]:
    """The balances that were asked for, newest first."""
    rows = db.execute("SELECT * FROM readings WHERE account = ? ORDER BY n DESC LIMIT ?", (account, _HISTORY))
    return [Told(row["n"], row["at"], Decimal(row["total"])) for row in rows]


def _decimal(cell: str | None) -> Decimal | None:
    return None if cell is None else Decimal(cell)
