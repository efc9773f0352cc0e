"""Python's cycle collector is on or off for a while."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector(*, on: bool) -> Iterator[None]:
    """Within it the collector runs or does not; afterwards it is as it was."""
    was_on = gc.isenabled()
    _switch(on)
    try:
        yield
    finally:
        _switch(was_on)


def _switch(on: bool) -> None:
    if on:
        gc.enable()
    else:
        gc.disable()
