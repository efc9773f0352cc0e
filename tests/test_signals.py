"""The first signal is noted, the second interrupts, and what was there before comes back."""

from __future__ import annotations

import signal
import threading

import pytest

from iconbuild.signals import heeding_signals


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_first_is_noted_and_the_second_interrupts(number: int) -> None:
    before = signal.getsignal(number)
    with heeding_signals() as noted:
        assert noted.signal == 0
        signal.raise_signal(number)
        assert noted.signal == number
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(number)
    assert signal.getsignal(number) is before


def test_the_first_and_no_other_is_told_once_it_is_noted() -> None:
    told = []
    with heeding_signals(lambda: told.append(noted.signal)) as noted:
        signal.raise_signal(signal.SIGTERM)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)
    assert told == [signal.SIGTERM]


def test_what_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with heeding_signals() as noted:
            signal.raise_signal(signal.SIGHUP)
            assert noted.signal == 0
    finally:
        signal.signal(signal.SIGHUP, before)


def test_other_threads_leave_signals_alone() -> None:
    before = signal.getsignal(signal.SIGINT)
    seen = []

    def look() -> None:
        with heeding_signals():
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [before]
