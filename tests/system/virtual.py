"""A clock that stands still while anybody works, and jumps when all wait: long runs in no time, exact to the second."""

from __future__ import annotations

import heapq
import queue
import threading
from typing import Generic, TypeVar

from iconbuild.purchasing.pause import Pause
from iconbuild.store.ledger.moments import Moment

LONG = 60.0
"""Real seconds after which a test that waits has failed."""
Item = TypeVar("Item")


class VirtualTime:
    """Seconds that pass only while every thread of the test sleeps by this clock or waits for a `Line`."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self._lock = threading.Lock()
        self._working = 1  # the thread that makes it
        self._sleepers: list[tuple[float, int, threading.Event]] = []
        self._order = 0

    def moment(self) -> Moment:
        """This moment, for the stores that keep times."""
        return Moment(1_800_000_000.0 + self.now, self.now, "virtual")

    def sleep(self, seconds: float) -> None:
        """Come back when so much time has passed."""
        woken = threading.Event()
        with self._lock:
            self._order += 1
            heapq.heappush(self._sleepers, (self.now + seconds, self._order, woken))
            self._stop()
        assert woken.wait(LONG), "time stands still"

    def begin(self) -> None:
        """Somebody has work from now on."""
        with self._lock:
            self._working += 1

    def end(self) -> None:
        """Somebody waits for others from now on."""
        with self._lock:
            self._stop()

    def _stop(self) -> None:
        self._working -= 1
        if self._working == 0 and self._sleepers:
            self.now = self._sleepers[0][0]
            while self._sleepers and self._sleepers[0][0] <= self.now:
                heapq.heappop(self._sleepers)[2].set()
                self._working += 1


class Line(Generic[Item]):
    """A queue between threads; what lies in it is work to be done at this moment of the clock."""

    def __init__(self, time: VirtualTime) -> None:
        self._time = time
        self._items: queue.SimpleQueue[Item] = queue.SimpleQueue()
        self._members = threading.local()

    def put(self, item: Item) -> None:
        """Hand over work; None is none, but the word that there is no more."""
        if item is not None:
            self._time.begin()
        self._items.put(item)

    def get(self, timeout: float | None = None) -> Item:
        """The next; whoever asks has nothing else to do."""
        if getattr(self._members, "worked", threading.current_thread() is threading.main_thread()):
            self._time.end()
        self._members.worked = True
        return self._items.get(timeout=LONG)


class Nap(Pause):
    """A pause by that clock."""

    def __init__(self, time: VirtualTime) -> None:
        super().__init__()
        self._time = time

    def sleep(self, seconds: float) -> None:
        """Wait so long, unless the run was stopped."""
        self.check()
        self._time.sleep(seconds)
        self.check()
