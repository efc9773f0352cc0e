"""The library of an account: pictures that are saved become icons with a slug of their own, within its storage."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import uuid4

from iconbuild.sandbox.answers import Refusal
from iconbuild.sandbox.database import transaction


class Saved(NamedTuple):
    """An icon of a library; `created` is ISO 8601 in UTC with milliseconds."""

    id: str
    account: str
    slug: str
    name: str
    style: str
    colored: bool
    detail: str
    created: str

    @property
    def css_class(self) -> str:
        """What shows it in a page that loads the account's script."""
        return f"ci ci-{self.slug}"


_COLUMNS = "id, account, slug, name, style, colored, detail, created"


class Shelf:
    """The icons of all accounts."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def add(
        self, account: str, name: str, data: bytes, *, style: str, colored: bool, detail: str, storage: int
    ) -> Saved:
        """Save WebP bytes; a name that is taken gets a number. Raises Refusal beyond `storage` bytes."""
        created = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        with transaction(self._database):
            (used,) = self._database.execute(
                "SELECT coalesce(sum(length(data)), 0) FROM icons WHERE account = ?", (account,)
            ).fetchone()
            if used + len(data) > storage:
                raise Refusal(403, "Storage limit reached")
            saved = Saved(str(uuid4()), account, self._free(account, name), name, style, colored, detail, created)
            self._database.execute(
                f"INSERT INTO icons ({_COLUMNS}, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - our own names
                (*saved, data),
            )
        return saved

    def icons(self, account: str | None = None) -> list[Saved]:
        """The icons of an account, or all, newest first."""
        rows = self._database.execute(
            f"SELECT {_COLUMNS} FROM icons WHERE ?1 IS NULL OR account = ?1 ORDER BY number DESC",  # noqa: S608
            (account,),
        )
        return [Saved(*row)._replace(colored=bool(row[5])) for row in rows]

    def data(self, account: str, *, slug: str | None = None, icon_id: str | None = None) -> bytes | None:
        """The bytes of an icon by its slug or its id; None where the account has none such."""
        row = self._database.execute(
            "SELECT data FROM icons WHERE account = ? AND (slug = ? OR id = ?)", (account, slug, icon_id)
        ).fetchone()
        return row[0] if row else None

    def _free(self, account: str, name: str) -> str:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80] or "icon"
        taken = {row[0] for row in self._database.execute("SELECT slug FROM icons WHERE account = ?", (account,))}
        number, free = 1, slug
        while free in taken:
            number += 1
            free = f"{slug}-{number}"
        return free
