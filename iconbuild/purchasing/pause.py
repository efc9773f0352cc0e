"""Waiting that ends at once when the run is stopped."""

from __future__ import annotations

import threading

from iconbuild.model.purchase import HaltedError


class Pause:
    """Sleeps for those who wait for a turn, until somebody halts them all; safe to share between threads."""

    def __init__(self) -> None:
        self._halted = threading.Event()

    def halt(self) -> None:
        """Wake everybody: nothing new is to be sent."""
        self._halted.set()

    def check(self) -> None:
        """Raise HaltedError where the run has been stopped."""
        if self._halted.is_set():
            raise HaltedError

    def sleep(self, seconds: float) -> None:
        """Wait so long, or raise HaltedError as soon as the run is stopped."""
        if self._halted.wait(seconds):
            raise HaltedError
