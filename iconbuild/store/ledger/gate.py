"""One writer at a time: a kernel lock on a file that is never deleted, so that the dead block nobody."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from iconbuild.disk import cannot
from iconbuild.errors import FilesystemError

WAIT = 30.0
"""Seconds after which whoever waits gives up: a change takes some fifty milliseconds."""
_PAUSE = 0.004
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC


@contextmanager
def passing(path: str, *, wait: float = WAIT) -> Iterator[None]:
    """Hold the lock on `path` for the duration; raises FilesystemError after `wait` seconds, or without locks."""
    try:
        descriptor = _acquire(path, time.monotonic() + wait, wait)
    except OSError as error:
        raise cannot("lock", path, error) from error
    try:
        yield
    finally:
        os.close(descriptor)


def _acquire(path: str, deadline: float, wait: float) -> int:
    while True:
        descriptor = os.open(path, _FLAGS, 0o600)
        try:
            if try_lock(descriptor) and is_still(path, descriptor):
                with contextlib.suppress(OSError):  # a full disk: the name is a courtesy to those who wait
                    os.pwrite(descriptor, f"process {os.getpid():<10}".encode(), 0)
                return descriptor
            holder = os.pread(descriptor, 64, 0).decode("ascii", "replace").strip() or "another process"
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        if time.monotonic() >= deadline:
            raise FilesystemError(
                f"{holder} has held {path} for {wait:g} seconds",
                remedy="end it or let it go on, and run the same command again; nothing is lost",
            )
        time.sleep(_PAUSE)


def try_lock(descriptor: int) -> bool:
    """Whether the exclusive lock is ours now; raises OSError where there are no locks."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_locked(descriptor: int) -> bool:
    """Whether somebody holds the exclusive lock; those who ask do not meet one another."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False


def is_still(path: str, descriptor: int) -> bool:
    """Whether the file we locked is the one that others will find."""
    try:
        return os.path.samestat(os.stat(path, follow_symlinks=False), os.fstat(descriptor))
    except OSError:
        return False
