"""A worklist becomes an outcome: threads take what the schedule releases; failures are values, Ctrl-C loses nothing."""

from __future__ import annotations

import gc
import queue
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from iconbuild.errors import FilesystemError, IconbuildError, StoreError, WorkError
from iconbuild.executor.perform import perform
from iconbuild.executor.schedule import Schedule
from iconbuild.model.artifact import Artifact
from iconbuild.model.money import Quote
from iconbuild.model.outcome import Failure, Outcome
from iconbuild.model.ports import Progress, Toolbox
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Action, Generate

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


class _Tally:
    """What a run has come to so far; only the calling thread changes it."""

    def __init__(self) -> None:
        self.results: dict[ActionKey, Artifact] = {}
        self.failures: list[Failure] = []
        self.skipped: list[Action] = []
        self.spent: list[Quote] = []
        self.generated = self.processed = 0
        self.stopping = False
        self.signal = 0
        self.damage: StoreError | None = None


class _Done(NamedTuple):
    """A worker's word: what came of one action."""

    action: Action
    artifact: Artifact | None = None
    spent: Quote | None = None
    error: BaseException | None = None


def execute(todo: Sequence[Action], job: Job) -> Outcome:
    """Run `todo` (in an order that respects inputs) on up to `job.jobs` threads.

    The first Ctrl-C or SIGTERM lets running actions end and be kept; the outcome then has a `signal`. A damaged input
    ends the run too, and is the outcome's `damage`. Another error that is not about one icon (FilesystemError,
    ProviderError, ...) is raised; what was made before it is in the store.
    """
    tally = _Tally()
    schedule = Schedule(todo)
    job.progress.begin(len(todo))
    try:
        with _collecting(), _heeding_signals(tally):
            if job.jobs <= 1 or len(todo) == 1:
                _alone(schedule, tally, job)
            else:
                _together(schedule, tally, job._replace(jobs=min(job.jobs, len(todo))))
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
        signal=tally.signal,
        damage=tally.damage,
    )


@contextmanager
def _collecting() -> Iterator[None]:
    """With Python's cycle collector on, since pictures hold cycles; the plan, which lives on, is not walked by it."""
    was_on = gc.isenabled()
    gc.freeze()
    gc.enable()
    try:
        yield
    finally:
        gc.unfreeze()
        if not was_on:
            gc.disable()


@contextmanager
def _heeding_signals(tally: _Tally) -> Iterator[None]:
    """The first Ctrl-C, SIGTERM or SIGHUP is noted, so that it can break nothing half-way; the second interrupts."""

    def note(number: int, _: object) -> None:
        if tally.signal:
            raise KeyboardInterrupt
        tally.signal, tally.stopping = number, True

    before = {}
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) not in (signal.SIG_IGN, None):  # a job in the background ignores Ctrl-C
                before[number] = signal.signal(number, note)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _alone(schedule: Schedule, tally: _Tally, job: Job) -> None:
    while not tally.stopping and (action := schedule.take()):
        job.progress.started(action)
        _settle(_attempt(action, tally.results, job), schedule, tally, job)


def _together(schedule: Schedule, tally: _Tally, job: Job) -> None:
    orders: queue.SimpleQueue[Action | None] = queue.SimpleQueue()
    answers: queue.SimpleQueue[_Done] = queue.SimpleQueue()

    def work() -> None:
        while (action := orders.get()) is not None:
            answers.put(_attempt(action, tally.results, job))

    threads = _started(work, job.jobs)
    if not threads:
        _alone(schedule, tally, job)
        return
    running = 0
    try:
        while True:
            # No more orders than threads: an order that waits in the queue could not be taken back on Ctrl-C.
            while running < len(threads) and not tally.stopping and (action := schedule.take()):
                job.progress.started(action)
                orders.put(action)
                running += 1
            if running == 0:
                break
            done = answers.get()
            running -= 1
            _settle(done, schedule, tally, job)
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


def _attempt(action: Action, results: Mapping[ActionKey, Artifact], job: Job) -> _Done:
    try:
        store = job.tools.store
        inputs = [store.read(results.get(key) or job.known[key]) for key in action.inputs]
        payload = perform(action, inputs, job.tools, job.root)
        return _Done(action, store.record(action, payload), payload.spent)
    except BaseException as error:
        return _Done(action, error=error)


def _settle(done: _Done, schedule: Schedule, tally: _Tally, job: Job) -> None:
    """Book one answer. Errors that concern the whole run are raised here, in the calling thread."""
    action, error = done.action, done.error
    if done.artifact is not None:
        tally.results[action.key] = done.artifact
        tally.generated += isinstance(action.work, Generate)
        tally.processed += not isinstance(action.work, Generate)
        if done.spent:
            tally.spent.append(done.spent)
        schedule.done(action)
        job.progress.finished(action, done.artifact)
        return
    if isinstance(error, StoreError):
        tally.damage, tally.stopping = error, True
        return
    if isinstance(error, _DISK_ERRORS):
        # Not this icon's fault, and never to be remembered as its result.
        raise FilesystemError(f"{action.label}: {error}", remedy="free memory, disk or file handles and run again")
    if isinstance(error, (KeyboardInterrupt, IconbuildError)) and not isinstance(error, WorkError):
        raise error
    failure = error if isinstance(error, WorkError) else _unexpected(action, error)
    tally.failures.append(Failure(action, failure))
    tally.skipped += schedule.failed(action)
    tally.stopping = tally.stopping or not job.keep_going
    job.progress.failed(action, failure)


def _unexpected(action: Action, error: BaseException | None) -> WorkError:
    """A fault of ours in one icon must not take the others with it; its cause stays attached for --debug."""
    wrapped = WorkError(
        f"{action.label}: unexpected {type(error).__name__}: {error}", remedy="please report this; --debug shows more"
    )
    wrapped.__cause__ = error
    return wrapped
