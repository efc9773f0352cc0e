"""Counts, prices and lists as words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from iconbuild.model.money import CostEstimate, Quote
from iconbuild.model.purchase import Balance
from iconbuild.report.inert import inert


def plain(amount: Decimal) -> int | float:
    """A JSON number: an integer where the amount is whole."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def count(number: float, noun: str) -> str:
    """`1 icon`, `2 icons`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def cost_words(cost: CostEstimate) -> str:
    """A sum for people: `124 tokens (estimate)`, `0 tokens`, `at least 20 tokens, 1 price unknown`."""
    words = f"{plain(cost.token)} {'token' if cost.token == 1 else 'tokens'}"
    if cost.usd:
        words += f" and ${cost.usd:.2f}"
    if cost.unknown:
        return f"at least {words}, {count(cost.unknown, 'price')} unknown"
    if cost.bound == "lower":
        return f"at least {words}"
    return f"{words} (estimate)" if cost.bound == "estimate" else words


def balance_words(balance: Balance, after: Decimal | None) -> str:
    """`balance: 2500 tokens, 2376 after`; what a build leaves is not told where its price is unknown."""
    amount = count(plain(balance.total), "token") if balance.unit == "token" else f"${balance.total:.2f}"
    if after is None:
        return f"balance: {amount}"
    left = str(plain(after)) if balance.unit == "token" else f"${after:.2f}"
    return f"balance: {amount}, {left} after" if after >= 0 else f"balance: {amount}, not enough for this build"


def price(quote: Quote) -> str:
    """One price in a table: `9`, `6+` where it is at least that much, `unknown`."""
    if quote.amount is None:
        return "unknown"
    return f"{plain(quote.amount)}+" if quote.bound == "lower" else str(plain(quote.amount))


def size_words(size: int) -> str:
    """Bytes for people: `612 bytes`, `3.4 KiB`, `31 KiB`, `1.2 MiB`."""
    amount, unit = float(size), ""
    for larger in ("KiB", "MiB", "GiB"):
        if amount < 1000:
            break
        amount, unit = amount / 1024, larger
    return f"{amount:.{1 if amount < 9.95 else 0}f} {unit}" if unit else count(size, "byte")


def seconds_words(seconds: float) -> str:
    """A duration for people: `3 s`, `2 min 20 s`."""
    whole = round(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60:02d} s"


def some(names: Sequence[str], shown: int = 5) -> str:
    """The first few of many names."""
    more = f" and {len(names) - shown} more" if len(names) > shown else ""
    return ", ".join(inert(name) for name in names[:shown]) + more
