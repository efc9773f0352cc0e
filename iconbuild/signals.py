"""Ctrl-C becomes a note: work in hand ends whole, nothing new is begun; the second one interrupts."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Noted:
    """The number of the signal that came, 0 while none has."""

    signal = 0


@contextmanager
def heeding_signals(on_first: Callable[[], None] = lambda: None) -> Iterator[Noted]:
    """Within it the first Ctrl-C, SIGTERM or SIGHUP is noted; the second raises KeyboardInterrupt.

    `on_first` is called once the first is noted, in the handler: between any two steps of the main thread. It has to be
    quick, and may wait for nothing that the main thread could hold.
    """
    noted = Noted()

    def note(number: int, _: object) -> None:
        if noted.signal:
            raise KeyboardInterrupt
        noted.signal = number
        on_first()

    before = {}
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) not in (signal.SIG_IGN, None):  # a job in the background ignores Ctrl-C
                before[number] = signal.signal(number, note)
    try:
        yield noted
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
