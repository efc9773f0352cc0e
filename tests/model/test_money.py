from __future__ import annotations

from decimal import Decimal
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from iconbuild.model.money import FREE, Bound, CostEstimate, Quote, Unit, total

AMOUNTS = st.none() | st.decimals(0, 1000, places=2)
QUOTES = st.builds(Quote, unit=st.sampled_from(get_args(Unit)), amount=AMOUNTS, bound=st.sampled_from(get_args(Bound)))


@given(st.lists(QUOTES))
def test_units_are_never_added_together(quotes: list[Quote]) -> None:
    tokens = [quote for quote in quotes if quote.unit == "token"]
    dollars = [quote for quote in quotes if quote.unit == "usd"]
    assert total(quotes).token == total(tokens).token == sum((q.amount or Decimal(0) for q in tokens), Decimal(0))
    assert total(quotes).usd == total(dollars).usd
    assert total(dollars).token == 0


@given(st.lists(QUOTES))
def test_unknown_is_counted_and_never_zero(quotes: list[Quote]) -> None:
    unknown = sum(quote.amount is None for quote in quotes)
    found = total(quotes)
    assert found.unknown == unknown
    assert (found.bound == "lower") >= (unknown > 0)


@given(st.lists(QUOTES))
def test_the_loosest_bound_wins_in_any_order(quotes: list[Quote]) -> None:
    assert total(quotes) == total(reversed(quotes))
    assert (total(quotes).bound == "exact") == all(q.bound == "exact" and q.amount is not None for q in quotes)


def test_nothing_costs_nothing() -> None:
    assert total([]) == CostEstimate()
    assert total([FREE, FREE]) == CostEstimate(token=Decimal(0), usd=Decimal(0), bound="exact", unknown=0)


def test_money_is_decimal() -> None:
    tenth = Quote(unit="usd", amount=Decimal("0.1"), bound="exact")
    assert total([tenth] * 3).usd == Decimal("0.3")
