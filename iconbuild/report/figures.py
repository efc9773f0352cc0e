"""A preview becomes its figures: calls per class, seconds at the limits, totals; and the JSON that programs read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from iconbuild.model.money import CostEstimate, Quote, total
from iconbuild.model.ports import Provider
from iconbuild.model.purchase import Balance
from iconbuild.model.session import Built, Preview
from iconbuild.model.work import Delegate, Generate, Verdict
from iconbuild.planner.iconset import elsewhere
from iconbuild.planner.timing import seconds_at_limits
from iconbuild.report import SCHEMA_VERSION
from iconbuild.report.numbers import plain
from iconbuild.report.result import said
from iconbuild.report.sizes import sizes

POOLS = ("generation", "processing", "upload")


class Figures(NamedTuple):
    """The sums of a preview; `elsewhere` is the price of the whole set at the compared provider."""

    verbs: Counter[str]
    cost: CostEstimate
    calls: Mapping[str, int]
    """By pool; what this machine draws is counted as generation."""
    seconds: float
    files: int
    elsewhere: CostEstimate | None


def figures(seen: Preview, provider: Provider) -> Figures:
    """Count a preview."""
    todo = seen.worklist.todo
    counted = Counter(action.pool for action in todo if isinstance(action.work, (Generate, Delegate)))
    return Figures(
        Counter(verdict.action for verdict in seen.worklist.verdicts),
        seen.worklist.cost,
        {pool: counted[pool] for pool in POOLS},
        seconds_at_limits(todo, provider.limit, seen.manifest.chain),
        len(seen.worklist.write),
        elsewhere(seen.plan.icons),
    )


def plan_json(
    seen: Preview, provider: Provider, command: str = "plan", balance: Balance | None = None
) -> dict[str, object]:
    """The `plan` object of the interface, schema version 1; `balance` is what the account holds, where it was asked."""
    sums = figures(seen, provider)
    data: dict[str, object] = {
        "schema_version": SCHEMA_VERSION,
        "command": command,
        "manifest": seen.manifest.path,
        "name": seen.manifest.name,
        "provider": seen.plan.provider,
        "icons": [_icon(verdict) for verdict in seen.worklist.verdicts],
        "totals": _totals(sums.cost),
        "bound": sums.cost.bound,
        "unknown_prices": sums.cost.unknown,
        "calls": dict(sums.calls),
        "seconds": {"estimate": plain_seconds(sums.seconds)},
        "files": sums.files,
        "orphans": list(seen.orphans),
        "kept": seen.kept,
    }
    if sums.elsewhere is not None:
        data["elsewhere"] = {"provider": seen.plan.compared, "totals": _totals(sums.elsewhere)}
    if balance is not None:
        after = left_over(balance, sums.cost)
        data["balance"] = {
            "unit": balance.unit,
            "amount": plain(balance.total),
            "after": None if after is None else plain(after),
        }
    return data


def build_json(built: Built, provider: Provider) -> dict[str, object]:
    """The `build` object of the interface: the plan's keys, the result and the exit code."""
    data = plan_json(built.preview, provider, "build")
    counts = Counter(verdict.action for verdict in built.preview.worklist.verdicts)
    emitted, outcome = built.emitted, built.outcome
    data["result"] = {
        "generated": outcome.generated,
        "processed": counts["process"],
        "restored": counts["restore"],
        "reused": counts["reuse"],
        "failed": [
            {"name": failure.action.label, "error": failure.error.message, "remedy": failure.error.remedy}
            for failure in outcome.failures
        ],
        "skipped": [action.label for action in outcome.skipped],
        "warnings": [{"name": name, "warning": sentence} for name, sentence in said(built)],
        "written": list(emitted.written),
        "unchanged": emitted.unchanged,
        "sizes": {kind: size._asdict() for kind, size in sizes(built).items()},
        "kept": [*emitted.kept, *emitted.stubborn],
        "orphans": list(emitted.orphans),
        "pruned": list(emitted.pruned),
        "differences": list(built.differences),
        "spent": _totals(total(outcome.spent)),
        "library": [{"icon": name, **_without_key(place)} for name, place in sorted(built.library.items())],
    }
    data["exit_code"] = built.exit_code
    return data


def _without_key(place: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in place.items() if name != "key"}


def left_over(balance: Balance, cost: CostEstimate) -> Decimal | None:
    """What is left of a balance after a build that costs as much as planned; None where a price is unknown."""
    if cost.unknown:
        return None
    return balance.total - (cost.token if balance.unit == "token" else cost.usd)


def plain_seconds(seconds: float) -> int | float:
    """Whole seconds as integers."""
    return int(seconds) if seconds == int(seconds) else round(seconds, 1)


def quote_json(quote: Quote) -> dict[str, object]:
    """One price; an unknown amount is null."""
    return {
        "unit": quote.unit,
        "amount": None if quote.amount is None else plain(quote.amount),
        "bound": quote.bound,
    }


def _icon(verdict: Verdict) -> dict[str, object]:
    return {
        "name": verdict.name,
        "action": verdict.action,
        "reason": verdict.reason,
        "reference": verdict.reference,
        "cost": quote_json(verdict.cost),
    }


def _totals(cost: CostEstimate) -> dict[str, object]:
    return {"token": plain(cost.token), "usd": f"{cost.usd:.2f}"}
