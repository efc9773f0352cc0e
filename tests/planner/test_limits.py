from __future__ import annotations

from contextlib import nullcontext
from decimal import Decimal

import pytest

from iconbuild.errors import BudgetError
from iconbuild.model.manifest import Budget
from iconbuild.model.money import CostEstimate
from iconbuild.planner.limits import refuse_over_budget

LOWER = CostEstimate(token=Decimal(6), bound="lower")
UNKNOWN = CostEstimate(bound="lower", unknown=1)


def tokens(amount: int) -> CostEstimate:
    return CostEstimate(token=Decimal(amount), bound="estimate")


@pytest.mark.parametrize(
    ("cost", "budget", "most", "before", "refused"),
    [
        (40, 100, None, 0, False),
        (40, 100, None, 60, False),
        (40, 100, None, 61, True),
        (101, 100, None, 0, True),
        (0, 100, None, 400, False),
        (0, 0, 0, 1, False),
        (1, 0, None, 0, True),
        (40, None, 40, 1000, False),
        (41, None, 40, 0, True),
        (40, 100, 39, 0, True),
        (40, None, None, 1000, False),
    ],
)
def test_a_budget_counts_the_day_and_max_tokens_this_build(
    cost: int, budget: int | None, most: int | None, before: int, refused: bool
) -> None:
    declared = Budget(tokens=None if budget is None else Decimal(budget))
    with pytest.raises(BudgetError, match="nothing was spent") if refused else nullcontext():
        refuse_over_budget(tokens(cost), declared, None if most is None else Decimal(most), Decimal(before))


def test_the_words_name_all_the_numbers() -> None:
    with pytest.raises(BudgetError) as caught:
        refuse_over_budget(tokens(40), Budget(tokens=Decimal(100)), None, Decimal(70))
    assert caught.value.exit_code == 4
    assert caught.value.message.startswith(
        "this build costs 40 tokens, 70 were spent on this manifest within the last day, and the budget is 100"
    )
    assert "`budget:`" in caught.value.remedy
    with pytest.raises(BudgetError, match="costs 9 tokens and the budget is 5") as caught:
        refuse_over_budget(tokens(9), Budget(tokens=Decimal(100)), Decimal(5), Decimal(90))
    assert "--max-tokens" in caught.value.remedy


@pytest.mark.parametrize("cost", [LOWER, UNKNOWN])
def test_what_has_no_sure_price_keeps_to_no_budget(cost: CostEstimate) -> None:
    refuse_over_budget(cost, Budget(), None)
    with pytest.raises(BudgetError, match="not known"):
        refuse_over_budget(cost, Budget(tokens=Decimal(100)), None)
    with pytest.raises(BudgetError, match="not known"):
        refuse_over_budget(cost, Budget(), Decimal(100))


def test_dollars_are_dollars() -> None:
    cost = CostEstimate(usd=Decimal("0.30"))
    refuse_over_budget(cost, Budget(usd=Decimal("0.30")), None, Decimal(5))
    with pytest.raises(BudgetError, match=r"0\.30 dollars and the budget is 0\.29"):
        refuse_over_budget(cost, Budget(usd=Decimal("0.29")), None)
