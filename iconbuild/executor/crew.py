"""A lane becomes threads: as many as there is work for at once, up to a number, started as they are needed."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

from iconbuild.executor.batches import Batch


class Crew:
    """The threads of one lane. Only the thread that made it gives it batches."""

    def __init__(self, name: str, most: int, work: Callable[[Batch], None]) -> None:
        self._name, self._most, self._work = name, most, work
        self._orders: queue.SimpleQueue[Batch | None] = queue.SimpleQueue()
        self._threads = 0
        self.busy = 0
        """Batches that were begun and not reported as ended."""

    @property
    def free(self) -> bool:
        """Whether a batch can be begun: none waits in a queue, from where Ctrl-C could not take it back."""
        return self.busy < self._most

    def begin(self, batch: Batch) -> None:
        """Hand `batch` to a thread; where the system gives none, the caller does it now."""
        if self.busy == self._threads:
            self._start()
        self.busy += 1
        if self.busy <= self._threads:
            self._orders.put(batch)
        else:
            self._most = max(1, self._threads)
            self._work(batch)

    def ended(self) -> None:
        """One batch is done."""
        self.busy -= 1

    def close(self) -> None:
        """No more comes: threads end when they have done what they are at."""
        for _ in range(self._threads):
            self._orders.put(None)

    def _start(self) -> None:
        """One more thread, if the system gives one."""
        thread = threading.Thread(target=self._run, name=f"{self._name}-{self._threads}", daemon=True)
        try:
            thread.start()
        except RuntimeError:
            return
        self._threads += 1

    def _run(self) -> None:
        while (batch := self._orders.get()) is not None:
            self._work(batch)
