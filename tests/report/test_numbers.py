from __future__ import annotations

from decimal import Decimal

import pytest

from iconbuild.model.money import CostEstimate
from iconbuild.model.purchase import Balance
from iconbuild.report.figures import plain_seconds
from iconbuild.report.numbers import balance_words, cost_words, count, plain, seconds_words, size_words


@pytest.mark.parametrize(
    ("amount", "number"), [("124", "124"), ("124.00", "124"), ("0", "0"), ("0.5", "0.5"), ("1E+2", "100")]
)
def test_whole_amounts_are_integers(amount: str, number: str) -> None:
    assert str(plain(Decimal(amount))) == number


@pytest.mark.parametrize(("number", "words"), [(0, "0 icons"), (1, "1 icon"), (2, "2 icons")])
def test_counts(number: int, words: str) -> None:
    assert count(number, "icon") == words


@pytest.mark.parametrize(
    ("cost", "words"),
    [
        (CostEstimate(), "0 tokens"),
        (CostEstimate(token=Decimal(1)), "1 token"),
        (CostEstimate(token=Decimal(124), bound="estimate"), "124 tokens (estimate)"),
        (CostEstimate(token=Decimal(6), bound="lower"), "at least 6 tokens"),
        (CostEstimate(token=Decimal(0), bound="lower", unknown=1), "at least 0 tokens, 1 price unknown"),
        (CostEstimate(token=Decimal(6), bound="lower", unknown=2), "at least 6 tokens, 2 prices unknown"),
        (CostEstimate(token=Decimal(6), usd=Decimal("0.1")), "6 tokens and $0.10"),
    ],
)
def test_costs(cost: CostEstimate, words: str) -> None:
    assert cost_words(cost) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 s"), (59.4, "59 s"), (59.6, "1 min 00 s"), (80, "1 min 20 s"), (3601, "60 min 01 s")]
)
def test_durations(seconds: float, words: str) -> None:
    assert seconds_words(seconds) == words


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1.0 KiB"),
        (10_188, "9.9 KiB"),
        (10_189, "10 KiB"),
        (1_023_999, "1000 KiB"),
        (1_024_000, "1.0 MiB"),
        (5 << 40, "5120 GiB"),
    ],
)
def test_bytes(size: int, words: str) -> None:
    assert size_words(size) == words


@pytest.mark.parametrize(("seconds", "number"), [(80.0, "80"), (0.25, "0.2"), (1.26, "1.3")])
def test_seconds_for_programs(seconds: float, number: str) -> None:
    assert str(plain_seconds(seconds)) == number


@pytest.mark.parametrize(
    ("unit", "amount", "after", "words"),
    [
        ("token", "2500", "2376", "balance: 2500 tokens, 2376 after"),
        ("token", "1", "1", "balance: 1 token, 1 after"),
        ("token", "9", "0", "balance: 9 tokens, 0 after"),
        ("token", "9", "-1", "balance: 9 tokens, not enough for this build"),
        ("token", "9", None, "balance: 9 tokens"),
        ("usd", "4.5", "4.44", "balance: $4.50, $4.44 after"),
        ("usd", "4.5", None, "balance: $4.50"),
    ],
)
def test_balances(unit: str, amount: str, after: str | None, words: str) -> None:
    held = Balance(Decimal(amount), {}, unit)  # type: ignore[arg-type]
    assert balance_words(held, None if after is None else Decimal(after)) == words
