"""What files were made of shows which pictures are worth keeping: those before a last step that is being tuned."""

from __future__ import annotations

from collections.abc import Callable

from iconbuild.model.session import Recall
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Plan, Worklist


def worth_keeping(
    plan: Plan, worklist: Worklist, last: Callable[[str], ActionKey | None], recall: Recall
) -> frozenset[ActionKey]:
    """The pictures before a last step that somebody is trying values of: who changes it once changes it again.

    Other pictures between steps stay in memory. `last` says which recipe key a path had, `recall` finds an old recipe
    by its key.
    """
    todo = {action.key for action in worklist.todo if action.pool == "steps"}
    if not todo:
        return frozenset()
    finished = {plan.actions[target.key].inputs[0]: target.path for target in worklist.write if target.icon}
    before = {_input(_input(last(path), recall), recall) for key, path in finished.items() if key in todo}
    return frozenset(key for key in before if key in todo)


def _input(key: ActionKey | None, recall: Recall) -> ActionKey | None:
    """The one picture that a recipe of an earlier build was made of."""
    inputs = (recall(key) or {}).get("inputs") if key else None
    return ActionKey(inputs[0]) if isinstance(inputs, list) and len(inputs) == 1 else None
