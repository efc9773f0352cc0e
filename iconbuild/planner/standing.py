"""What the ledger knows of paid work becomes a reason in a verdict, or a refusal to buy the same twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from iconbuild.model.money import total
from iconbuild.model.purchase import Attempt, LostError
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Plan, Worklist


def unfinished(
    plan: Plan,
    worklist: Worklist,
    standing: Mapping[ActionKey, Attempt],
    lost: Collection[ActionKey],
    *,
    buy_lost: bool,
) -> Worklist:
    """The same worklist; the verdicts of icons whose purchase was begun, or made, before say so.

    What is lost costs nothing before somebody decides to `buy_lost`. What is unknown may be proved not to have been
    charged, and is then bought: its price stays.
    """
    if not standing and not lost:
        return worklist
    reasons = {**dict.fromkeys(lost, _LOST), **{key: _words(attempt) for key, attempt in standing.items()}}
    sources = {icon.name: icon.source for icon in plan.icons}
    gone = () if buy_lost else {*lost, *(key for key, attempt in standing.items() if attempt.state == "settled")}
    verdicts = []
    for verdict in worklist.verdicts:
        source = sources[verdict.name]
        cost = verdict.cost._replace(amount=Decimal(0), bound="exact") if source in gone else verdict.cost
        verdicts.append(verdict._replace(reason=reasons.get(source, verdict.reason), cost=cost))
    return worklist._replace(verdicts=tuple(verdicts), cost=total(verdict.cost for verdict in verdicts))


_LOST = "bought, and its bytes are gone: waits for --buy-lost"


def _words(attempt: Attempt) -> str:
    if attempt.state == "settled":
        return _LOST
    if attempt.state == "unknown":
        return f"attempt {attempt.id} is unknown: waits for --retry-unknown"
    return f"attempt {attempt.id} did not end: the next build looks first"


def refuse_lost(plan: Plan, standing: Mapping[ActionKey, Attempt], lost: Collection[ActionKey]) -> None:
    """Raise StoreError where something that was paid for would have to be bought again."""
    gone = [key for key, attempt in standing.items() if attempt.state == "settled"]
    for key in [*gone, *lost]:
        raise LostError(plan.actions[key].label)
