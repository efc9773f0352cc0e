"""Two clocks become one age that no change of the wall clock can make longer or shorter within one boot."""

from __future__ import annotations

import os
import time
from typing import NamedTuple


class Moment(NamedTuple):
    """A time on this machine."""

    wall: float
    """Seconds since the epoch, as the wall clock says."""
    uptime: float
    """Seconds since the machine was started, sleep included."""
    boot: str
    """Which start of which machine that was; empty where nobody knows, and then `uptime` means nothing."""


def now() -> Moment:
    """This moment."""
    return Moment(time.time(), _uptime(), boot_id())


def age(then: Moment, later: Moment) -> float:
    """Seconds from `then` to `later`, never negative; the wall clock is asked only across boots."""
    if then.boot and then.boot == later.boot:
        return max(0.0, later.uptime - then.uptime)
    return max(0.0, later.wall - then.wall)


def _uptime() -> float:
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


def boot_id() -> str:
    """The name of this start of the machine; empty where the system has none."""
    return _line("/proc/sys/kernel/random/boot_id")


def host_id() -> str:
    """The name of this machine."""
    return _line("/etc/machine-id") or os.uname().nodename


def _line(path: str) -> str:
    """The first line of a file; other errors, such as too many open files, must not look like another machine."""
    try:
        with open(path, encoding="ascii") as file:
            return file.read(64).strip()
    except (FileNotFoundError, PermissionError, UnicodeDecodeError):
        return ""
