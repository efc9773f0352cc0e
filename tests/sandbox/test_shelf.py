"""The library's storage, counted in bytes."""

from __future__ import annotations

from contextlib import closing

import pytest

from iconbuild.sandbox.answers import Refusal
from iconbuild.sandbox.database import open_database
from iconbuild.sandbox.shelf import Shelf


def test_an_account_holds_no_more_than_its_storage() -> None:
    with closing(open_database()) as database:
        shelf = Shelf(database)

        def add(account: str, size: int) -> None:
            shelf.add(account, "x", bytes(size), style="line", colored=False, detail="none", storage=100)

        add("one", 60)
        with pytest.raises(Refusal, match="Storage") as refused:
            add("one", 41)
        assert refused.value.status == 403
        add("one", 40)
        add("two", 100)
        assert [len(shelf.icons(account)) for account in ("one", "two", None)] == [2, 1, 3]
