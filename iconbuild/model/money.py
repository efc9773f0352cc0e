"""Prices: a quote for one action and the sum of many; unknown is never zero, units are never added together."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal, NamedTuple

Unit = Literal["token", "usd"]
Bound = Literal["exact", "estimate", "lower"]
_LOOSEST: tuple[Bound, ...] = ("exact", "estimate", "lower")


class Quote(NamedTuple):
    """What one action costs: `amount` in `unit`, or None where nobody knows."""

    unit: Unit
    amount: Decimal | None
    bound: Bound


FREE = Quote("token", Decimal(0), "exact")


def amount_words(amount: Decimal, unit: Unit) -> str:
    """An amount for people: `1 token`, `6 tokens`, `$0.06`."""
    if unit == "usd":
        return f"${amount:.2f}"
    return f"{amount} token" if amount == 1 else f"{amount} tokens"


class CostEstimate(NamedTuple):
    """The sum of quotes per unit; `unknown` counts the quotes that have no amount."""

    token: Decimal = Decimal(0)
    usd: Decimal = Decimal(0)
    bound: Bound = "exact"
    unknown: int = 0


def total(quotes: Iterable[Quote]) -> CostEstimate:
    """Add quotes unit by unit; the loosest bound of the parts is the bound of the sum."""
    sums = {"token": Decimal(0), "usd": Decimal(0)}
    loosest, unknown = 0, 0
    for quote in quotes:
        if quote.amount is None:
            unknown += 1
            loosest = len(_LOOSEST) - 1
            continue
        sums[quote.unit] += quote.amount
        loosest = max(loosest, _LOOSEST.index(quote.bound))
    return CostEstimate(sums["token"], sums["usd"], _LOOSEST[loosest], unknown)
