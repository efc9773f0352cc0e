"""An action becomes a lane: work that waits for a provider's network goes beside work that needs the processor."""

from __future__ import annotations

from collections.abc import Container
from math import ceil
from typing import NamedTuple

from iconbuild.model.ports import Limit
from iconbuild.model.work import Action, Delegate, Generate

_WIDEST = 64
_UNLIMITED = 6
"""Calls in flight where a provider states no limit: what browsers keep open to one host."""


class Lane(NamedTuple):
    """Work that takes turns with its like: calls to one pool of one remote provider, or all that runs here."""

    provider: str
    pool: str


LOCAL = Lane("", "")


def lane_of(action: Action, remote: Container[str]) -> Lane:
    """The lane of an action; `remote` are the providers behind a network."""
    work = action.work
    if isinstance(work, (Generate, Delegate)) and work.provider in remote:
        return Lane(work.provider, action.pool)
    return LOCAL


def width(limit: Limit | None) -> int:
    """How many calls have to be in flight for `limit` to be used up, at most 64.

    As many as a window takes; while calls last longer than a window, those of the next windows come on top.
    """
    if limit is None:
        return _UNLIMITED
    windows = ceil(limit.latency / limit.window) if limit.window > 0 else 1
    return min(_WIDEST, limit.calls * max(1, windows))
