"""What the ledger knows of paid work becomes a reason in a verdict, or a refusal to buy the same twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from iconbuild.model.purchase import Attempt, LostError
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Plan, Worklist


def unfinished(
    plan: Plan, worklist: Worklist, standing: Mapping[ActionKey, Attempt], lost: Collection[ActionKey]
) -> Worklist:
    """The same worklist; the verdicts of icons whose purchase was begun, or made, before say so."""
    if not standing and not lost:
        return worklist
    reasons = {**dict.fromkeys(lost, _LOST), **{key: _words(attempt) for key, attempt in standing.items()}}
    sources = {icon.name: icon.source for icon in plan.icons}
    verdicts = tuple(
        verdict._replace(reason=reasons.get(sources[verdict.name], verdict.reason)) for verdict in worklist.verdicts
    )
    return worklist._replace(verdicts=verdicts)


_LOST = "was bought, and its original is not here"


def _words(attempt: Attempt) -> str:
    if attempt.state == "settled":
        return f"was bought (attempt {attempt.id}), and its bytes are gone"
    if attempt.state == "unknown":
        return f"attempt {attempt.id} is unknown: waits for --retry-unknown"
    return f"attempt {attempt.id} did not end: the next build looks at it first"


def refuse_lost(plan: Plan, standing: Mapping[ActionKey, Attempt], lost: Collection[ActionKey]) -> None:
    """Raise StoreError where something that was paid for would have to be bought again."""
    gone = [key for key, attempt in standing.items() if attempt.state == "settled"]
    for key in [*gone, *lost]:
        raise LostError(plan.actions[key].label)
