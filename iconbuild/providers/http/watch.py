"""Seconds become an end: a connection is cut off at its deadline, however slowly the other side drips."""

from __future__ import annotations

import contextlib
import socket
from threading import Lock, Timer
from time import monotonic


class Watch:
    """The deadline of one exchange; used as a context, made where its seconds begin.

    A timeout of a socket bounds the wait for one piece, and a server that sends a byte a second never runs into it. So
    the connection itself is shut down from another thread. That is done through a second descriptor of it, since TLS
    replaces the socket while it shakes hands, and since the socket's own methods are not for two threads.
    """

    def __init__(self, seconds: float) -> None:
        self._ends = monotonic() + seconds
        self._lock = Lock()
        self._timer = Timer(max(0.0, seconds), self._expire)
        self._timer.daemon = True
        self._held: socket.socket | None = None
        self.expired = False

    def __enter__(self) -> Watch:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        with self._lock:
            if self._held is not None:
                self._held.close()
                self._held = None

    def left(self) -> float:
        """Seconds until the end, at least a thousandth: a timeout of zero would mean something else."""
        return max(0.001, self._ends - monotonic())

    def hold(self, connected: socket.socket) -> None:
        """Cut `connected` off at the end."""
        with self._lock:
            self._held = connected.dup()
        if self.expired:
            self._expire()

    def _expire(self) -> None:
        with self._lock:
            self.expired = True
            if self._held is not None:
                with contextlib.suppress(OSError):  # the other side has gone
                    self._held.shutdown(socket.SHUT_RDWR)
