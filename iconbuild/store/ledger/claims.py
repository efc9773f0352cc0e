"""Who may buy: a claim looks at what the ledger knows of a key and at the budget, and writes down the intent."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from iconbuild.errors import BudgetError
from iconbuild.model.money import Unit, amount_words
from iconbuild.model.purchase import Bought, Claim, Claimed, Held, Order, Unresolved
from iconbuild.model.values import Digest
from iconbuild.store.ledger import rows
from iconbuild.store.ledger.files import Page
from iconbuild.store.ledger.journal import Cell, Change
from iconbuild.store.ledger.moments import Moment, age
from iconbuild.store.ledger.runs import Runs

DAY = 86_400.0
"""Seconds for which a budget counts what was spent."""
DEAD = "the process ended before the outcome was known"


class Claimant(NamedTuple):
    """Who claims, when, and what it may spend."""

    runs: Runs
    moment: Moment
    budget: Decimal | None
    retry_unknown: bool


def claim(page: Page, order: Order, claimant: Claimant) -> Claim:
    """Reserve and write the intent of `order`, or say why not; raises BudgetError."""
    found = page.db.execute("SELECT * FROM attempts WHERE key = ? AND state != 'void' ORDER BY seq DESC", (order.key,))
    for row in sorted(found.fetchall(), key=lambda row: _RANK[row["state"]]):
        if answer := _blocked(page, row, claimant):
            return answer
    if claimant.budget is not None:
        _refuse_beyond(page.db, order, claimant.budget, claimant.moment)
    attempt = os.urandom(6).hex()
    page.put(Change(attempt, rows.ordered(order, claimant.runs.own(), claimant.moment)))
    return Claimed(attempt)


_RANK = {"settled": 0, "sending": 1, "received": 1, "intent": 1, "unknown": 2}
"""What is bought stands in the way of everything, and what lives of what is unknown."""


def _blocked(page: Page, row: sqlite3.Row, claimant: Claimant) -> Claim | None:
    """Why an attempt of the same key stands in the way; None where it does not, or no longer."""
    if row["waived"]:
        return None
    if row["state"] == "settled":
        return Bought(row["id"], Digest(row["digest"]), row["originals"])
    if row["state"] == "unknown":
        if claimant.retry_unknown:
            page.put(Change(row["id"], {"waived": 1}))
            return None
        return Unresolved(row["id"])
    if claimant.runs.lives(rows.run_of(row)):
        return Held(f"process {row['pid']}")
    if row["state"] == "intent":
        page.put(closed(page, row["id"], claimant.moment, {"state": "void", "spent": "0", "note": DEAD}))
        return None
    # Nobody can have decided about an outcome that was not known to be unknown before.
    page.put(closed(page, row["id"], claimant.moment, {"state": "unknown", "note": DEAD}))
    return Unresolved(row["id"])


def closed(page: Page, attempt: str, moment: Moment, cells: dict[str, Cell]) -> Change:
    """A change after which an attempt is nobody's work any more."""
    return Change(attempt, {"ended": moment.wall, "closed": page.n, **cells})


def booked(db: sqlite3.Connection, project: str, unit: Unit, moment: Moment) -> Decimal:
    """What a project's budget counts: reserved, or booked by attempts that began within the last day."""
    query = "SELECT state, spent, began, uptime, era FROM attempts WHERE project = ? AND unit = ? AND state != 'void'"
    found = db.execute(query, (project, unit))
    return sum(_counted(found, moment), Decimal(0))


def _counted(found: sqlite3.Cursor, moment: Moment) -> Iterator[Decimal]:
    for row in found:
        if row["state"] in rows.OPEN or age(rows.moment_of(row), moment) < DAY:
            yield Decimal(row["spent"])


def _refuse_beyond(db: sqlite3.Connection, order: Order, budget: Decimal, moment: Moment) -> None:
    before = booked(db, order.project, order.unit, moment)
    if before + order.worst <= budget:
        return
    raise BudgetError(
        f"`{order.label}` costs up to {amount_words(order.worst, order.unit)}; {before} of the budget of {budget} are "
        "spent or reserved within the last day, so nothing was spent for this icon",
        remedy="raise `budget:` or --max-tokens, or wait; `iconbuild ledger` shows what was spent",
    )
