"""Charges and balances: what is spent first, what comes late, and that nothing is ever spent that is not there."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iconbuild.sandbox.answers import Refusal
from iconbuild.sandbox.books import Books, Funds, Sale
from iconbuild.sandbox.database import open_database

OPENING = Funds("pro", 100, 50, 100)
SALE = Sale("one", "/api/generate-icon/", "house", "0" * 64)


@pytest.fixture
def books() -> Iterator[Books]:
    with closing(open_database()) as database:
        yield Books(database, OPENING)


@given(st.lists(st.integers(1, 40), max_size=12))
def test_monthly_first_then_bonus_and_never_more_than_there_is(prices: list[int]) -> None:
    with closing(open_database()) as database:
        books, spent = Books(database, OPENING), 0
        for price in prices:
            if spent + price > 150:
                with pytest.raises(Refusal):
                    books.charge(SALE, price)
                continue
            spent += price
            left = books.charge(SALE, price)
            assert left == books.funds("one")
            assert (left.monthly, left.bonus) == (max(0, 100 - spent), 50 - max(0, spent - 100))
        tokens = [charge["tokens"] for charge in books.charges()]
        assert sum(token for token in tokens if isinstance(token, int)) == spent
        assert books.funds("two") == OPENING


def test_a_late_charge_is_in_the_list_before_it_is_in_the_balance(books: Books) -> None:
    assert books.charge(SALE, 30, delay=3600) == OPENING
    assert books.funds("one") == OPENING
    assert [charge["tokens"] for charge in books.charges()] == [30]


def test_a_new_balance_forgets_what_was_spent_but_not_that_it_was(books: Books) -> None:
    books.charge(SALE, 30)
    books.set("one", Funds("free", 20, 0, 300))
    assert books.funds("one") == Funds("free", 20, 0, 300)
    assert books.charge(SALE, 6).total == 14
    assert [charge["tokens"] for charge in books.charges()] == [30, 6]


def test_no_two_spend_the_same_tokens(tmp_path: Path) -> None:
    path = str(tmp_path / "books.db")
    open_database(path).close()
    sold: list[int] = []

    def spend() -> None:
        with closing(open_database(path)) as database:
            books = Books(database, OPENING)
            for _ in range(20):
                try:
                    sold.append(books.charge(SALE, 7).total)
                except Refusal:
                    return

    threads = [threading.Thread(target=spend) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(sold, reverse=True) == list(range(143, 0, -7))
