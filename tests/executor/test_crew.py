"""Threads are started as they are needed, up to a number, and where there are none the work is done all the same."""

from __future__ import annotations

import queue
import threading

import pytest

from iconbuild.executor.batches import Batch
from iconbuild.executor.crew import Crew
from tests.builders import action
from tests.executor.remote import LONG

BATCH = (action("a"),)


class Hall:
    """Where the threads of a crew wait for a test."""

    def __init__(self) -> None:
        self.reached: queue.SimpleQueue[threading.Thread] = queue.SimpleQueue()
        self.gate = threading.Semaphore(0)

    def work(self, _: Batch) -> None:
        """Report, and wait to be let go."""
        self.reached.put(threading.current_thread())
        assert self.gate.acquire(timeout=LONG)

    def arrived(self) -> threading.Thread:
        """The next thread at work."""
        return self.reached.get(timeout=LONG)


def test_there_are_as_many_threads_as_batches_at_once_and_no_more_than_allowed() -> None:
    hall = Hall()
    crew = Crew("lane", 2, hall.work)
    before = threading.active_count()
    crew.begin(BATCH)
    first = hall.arrived()
    assert (first.name, first.daemon, crew.free, threading.active_count()) == ("lane-0", True, True, before + 1)
    crew.begin(BATCH)
    second = hall.arrived()
    assert (second.name, crew.free, crew.busy) == ("lane-1", False, 2)
    hall.gate.release(2)
    crew.ended()
    crew.begin(BATCH)
    assert hall.arrived() in (first, second)
    hall.gate.release()
    crew.close()
    for thread in (first, second):
        thread.join(LONG)
        assert not thread.is_alive()


def test_no_work_starts_no_thread() -> None:
    before = threading.active_count()
    Crew("lane", 8, lambda _: None).close()
    assert threading.active_count() == before


@pytest.mark.parametrize("given", [0, 1])
def test_where_the_system_gives_no_more_threads_the_caller_works(given: int, monkeypatch: pytest.MonkeyPatch) -> None:
    start, left = threading.Thread.start, [None] * given

    def scarce(thread: threading.Thread) -> None:
        if not left:
            raise RuntimeError("can't start new thread")
        left.pop()
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", scarce)
    hall = Hall()
    crew = Crew("lane", 3, hall.work)
    for _ in range(given):
        crew.begin(BATCH)
        assert hall.arrived().name == "lane-0"
    hall.gate.release()
    crew.begin(BATCH)
    assert crew.busy == given + 1
    assert not crew.free
    hall.gate.release()
    crew.close()
