"""Who lives: a run holds a kernel lock on a file of its own, and a lock that anybody can take is a dead run's."""

from __future__ import annotations

import contextlib
import os
import threading
import weakref
from typing import NamedTuple

from iconbuild.disk import cannot, make_lasting_folder
from iconbuild.store.ledger.gate import is_locked, is_still, try_lock
from iconbuild.store.ledger.moments import boot_id, host_id

_SUFFIX = ".lock"
_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_OLD = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC


class Run(NamedTuple):
    """Who makes an attempt: a run, its process, and the machine since its last start."""

    run: str
    pid: int
    host: str
    boot: str


class Runs:
    """The runs of all processes, in `<state>/runs/`; this one begins when it is first asked for.

    It lives as long as this object, or until `close`. Where a lock file is deleted under a live run, that run looks
    dead; its purchases are safe all the same, because nothing is sent for an attempt that somebody else made void.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._mutex = threading.Lock()
        self._own: Run | None = None
        self._closing: weakref.finalize[..., Runs] | None = None

    def own(self) -> Run:
        """This run, its lock held; raises FilesystemError."""
        with self._mutex:
            if self._own is None or self._own.pid != os.getpid():  # a fork is another run
                self._release()
                self._own = self._begin()
            return self._own

    def close(self) -> None:
        """End this run: what it left open belongs to the dead."""
        with self._mutex:
            self._release()

    def _release(self) -> None:
        self._own = None
        if self._closing is not None:
            self._closing()
            self._closing = None

    def _begin(self) -> Run:
        for folder in (os.path.dirname(self._folder), self._folder):
            make_lasting_folder(folder, mode=0o700)
        try:
            self._bury()
            while True:
                name = f"{os.getpid()}-{os.urandom(4).hex()}"
                path = os.path.join(self._folder, name + _SUFFIX)
                descriptor = os.open(path, _NEW, 0o600)
                self._closing = weakref.finalize(self, os.close, descriptor)
                # Between the two calls somebody may have taken the file for a dead run's and removed it.
                if try_lock(descriptor) and is_still(path, descriptor):
                    return Run(name, os.getpid(), host_id(), boot_id())
                self._release()
        except OSError as error:
            raise cannot("lock a file in", self._folder, error) from error

    def lives(self, run: Run) -> bool:
        """Whether a run may still act; on another machine, or before the last start of this one, none does."""
        try:
            here = run.host == host_id() and run.boot == boot_id() and os.path.basename(run.run) == run.run
        except OSError as error:
            raise cannot("ask for", "the name of this machine", error) from error
        return here and self._locked(run.run + _SUFFIX)

    def _locked(self, name: str) -> bool:
        path = os.path.join(self._folder, name)
        try:
            descriptor = os.open(path, _OLD)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise cannot("look at", path, error) from error
        try:
            return is_locked(descriptor)
        except OSError as error:
            raise cannot("lock", path, error) from error
        finally:
            os.close(descriptor)

    def _bury(self) -> None:
        """Remove the files of dead runs: a run without a file is just as dead."""
        for name in os.listdir(self._folder):
            if name.endswith(_SUFFIX) and not self._locked(name):
                with contextlib.suppress(OSError):
                    os.unlink(os.path.join(self._folder, name))
