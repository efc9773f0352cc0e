"""Words of workers become an outcome: what was made, what failed, what was skipped, and whether to go on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from iconbuild.errors import (
    BudgetError,
    CredentialError,
    FilesystemError,
    IconbuildError,
    ProviderError,
    StoreError,
    WorkError,
)
from iconbuild.executor.attempt import Done
from iconbuild.executor.batches import Batch, is_fused
from iconbuild.executor.lanes import LOCAL, Lane
from iconbuild.executor.schedule import Schedule
from iconbuild.model.artifact import Artifact
from iconbuild.model.money import Quote
from iconbuild.model.outcome import Failure, Outcome
from iconbuild.model.ports import Progress
from iconbuild.model.purchase import HaltedError
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Action, Generate
from iconbuild.signals import Noted

_DISK_ERRORS = (OSError, MemoryError)
_ENDS_PAID_WORK = (BudgetError, CredentialError, ProviderError)


class Halt:
    """Tells those who wait for a turn to give up: once, whoever asks first, a signal handler among them."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell
        self._first = threading.Lock()

    def __call__(self) -> None:
        if self._first.acquire(blocking=False):
            self._tell()


class Tally:
    """What a run has come to so far; only the calling thread changes it, and a signal between its steps."""

    def __init__(self, schedule: Schedule, progress: Progress, noted: Noted, halt: Halt, *, keep_going: bool) -> None:
        self._schedule, self._progress, self._keep_going = schedule, progress, keep_going
        self._noted, self.halt = noted, halt
        self.results: dict[ActionKey, Artifact] = {}
        self._failures: list[Failure] = []
        self._skipped: list[Action] = []
        self._spent: list[Quote] = []
        self._generated = self._processed = 0
        self._failed_fast = self._halted = self._told = False
        self._damage: StoreError | None = None
        self._stopped: IconbuildError | None = None

    @property
    def stopping(self) -> bool:
        """Whether nothing new is to be begun."""
        return bool(self._failed_fast or self._damage or self._noted.signal)

    @property
    def interrupted(self) -> bool:
        """Whether a signal came."""
        return bool(self._noted.signal)

    def waiting(self, calls: int) -> None:
        """Tell, the first time, that the interrupted run waits for `calls` to providers."""
        if calls and not self._told:
            self._told = True
            self._progress.interrupted(calls)

    def bars(self, lane: Lane) -> bool:
        """Whether nothing new is to be begun in `lane`: what was paid for is finished when no more can be bought."""
        return self.stopping or (lane != LOCAL and (self._stopped is not None or self._halted))

    def settle(self, batch: Batch, words: Sequence[Done], lane: Lane = LOCAL) -> None:
        """Book what came of one batch. What was not tried, because something before it failed, is skipped.

        Errors that concern the whole run are raised here, in the calling thread.
        """
        for done in words:
            self._book(done, lane)
        if self.stopping or self._stopped is not None:
            self.halt()
        tried = {done.action.key for done in words}
        self._skipped += [action for action in batch if action.key not in tried]

    def outcome(self) -> Outcome:
        """All of it; what was never begun is skipped."""
        return Outcome(
            results=self.results,
            failures=tuple(self._failures),
            skipped=(*self._skipped, *self._schedule.remaining()),
            generated=self._generated,
            processed=self._processed,
            spent=tuple(self._spent),
            signal=self._noted.signal,
            damage=self._damage,
            stopped=self._stopped,
        )

    def _book(self, done: Done, lane: Lane) -> None:
        action, error = done.action, done.error
        if error is None:
            self._count(done)
        elif isinstance(error, HaltedError):
            self._halted = True
            self._skipped.append(action)
        elif isinstance(error, StoreError) and not done.performing:
            self._damage = error
        elif lane != LOCAL and isinstance(error, _ENDS_PAID_WORK):
            self._stopped = self._stopped or error
            self._skipped.append(action)
        elif isinstance(error, _DISK_ERRORS):
            # Not this icon's fault, and never to be remembered as its result.
            raise FilesystemError(f"{action.label}: {error}", remedy="free memory, disk or file handles and run again")
        elif isinstance(error, (KeyboardInterrupt, IconbuildError)) and not isinstance(error, WorkError):
            raise error
        else:
            self._fail(action, error)

    def _count(self, done: Done) -> None:
        action = done.action
        self._generated += isinstance(action.work, Generate)
        self._processed += not isinstance(action.work, Generate)
        if done.spent:
            self._spent.append(done.spent)
        self._schedule.done(action)
        if done.artifact is not None:
            self.results[action.key] = done.artifact
            _tell(self._progress, action, done.artifact)

    def _fail(self, action: Action, error: BaseException) -> None:
        failure = error if isinstance(error, WorkError) else _unexpected(action, error)
        self._failures.append(Failure(action, failure))
        self._failed_fast = self._failed_fast or not self._keep_going
        _tell(self._progress, action, failure)


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
