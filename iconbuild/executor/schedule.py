"""Which actions may run now: a pure account of what waits for what, without clock, thread or disk."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

from iconbuild.model.values import ActionKey
from iconbuild.model.work import Action


class Schedule:
    """The actions of a worklist, released one by one as their inputs are done.

    Inputs that are not among the actions are taken as done already. Released in worklist order, so that runs are alike.
    """

    def __init__(self, todo: Sequence[Action]) -> None:
        self._actions = {action.key: action for action in todo}
        self._waiting: dict[ActionKey, int] = {}
        self._followers: dict[ActionKey, list[ActionKey]] = {}
        self._ready: deque[ActionKey] = deque()
        self._left = dict.fromkeys(self._actions)
        for action in todo:
            ahead = {key for key in action.inputs if key in self._actions}
            self._waiting[action.key] = len(ahead)
            for key in ahead:
                self._followers.setdefault(key, []).append(action.key)
            if not ahead:
                self._ready.append(action.key)

    def take(self) -> Action | None:
        """The next action that may run, None where none may."""
        if not self._ready:
            return None
        key = self._ready.popleft()
        del self._left[key]
        return self._actions[key]

    def done(self, action: Action) -> None:
        """`action` succeeded: those that waited only for it become ready."""
        for key in self._followers.get(action.key, ()):
            self._waiting[key] -= 1
            if self._waiting[key] == 0 and key in self._left:
                self._ready.append(key)

    def failed(self, action: Action) -> tuple[Action, ...]:
        """`action` failed: everything that needs it, directly or not, is dropped and returned."""
        dropped: list[Action] = []
        waiting = list(self._followers.get(action.key, ()))
        while waiting:
            key = waiting.pop(0)
            if key in self._left:
                del self._left[key]
                dropped.append(self._actions[key])
                waiting += self._followers.get(key, ())
        return tuple(dropped)

    def remaining(self) -> Iterable[Action]:
        """Actions that were neither taken nor dropped, in worklist order."""
        return (self._actions[key] for key in self._left)
