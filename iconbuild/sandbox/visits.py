"""Requests are counted: each class of each account may come so often within any window, and every answer is noted."""

from __future__ import annotations

import sqlite3
import time

from iconbuild.model.values import Json
from iconbuild.sandbox.database import transaction

LIMITED = 429


class Visits:
    """The requests to Iconly's side, by the monotonic clock; those that were limited count for no limit."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._begun = time.monotonic()

    def arrive(self, account: str, endpoint: str, pool: str, calls: int | None, window: float) -> tuple[int, bool]:
        """Note a request; its number, and whether it is within `calls` of its pool in any `window` seconds."""
        now = time.monotonic()
        with transaction(self._database):
            (recent,) = self._database.execute(
                "SELECT count(*) FROM visits WHERE account = ? AND pool = ? AND clock > ? AND status IS NOT ?",
                (account, pool, now - window, LIMITED),
            ).fetchone()
            allowed = calls is None or recent < calls
            number = self._database.execute(
                "INSERT INTO visits (account, endpoint, pool, clock, status) VALUES (?, ?, ?, ?, ?)",
                (account, endpoint, pool, now, None if allowed else LIMITED),
            ).lastrowid
        assert number is not None
        return number, allowed

    def strayed(self, path: str, status: int) -> None:
        """Note a request that reached no account or no endpoint."""
        self._database.execute(
            "INSERT INTO visits (account, endpoint, pool, clock, status) VALUES ('', ?, '', ?, ?)",
            (path[:100], time.monotonic(), status),
        )

    def answered(self, number: int, status: int) -> None:
        """Note what a request was answered with; 0: the connection was broken off instead."""
        self._database.execute("UPDATE visits SET status = ? WHERE id = ?", (status, number))

    def report(self) -> dict[str, Json]:
        """Counts by endpoint and status, the 429s, and when generations came, in seconds since the start."""
        counts: dict[str, Json] = {}
        for endpoint, status, count in self._database.execute(
            "SELECT endpoint, coalesce(status, 'open'), count(*) FROM visits GROUP BY endpoint, status"
        ):
            of_endpoint = counts.setdefault(endpoint, {})
            assert isinstance(of_endpoint, dict)
            of_endpoint[str(status)] = count
        (limited,) = self._database.execute("SELECT count(*) FROM visits WHERE status = ?", (LIMITED,)).fetchone()
        rows = self._database.execute(
            "SELECT account, clock, coalesce(status, 'open') FROM visits WHERE pool = 'generation' ORDER BY id"
        )
        generations: list[Json] = [
            {"account": account, "time": round(clock - self._begun, 4), "status": status}
            for account, clock, status in rows
        ]
        return {"counts": counts, "limited": limited, "generations": generations}
