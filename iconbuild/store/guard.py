"""One build of a project at a time: a kernel lock on a file that is never deleted, so that the dead block nobody."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from iconbuild.disk import cannot, make_folder
from iconbuild.errors import FilesystemError

WAIT_VARIABLE = "ICONBUILD_LOCK_TIMEOUT"
_DEFAULT_WAIT = 600.0
_PAUSE = 0.05


@contextmanager
def exclusive(
    folder: str, *, waiting: Callable[[str], None], wait: float | None = None, what: str = "build of this project"
) -> Iterator[None]:
    """Hold the lock of `folder` for the duration; `waiting` is told once who holds it, `what` is what holders do.

    Waits at most `wait` seconds (else ICONBUILD_LOCK_TIMEOUT, else ten minutes); then raises FilesystemError.
    """
    limit = wait_limit() if wait is None else wait
    try:
        descriptor = _acquire(folder, waiting, limit, what)
    except OSError as error:
        raise cannot("lock", os.path.join(folder, "lock"), error) from error
    try:
        yield
    finally:
        os.close(descriptor)


def _acquire(folder: str, waiting: Callable[[str], None], limit: float, what: str) -> int:
    """The descriptor that holds the lock."""
    path = os.path.join(folder, "lock")
    deadline, told = time.monotonic() + limit, False
    while True:
        make_folder(folder)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            ours = _try_lock(descriptor) and _is_still(path, descriptor)
        except OSError:
            os.close(descriptor)
            raise
        if ours:
            with contextlib.suppress(OSError):  # a full disk: the name is a courtesy to those who wait
                os.ftruncate(descriptor, 0)
                os.pwrite(descriptor, f"process {os.getpid()}".encode(), 0)
            return descriptor
        holder = _holder(descriptor)
        os.close(descriptor)
        if time.monotonic() >= deadline:
            raise FilesystemError(
                f"another {what} ({holder}) still runs after {limit:g} seconds",
                remedy=f"wait for it or end it; {WAIT_VARIABLE} sets the limit in seconds",
            )
        if not told:
            waiting(holder)
            told = True
        time.sleep(_PAUSE)


def _is_still(path: str, descriptor: int) -> bool:
    """Whether the file we locked is the one that others will find: somebody may have deleted the cache meanwhile."""
    try:
        return os.path.samestat(os.stat(path, follow_symlinks=False), os.fstat(descriptor))
    except OSError:
        return False


def wait_limit() -> float:
    """Seconds for which another process is waited for, unless somebody says otherwise."""
    try:
        return max(0.0, float(os.environ.get(WAIT_VARIABLE, _DEFAULT_WAIT)))
    except ValueError:
        return _DEFAULT_WAIT


def _holder(descriptor: int) -> str:
    return os.pread(descriptor, 64, 0).decode("ascii", "replace") or "unknown process"


def _try_lock(descriptor: int) -> bool:
    """Whether the lock is ours now; any OSError but `held by another` means that there are no locks here."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
