"""A verdict gets its reason: the recipe that was is compared with the recipe that is, field by field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

from iconbuild.model.session import Recall
from iconbuild.model.values import ActionKey, canonical
from iconbuild.model.work import Plan, PlannedIcon, Verdict, Worklist


class Change(NamedTuple):
    """One field of a recipe that differs; values are JSON texts, empty where the field is absent."""

    field: str
    before: str
    after: str


def explained(plan: Plan, worklist: Worklist, last: Mapping[str, ActionKey], recall: Recall) -> Worklist:
    """The same worklist with a reason in every verdict.

    `last` is the recipe key that each icon had at the last build, `recall` finds an old recipe by its key.
    """
    icons = {icon.name: icon for icon in plan.icons}
    verdicts = tuple(
        verdict
        if verdict.action == "reuse"
        else verdict._replace(reason=_reason(plan, icons[verdict.name], verdict, last.get(verdict.name), recall))
        for verdict in worklist.verdicts
    )
    return worklist._replace(verdicts=verdicts)


def _reason(plan: Plan, icon: PlannedIcon, verdict: Verdict, last: ActionKey | None, recall: Recall) -> str:
    if last is None:
        return "new"
    if verdict.action == "restore":
        return "its files are missing or from another state"
    if last == icon.source:
        if verdict.action == "generate":
            return "its picture is not in the cache"
        return "its steps or outputs changed, or are no longer cached"
    changes = compare(plan, icon.source, recall(last))
    if not changes:
        return "its recipe changed"
    named = [change.field for change in changes if change.field != "reference picture"]
    if not named:
        return f"its reference `{icon.reference}` changed" if icon.reference else "it follows nothing any more"
    return f"{_listed(named)} changed"


def compare(plan: Plan, key: ActionKey, before: Mapping[str, object] | None) -> list[Change]:
    """How the recipe behind `key` differs from an earlier one; empty where the earlier one is not remembered."""
    if before is None:
        return []
    action = plan.actions[key]
    old, new = _flat(before), _flat(json.loads(action.recipe_text()))
    return [
        Change(name, old.get(name, ""), new.get(name, ""))
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    ]


def _flat(fields: Mapping[str, object]) -> dict[str, str]:
    """A recipe's fields by the words people use for them, each as JSON text."""
    flat: dict[str, str] = {}
    for name, value in fields.items():
        if name in ("request", "params") and isinstance(value, Mapping):
            flat.update((inner, canonical(item)) for inner, item in value.items())
        elif name == "inputs":
            flat["reference picture" if fields.get("work") == "generate" else "input"] = canonical(value)
        else:
            flat["bytes of the file" if name == "digest" else name] = canonical(value)
    return flat


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
