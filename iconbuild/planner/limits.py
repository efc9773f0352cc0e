"""A plan meets the limits it was given: a budget it may not exceed, a lock it may not change."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from decimal import Decimal

from iconbuild.errors import BudgetError, DifferenceError
from iconbuild.model.manifest import Budget, Manifest
from iconbuild.model.money import CostEstimate
from iconbuild.model.session import Lock
from iconbuild.model.work import Plan

NOTHING = Decimal(0)


def refuse_over_budget(
    cost: CostEstimate, budget: Budget, max_tokens: Decimal | None, before: Decimal = NOTHING
) -> None:
    """Raise BudgetError where the cost is over the budget, or cannot be shown to be within it.

    `before` are the tokens that the manifest's earlier builds spent within the last day: they count for `budget:`, and
    not for `max_tokens`, which is about this build alone. A build that costs nothing is never refused.
    """
    if (budget.tokens, max_tokens, budget.usd) == (None, None, None):
        return
    if cost.unknown or cost.bound == "lower":
        what = f"{cost.unknown} of the prices are not known" if cost.unknown else "a part of the price is not known"
        raise BudgetError(
            f"{what}, so the budget cannot be kept; nothing was spent",
            remedy="declare a template's price with `tokens:`, leave out what has no price, or take the budget away",
        )
    limits = (
        ("tokens", cost.token, NOTHING, max_tokens, "--max-tokens"),
        ("tokens", cost.token, before, budget.tokens, "`budget:`"),
        ("dollars", cost.usd, NOTHING, budget.usd, "`budget:`"),
    )
    for unit, price, spent, limit, setting in limits:
        if limit is not None and price > 0 and spent + price > limit:
            day = f", {spent} were spent on this manifest within the last day," if spent else ""
            raise BudgetError(
                f"this build costs {price} {unit}{day} and the budget is {limit}; nothing was spent",
                remedy=f"raise {setting}, or build single icons by name",
            )


def changed_pins(plan: Plan, lock: Lock) -> list[str]:
    """Icons whose line in the lock has to change, or to come or go, sorted."""
    planned = {icon.name: icon.source for icon in plan.icons}
    pinned = {entry.name: entry.key for entry in lock.values() if not entry.output}
    return sorted(name for name in {*planned, *pinned} if planned.get(name) != pinned.get(name))


def lock_differs(manifest: Manifest, what: Sequence[str], shown: int = 5) -> DifferenceError:
    """The error of `--locked`, naming the first of what would change."""
    more = f" and {len(what) - shown} more" if len(what) > shown else ""
    return DifferenceError(
        f"{posixpath.basename(manifest.lock)} would change ({', '.join(what[:shown])}{more}); nothing was written",
        remedy="run `iconbuild build` without --locked and commit the lock",
    )
