"""A worklist becomes an outcome: threads take what the schedule releases; failures are values, Ctrl-C loses nothing."""

from __future__ import annotations

import gc
import queue
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from iconbuild.collector import collector
from iconbuild.errors import FilesystemError, IconbuildError, StoreError, WorkError
from iconbuild.executor.attempt import Done, Worker
from iconbuild.executor.batches import Batch, is_fused, passing
from iconbuild.executor.schedule import Schedule
from iconbuild.model.artifact import Artifact
from iconbuild.model.money import Quote
from iconbuild.model.outcome import Failure, Outcome
from iconbuild.model.ports import Progress, Toolbox
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Action, Generate
from iconbuild.signals import Noted, heeding_signals

_DISK_ERRORS = (OSError, MemoryError)


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


class _Tally:
    """What a run has come to so far; only the calling thread changes it, and a signal between its steps."""

    def __init__(self, noted: Noted) -> None:
        self.noted = noted
        self.results: dict[ActionKey, Artifact] = {}
        self.failures: list[Failure] = []
        self.skipped: list[Action] = []
        self.spent: list[Quote] = []
        self.generated = self.processed = 0
        self.failed_fast = False
        self.damage: StoreError | None = None

    @property
    def stopping(self) -> bool:
        """Whether nothing new is to be begun."""
        return bool(self.failed_fast or self.damage or self.noted.signal)


def execute(todo: Sequence[Action], job: Job) -> Outcome:
    """Run `todo` (in an order that respects inputs) on up to `job.jobs` threads.

    The first Ctrl-C or SIGTERM lets running batches end and be kept; the outcome then has a `signal`. A damaged input
    ends the run too, and is the outcome's `damage`. Another error that is not about one icon (FilesystemError,
    ProviderError, ...) is raised; what was made before it is in the store.
    """
    schedule, hidden = Schedule(todo), passing(todo, job.keep)
    job.progress.begin(len(todo) - len(hidden))
    try:
        with _collecting(), heeding_signals() as noted:
            tally = _Tally(noted)
            worker = Worker(job.tools, job.root, job.known, tally.results, hidden, job.keep_going)
            if job.jobs <= 1 or len(todo) == 1:
                _alone(schedule, worker, tally, job)
            else:
                _together(schedule, worker, tally, job._replace(jobs=min(job.jobs, len(todo))))
    finally:
        job.progress.end()
    tally.skipped += schedule.remaining()
    return Outcome(
        results=tally.results,
        failures=tuple(tally.failures),
        skipped=tuple(tally.skipped),
        generated=tally.generated,
        processed=tally.processed,
        spent=tuple(tally.spent),
        signal=tally.noted.signal,
        damage=tally.damage,
    )


@contextmanager
def _collecting() -> Iterator[None]:
    """With Python's cycle collector on, since pictures hold cycles; the plan, which lives on, is not walked by it."""
    gc.freeze()
    try:
        with collector(on=True):
            yield
    finally:
        gc.unfreeze()


def _alone(schedule: Schedule, worker: Worker, tally: _Tally, job: Job) -> None:
    while not tally.stopping and (batch := schedule.take()):
        _announce(batch, job)
        _settle(batch, worker.attempt(batch), schedule, tally, job)


def _together(schedule: Schedule, worker: Worker, tally: _Tally, job: Job) -> None:
    orders: queue.SimpleQueue[Batch | None] = queue.SimpleQueue()
    answers: queue.SimpleQueue[tuple[Batch, list[Done]]] = queue.SimpleQueue()

    def work() -> None:
        while (batch := orders.get()) is not None:
            answers.put((batch, worker.attempt(batch)))

    threads = _started(work, job.jobs)
    if not threads:
        _alone(schedule, worker, tally, job)
        return
    running = 0
    try:
        while True:
            # No more orders than threads: an order that waits in the queue could not be taken back on Ctrl-C.
            while running < len(threads) and not tally.stopping and (batch := schedule.take()):
                _announce(batch, job)
                orders.put(batch)
                running += 1
            if running == 0:
                break
            answer = answers.get()
            running -= 1
            _settle(*answer, schedule, tally, job)
    except Exception:
        # What still runs may have been paid for: it is in the store before anybody looks there again.
        for _ in range(running):
            answers.get()
        raise
    finally:
        for _ in threads:
            orders.put(None)


def _started(work: Callable[[], None], count: int) -> list[threading.Thread]:
    """Up to `count` running threads; fewer where the system gives no more."""
    threads: list[threading.Thread] = []
    for number in range(count):
        thread = threading.Thread(target=work, name=f"iconbuild-{number}", daemon=True)
        try:
            thread.start()
        except RuntimeError:
            break
        threads.append(thread)
    return threads


def _announce(batch: Batch, job: Job) -> None:
    """A picture that is drawn takes its time; what is made of it is told when it is done."""
    if not is_fused(batch[0]):
        job.progress.started(batch[0])


def _settle(batch: Batch, words: Sequence[Done], schedule: Schedule, tally: _Tally, job: Job) -> None:
    """Book what came of one batch. What was not tried, because something before it failed, is skipped."""
    for done in words:
        _book(done, schedule, tally, job)
    tried = {done.action.key for done in words}
    tally.skipped += [action for action in batch if action.key not in tried]


def _book(done: Done, schedule: Schedule, tally: _Tally, job: Job) -> None:
    """Errors that concern the whole run are raised here, in the calling thread."""
    action, error = done.action, done.error
    if error is None:
        tally.generated += isinstance(action.work, Generate)
        tally.processed += not isinstance(action.work, Generate)
        if done.spent:
            tally.spent.append(done.spent)
        schedule.done(action)
        if done.artifact is not None:
            tally.results[action.key] = done.artifact
            _tell(job.progress, action, done.artifact)
        return
    if isinstance(error, StoreError):
        tally.damage = error
        return
    if isinstance(error, _DISK_ERRORS):
        # Not this icon's fault, and never to be remembered as its result.
        raise FilesystemError(f"{action.label}: {error}", remedy="free memory, disk or file handles and run again")
    if isinstance(error, (KeyboardInterrupt, IconbuildError)) and not isinstance(error, WorkError):
        raise error
    failure = error if isinstance(error, WorkError) else _unexpected(action, error)
    tally.failures.append(Failure(action, failure))
    tally.failed_fast = tally.failed_fast or not job.keep_going
    _tell(job.progress, action, failure)


def _tell(progress: Progress, action: Action, came: Artifact | WorkError) -> None:
    if is_fused(action):
        progress.started(action)
    if isinstance(came, WorkError):
        progress.failed(action, came)
    else:
        progress.finished(action, came)


def _unexpected(action: Action, error: BaseException) -> WorkError:
    """A fault of ours in one icon must not take the others with it; its cause stays attached for --debug."""
    wrapped = WorkError(
        f"{action.label}: unexpected {type(error).__name__}: {error}", remedy="please report this; --debug shows more"
    )
    wrapped.__cause__ = error
    return wrapped
