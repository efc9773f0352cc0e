"""Which work may run now: a pure account of what waits for what, without clock, thread or disk."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from iconbuild.executor.batches import Batch, batches
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Action


class Schedule:
    """The actions of a worklist in batches, each released as its inputs are done.

    Inputs that are not among the actions are taken as done already. Released in worklist order, so that runs are alike.
    """

    def __init__(self, todo: Sequence[Action]) -> None:
        self._left = dict(enumerate(batches(todo)))
        """The batches that were not taken."""
        self._waiting: dict[int, int] = {}
        self._followers: dict[ActionKey, list[int]] = {}
        self._ready: deque[int] = deque()
        made = {action.key for action in todo}
        for number, batch in self._left.items():
            own = {action.key for action in batch}
            ahead = {key for action in batch for key in action.inputs if key in made and key not in own}
            self._waiting[number] = len(ahead)
            for key in ahead:
                self._followers.setdefault(key, []).append(number)
            if not ahead:
                self._ready.append(number)

    def take(self) -> Batch | None:
        """The next batch that may run, None where none may."""
        return self._left.pop(self._ready.popleft()) if self._ready else None

    def done(self, action: Action) -> None:
        """`action` succeeded: those that waited only for it become ready."""
        for number in self._followers.get(action.key, ()):
            self._waiting[number] -= 1
            if self._waiting[number] == 0:
                self._ready.append(number)

    def remaining(self) -> Iterator[Action]:
        """Actions of batches that were not taken, in worklist order: all who need what failed are among them."""
        return (action for batch in self._left.values() for action in batch)
