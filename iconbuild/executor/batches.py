"""Actions become batches: what works on one picture is done in one go, and what only passes through is not written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypeAlias

from iconbuild.model.values import ActionKey
from iconbuild.model.work import Action, Apply

Batch: TypeAlias = tuple[Action, ...]
"""One action, or all that is made of one picture alone: its steps and its files, in an order in which they can run."""


def batches(todo: Sequence[Action]) -> list[Batch]:
    """`todo` (in an order that respects inputs) in batches, in the order of their first actions."""
    made: dict[tuple[bool, ActionKey], list[Action]] = {}
    sources: dict[ActionKey, ActionKey] = {}
    """The picture that all begins with, by the keys of the actions that share it."""
    for action in todo:
        fused = is_fused(action)
        if fused:
            sources[action.key] = sources.get(action.inputs[0], action.inputs[0])
        made.setdefault((fused, sources.get(action.key, action.key)), []).append(action)
    return [_depth_first(source, actions) if fused else tuple(actions) for (fused, source), actions in made.items()]


def _depth_first(source: ActionKey, actions: Sequence[Action]) -> Batch:
    """The files of a picture directly after it, then the steps that begin there: few pictures are open at a time."""
    users: dict[ActionKey, list[Action]] = {}
    for action in actions:
        users.setdefault(action.inputs[0], []).append(action)
    ordered: list[Action] = []
    waiting = _last_first(users[source])
    while waiting:
        ordered.append(waiting.pop())
        waiting += _last_first(users.get(ordered[-1].key, ()))
    return tuple(ordered)


def _last_first(actions: Sequence[Action]) -> list[Action]:
    """Steps before files and the last before the first: a stack gives them back the other way round."""
    return sorted(actions, key=lambda action: action.pool == "steps")[::-1]


def is_fused(action: Action) -> bool:
    """Whether `action` is made of one picture alone, so that it can share its pixels with others of that picture."""
    return isinstance(action.work, Apply) and len(action.inputs) == 1


def passing(todo: Sequence[Action], keep: Collection[ActionKey]) -> frozenset[ActionKey]:
    """The steps of `todo` whose pictures only other steps use, but for those in `keep`: they stay in memory."""
    steps = {action.key for action in todo if action.pool == "steps"}
    used = {key for action in todo if action.key in steps for key in action.inputs}
    needed = {key for action in todo if action.key not in steps for key in action.inputs}
    return frozenset((steps & used) - needed).difference(keep)
