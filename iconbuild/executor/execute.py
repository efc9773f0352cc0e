"""A worklist becomes an outcome: threads take what the schedule releases; failures are values, Ctrl-C loses nothing."""

from __future__ import annotations

import contextlib
import gc
import queue
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from queue import Empty
from typing import NamedTuple, TypeAlias

from iconbuild.collector import collector
from iconbuild.executor.attempt import Done, Worker
from iconbuild.executor.batches import Batch, is_fused, passing
from iconbuild.executor.crew import Crew
from iconbuild.executor.lanes import LOCAL, Lane, width
from iconbuild.executor.schedule import Schedule
from iconbuild.executor.tally import Halt, Tally
from iconbuild.model.artifact import Artifact
from iconbuild.model.outcome import Outcome
from iconbuild.model.ports import Progress, Toolbox
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Action
from iconbuild.signals import heeding_signals

_Answer: TypeAlias = tuple[Lane, Batch, list[Done]]
_GLANCE = 0.2
"""Seconds between two looks at whether a signal has come."""


class Job(NamedTuple):
    """What stays the same through one run: the tools, the project's root, what is known, and whom to tell."""

    tools: Toolbox
    root: str
    known: Mapping[ActionKey, Artifact]
    """Artifacts of inputs that need not run."""
    progress: Progress
    jobs: int = 1
    keep_going: bool = True
    keep: frozenset[ActionKey] = frozenset()
    """Steps whose pictures are kept although only other steps use them."""
    halt: Callable[[], None] = lambda: None
    """Tells those who wait for a turn to give up with HaltedError; called at most once, as the run or its paid work
    stops early. May be called in a signal handler: it has to be as quick as setting an event."""


def execute(todo: Sequence[Action], job: Job) -> Outcome:
    """Run `todo` (in an order that respects inputs) on up to `job.jobs` threads, and calls to providers beside them.

    The first Ctrl-C or SIGTERM lets running batches end and be kept; the outcome then has a `signal`. A damaged input
    ends the run too, and is the outcome's `damage`. BudgetError, CredentialError and ProviderError of a provider behind
    a network end the calls and nothing else; the first is what the outcome was `stopped` by. Another error that is not
    about one icon (FilesystemError, a StoreError of the work itself, ...) is raised once running batches have ended;
    what was made before it is in the store.
    """
    schedule, hidden = Schedule(todo, job.tools.drawers), passing(todo, job.keep)
    halt = Halt(job.halt)
    job.progress.begin(len(todo) - len(hidden))
    try:
        with _collecting(), heeding_signals(halt) as noted:
            tally = Tally(schedule, job.progress, noted, halt, keep_going=job.keep_going)
            worker = Worker(job.tools, job.root, job.known, tally.results, hidden, job.keep_going)
            lanes = schedule.lanes
            if lanes in ([], [LOCAL]) and (job.jobs <= 1 or len(todo) == 1):
                _alone(schedule, worker, tally, job)
            else:
                _together(schedule, worker, tally, job, _widths(lanes, len(todo), job))
    finally:
        job.progress.end()
    return tally.outcome()


@contextmanager
def _collecting() -> Iterator[None]:
    """With Python's cycle collector on, since pictures hold cycles; the plan, which lives on, is not walked by it."""
    gc.freeze()
    try:
        with collector(on=True):
            yield
    finally:
        gc.unfreeze()


def _widths(lanes: Sequence[Lane], todo: int, job: Job) -> dict[Lane, int]:
    """How many batches of each lane run at once."""
    providers = job.tools.providers
    return {
        lane: min(todo, max(1, job.jobs) if lane == LOCAL else width(providers[lane.provider].limit(lane.pool)))
        for lane in lanes
    }


def _alone(schedule: Schedule, worker: Worker, tally: Tally, job: Job) -> None:
    while not tally.stopping and (batch := schedule.take()):
        _announce(batch, job)
        tally.settle(batch, worker.attempt(batch))


def _together(schedule: Schedule, worker: Worker, tally: Tally, job: Job, widths: Mapping[Lane, int]) -> None:
    answers: queue.SimpleQueue[_Answer] = queue.SimpleQueue()

    def crew(lane: Lane, most: int) -> Crew:
        name = "-".join(("iconbuild", *filter(None, lane)))
        return Crew(name, most, lambda batch: answers.put((lane, batch, worker.attempt(batch))))

    crews = {lane: crew(lane, most) for lane, most in widths.items()}
    try:
        while True:
            for lane, hands in crews.items():
                while hands.free and not tally.bars(lane) and (batch := schedule.take(lane)):
                    _announce(batch, job)
                    hands.begin(batch)
            if not any(hands.busy for hands in crews.values()):
                break
            lane, batch, words = _next(answers, tally, crews)
            crews[lane].ended()
            tally.settle(batch, words, lane)
    except Exception:
        # What still runs may have been paid for: it is in the store before anybody looks there again.
        tally.halt()
        for _ in range(sum(hands.busy for hands in crews.values())):
            answers.get()
        raise
    finally:
        for hands in crews.values():
            hands.close()


def _next(answers: queue.SimpleQueue[_Answer], tally: Tally, crews: Mapping[Lane, Crew]) -> _Answer:
    """The next answer. A signal may be delivered to another thread, and is heeded only when this one wakes."""
    while True:
        interrupted = tally.interrupted
        with contextlib.suppress(Empty):
            return answers.get(timeout=_GLANCE)
        # A whole glance after the signal those who waited for a turn have given up: the others are under way.
        if interrupted:
            tally.waiting(sum(hands.busy for lane, hands in crews.items() if lane != LOCAL))


def _announce(batch: Batch, job: Job) -> None:
    """A picture that is drawn takes its time; what is made of it is told when it is done."""
    if not is_fused(batch[0]):
        job.progress.started(batch[0])
