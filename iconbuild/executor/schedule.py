"""Which work may run now: a pure account of what waits for what, without clock, thread or disk."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from heapq import heappop, heappush

from iconbuild.executor.batches import Batch, batches
from iconbuild.executor.lanes import LOCAL, Lane, lane_of
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Action


class Schedule:
    """The actions of a worklist in batches, each released to its lane as its inputs are done.

    Inputs that are not among the actions are taken as done already. Local batches come in the order of their release,
    which begins as that of the worklist, so that runs are alike. Of those for a provider in `remote`, anchors come
    first: the one for which most remote batches wait, then the first of the worklist.
    """

    def __init__(self, todo: Sequence[Action], remote: Collection[str] = ()) -> None:
        self._left = dict(enumerate(batches(todo)))
        """The batches that were not taken."""
        self._remote = _remote(self._left, remote)
        self._waiting: dict[int, int] = {}
        self._followers: dict[ActionKey, list[int]] = {}
        made = {action.key for action in todo}
        for number, batch in self._left.items():
            own = {action.key for action in batch}
            ahead = {key for action in batch for key in action.inputs if key in made and key not in own}
            self._waiting[number] = len(ahead)
            for key in ahead:
                self._followers.setdefault(key, []).append(number)
        self._weights = self._weighed() if self._remote else {}
        self._released = 0
        self._ready: dict[Lane, list[tuple[int, int, int]]] = {}
        """By lane, heaps of batches as (0, place in the order of release, number) or (-weight, number, number)."""
        for number, count in self._waiting.items():
            if count == 0:
                self._release(number)

    @property
    def lanes(self) -> list[Lane]:
        """The lanes that have work at all, in worklist order."""
        return list(dict.fromkeys(self._remote.get(number, LOCAL) for number in self._left))

    def take(self, lane: Lane = LOCAL) -> Batch | None:
        """The next batch of a lane that may run, None where none may."""
        ready = self._ready.get(lane)
        return self._left.pop(heappop(ready)[-1]) if ready else None

    def done(self, action: Action) -> None:
        """`action` succeeded: those that waited only for it become ready."""
        for number in self._followers.get(action.key, ()):
            self._waiting[number] -= 1
            if self._waiting[number] == 0:
                self._release(number)

    def remaining(self) -> Iterator[Action]:
        """Actions of batches that were not taken, in worklist order: all who need what failed are among them."""
        return (action for batch in self._left.values() for action in batch)

    def _release(self, number: int) -> None:
        lane = self._remote.get(number, LOCAL)
        rank = (0, self._released) if lane == LOCAL else (-self._weights[number], number)
        self._released += 1
        heappush(self._ready.setdefault(lane, []), (*rank, number))

    def _weighed(self) -> dict[int, int]:
        """For each batch, the number of remote ones that wait for it, or for one that does."""
        weights: dict[int, int] = {}
        for number in reversed(self._left):
            followers = {each for action in self._left[number] for each in self._followers.get(action.key, ())}
            weights[number] = sum(weights[each] + (each in self._remote) for each in followers)
        return weights


def _remote(numbered: Mapping[int, Batch], remote: Collection[str]) -> dict[int, Lane]:
    """The lanes of the batches that are not local."""
    if not remote:
        return {}
    lanes = {number: lane_of(batch[0], remote) for number, batch in numbered.items()}
    return {number: lane for number, lane in lanes.items() if lane != LOCAL}
