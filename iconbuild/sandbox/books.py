"""Accounts and charges: a price becomes a charge, the charges an account's balance, all in single transactions."""

from __future__ import annotations

import sqlite3
import time
from typing import NamedTuple

from iconbuild.model.values import Json
from iconbuild.sandbox.answers import Refusal
from iconbuild.sandbox.database import transaction


class Plan(NamedTuple):
    """What a plan grants: tokens, bytes of library, and whether pictures may be attached."""

    tokens: int
    storage: int
    paid: bool


PLANS = {"free": Plan(300, 5_000_000, paid=False), "pro": Plan(2_500, 1_000_000_000, paid=True)}
"""By the billing page; a year's plan and the larger ones differ in numbers only."""


class Funds(NamedTuple):
    """What an account holds: monthly tokens are spent first, bonus tokens after them; `cap` is the plan's grant."""

    plan: str
    monthly: int
    bonus: int
    cap: int

    @property
    def total(self) -> int:
        """What can be spent."""
        return self.monthly + self.bonus


class Sale(NamedTuple):
    """What is charged for: the account, the endpoint's path, the subject and the digest of the request's body."""

    account: str
    endpoint: str
    subject: str
    request: str


class Books:
    """All accounts of a sandbox; one that nobody knows yet begins with `opening`."""

    def __init__(self, database: sqlite3.Connection, opening: Funds) -> None:
        self._database, self._opening = database, opening

    def funds(self, account: str) -> Funds:
        """What an account holds now."""
        with transaction(self._database):
            return self._funds(account)

    def charge(self, sale: Sale, tokens: int, *, delay: float = 0.0) -> Funds:
        """Charge `tokens`; what is left by the same transaction. With a `delay` (seconds) the balance drops later.

        Raises Refusal where there is not enough.
        """
        now = time.time()
        with transaction(self._database):
            if self._funds(sale.account).total < tokens:
                raise Refusal(403, "Insufficient tokens")
            self._database.execute(
                "INSERT INTO charges (account, endpoint, subject, request, tokens, at, due)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*sale, tokens, now, now + delay if delay else now),
            )
            return self._funds(sale.account)

    def set(self, account: str, funds: Funds) -> None:
        """Give an account a plan and a balance; what it was charged before is past."""
        with transaction(self._database):
            self._database.execute("UPDATE charges SET past = 1 WHERE account = ? AND due <= ?", (account, time.time()))
            self._database.execute(
                "INSERT OR REPLACE INTO accounts (account, plan, monthly, bonus, cap) VALUES (?, ?, ?, ?, ?)",
                (account, *funds),
            )

    def charges(self) -> list[dict[str, Json]]:
        """Every charge ever made, oldest first; `time` and `due` (when the balance drops) in seconds of the epoch."""
        rows = self._database.execute(
            "SELECT account, endpoint, tokens, subject, request, at, due FROM charges ORDER BY id"
        )
        names = ("account", "endpoint", "tokens", "subject", "request", "time", "due")
        return [dict(zip(names, row, strict=True)) for row in rows]

    def _funds(self, account: str) -> Funds:
        row = self._database.execute(
            "SELECT plan, monthly, bonus, cap FROM accounts WHERE account = ?", (account,)
        ).fetchone()
        granted = Funds(*row) if row else self._opening
        (spent,) = self._database.execute(
            "SELECT coalesce(sum(tokens), 0) FROM charges WHERE account = ? AND due <= ? AND NOT past",
            (account, time.time()),
        ).fetchone()
        over = max(0, spent - granted.monthly)
        return granted._replace(monthly=max(0, granted.monthly - spent), bonus=max(0, granted.bonus - over))
