"""Calls go beside local work, as many at once as a limit takes; with the schedule's order that is as fast as can be."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from iconbuild.executor.batches import Batch
from iconbuild.executor.lanes import LOCAL, Lane, lane_of, width
from iconbuild.executor.schedule import Schedule
from iconbuild.model.manifest import Chain, Manifest
from iconbuild.model.ports import Limit
from iconbuild.model.work import Action
from iconbuild.planner.makespan import makespan
from tests.builders import action, icon, manifest, planned
from tests.executor.remote import delegated, drawn

PER_MINUTE = Limit(calls=10, window=60.0, latency=10.0)
PROCESSING = 0.1
"""Seconds that the files of one icon take."""


def test_only_the_work_of_a_remote_provider_leaves_this_machine() -> None:
    (draw,) = drawn(icon("home"))
    crop, file = delegated("crop", draw), action("file")
    assert [lane_of(each, ("words",)) for each in (draw, crop, file)] == [
        Lane("words", "generation"),
        Lane("words", "processing"),
        LOCAL,
    ]
    assert {lane_of(each, ("other",)) for each in (draw, crop, file)} == {LOCAL}


@pytest.mark.parametrize(
    ("limit", "calls"),
    [
        (Limit(10, 60, 10), 10),
        (Limit(10, 60, 60), 10),
        (Limit(10, 60, 61), 20),
        (Limit(30, 60, 150), 64),
        (Limit(200, 60, 1), 64),
        (Limit(5, 60, 0), 5),
        (Limit(5, 0, 1), 5),
        (None, 6),
    ],
)
def test_as_many_calls_are_in_flight_as_use_the_limit_up(limit: Limit | None, calls: int) -> None:
    assert width(limit) == calls


def anchored(icons: int, chain: Chain = "star") -> Manifest:
    """A set whose first icon is followed by all others, or by each the next."""
    names = [f"i{number}" for number in range(icons)]
    followed = {name: names[place - 1 if chain == "sequential" else 0] for place, name in enumerate(names) if place}
    return manifest(*(icon(name, anchor=followed.get(name)) for name in names), chain=chain)


class Clock:
    """A build in virtual time: lanes of their real width, a sliding log of sends, and work that takes its time."""

    def __init__(self, todo: Sequence[Action], limit: Limit, *, jobs: int, slack: float) -> None:
        self.now = 0.0
        self.sends: list[float] = []
        self._limit, self._slack = limit, slack
        self._schedule = Schedule(todo, ("words",))
        self._free = {lane: jobs if lane == LOCAL else width(limit) for lane in self._schedule.lanes}
        self._ends: list[tuple[float, int, Lane, Batch]] = []
        self._count = itertools.count()

    def run(self) -> float:
        """Seconds until all is done."""
        while self._begin() or self._ends:
            self.now, _, lane, batch = heapq.heappop(self._ends)
            self._free[lane] += 1
            for each in batch:
                self._schedule.done(each)
        assert list(self._schedule.remaining()) == []
        return self.now

    def _begin(self) -> bool:
        begun = False
        for lane in self._free:
            while self._free[lane] and (batch := self._schedule.take(lane)):
                begun = True
                self._free[lane] -= 1
                end = self.now + PROCESSING if lane == LOCAL else self._send() + self._limit.latency
                heapq.heappush(self._ends, (end, next(self._count), lane, batch))
        return begun

    def _send(self) -> float:
        """The time of the next send: a window and a bit after the one that has to be out of it."""
        turn = self.now
        if len(self.sends) >= self._limit.calls:
            turn = max(turn, self.sends[-self._limit.calls] + self._limit.window + self._slack)
        self.sends.append(turn)
        return turn


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(("icons", "formula"), [(6, 20), (15, 80), (50, 260)])
def test_a_set_that_follows_its_first_icon_takes_what_the_limit_makes_it_take(
    icons: int, formula: float, jobs: int
) -> None:
    windows, rest = divmod(icons - 1, PER_MINUTE.calls)
    assert formula == windows * 60 + (2 * 10 if rest else 10)
    assert formula == makespan(icons, PER_MINUTE, anchored=True)
    todo = list(planned(anchored(icons)).actions.values())
    taken = Clock(todo, PER_MINUTE, jobs=jobs, slack=1.0).run()
    assert formula + PROCESSING <= taken <= (formula + PROCESSING) * 1.03 + 1


@given(
    st.integers(1, 60),
    st.builds(Limit, st.integers(1, 12), st.integers(1, 120).map(float), st.integers(1, 150).map(float)),
    st.sampled_from(["star", "sequential"]),
)
def test_drawing_alone_takes_as_long_as_is_told_beforehand(icons: int, limit: Limit, chain: Chain) -> None:
    assume(width(limit) == limit.calls * max(1, -(-limit.latency // limit.window)))
    todo = [each for each in planned(anchored(icons, chain)).actions.values() if each.pool == "generation"]
    taken = Clock(todo, limit, jobs=1, slack=0.0).run()
    assert taken == pytest.approx(makespan(icons, limit, anchored=icons > 1, chain=chain))


def test_anchors_that_come_last_hold_nobody_up() -> None:
    """Two dozen icons without followers stand before an anchor; in that order they would cost ten seconds more."""
    single = [icon(f"single{number}") for number in range(24)]
    followers = [icon(f"follower{number}", anchor="anchor") for number in range(5)]
    todo = drawn(*single, icon("anchor"), *followers)
    assert Clock(todo, PER_MINUTE, jobs=1, slack=0.0).run() == 2 * 60 + 10
