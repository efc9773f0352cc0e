"""A message becomes an answer, within the provider's limit; what did not leave this machine is tried again."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from iconbuild.errors import IconbuildError, ProviderError
from iconbuild.model.purchase import Message, NotSentError, Reply, Sink, Turn
from iconbuild.purchasing.counter import Counter

_FALLBACK_WAIT = 15.0
"""Seconds behind a barrier where a 429 names none and no window is known."""
_LEAST_WAIT, _MOST_WAIT = 7.0, 120.0
_LEAST_PAUSE = 1.0
"""Seconds between two calls of a pool without a limit, whatever a server says."""


def send_in_turn(
    counter: Counter,
    message: Message,
    sink: Callable[[], Sink],
    pool: str,
    *,
    sending: Callable[[], None],
    deadline: float,
) -> Reply:
    """Wait for a turn and send once; only what failed before the body's first byte is sent again.

    Raises ProviderError where the provider cannot be reached, HaltedError, BrokenOffError.
    """
    import tenacity

    def once() -> Reply:
        turn = wait_for_turn(counter, pool)

        def leaving() -> None:
            counter.pause.check()
            sending()
            if turn is not None:
                with contextlib.suppress(IconbuildError):  # its place stands, if a little early: no reason to give up
                    counter.turns.sent(turn)

        return counter.wire.send(message, sink(), sending=leaving, deadline=deadline)

    retrying = tenacity.Retrying(
        retry=tenacity.retry_if_exception_type(NotSentError),
        stop=tenacity.stop_after_attempt(counter.patience.tries),
        wait=tenacity.wait_random_exponential(multiplier=0.25, max=4),
        sleep=counter.pause.sleep,
        reraise=True,
    )
    try:
        return retrying(once)
    except NotSentError as error:
        raise ProviderError(
            f"`{counter.remote.name}` cannot be reached: {error}; nothing was spent for what was not sent",
            remedy="check the network, and run the same command again",
        ) from None


def wait_for_turn(counter: Counter, pool: str) -> Turn | None:
    """A place in the log of sends; None where the pool has no limit."""
    limit = counter.limit(pool)
    while limit is not None:
        counter.pause.check()
        turn = counter.turns.take(counter.account, pool, limit)
        if turn.wait <= 0:
            return turn
        counter.pause.sleep(turn.wait)
    return None


def stand_back(counter: Counter, pool: str, wait: float | None) -> float:
    """After a 429 nobody sends for as long as was asked for, else for a part of the window; returns the seconds."""
    if wait is None:
        limit = counter.limit(pool)
        wait = max(_LEAST_WAIT, limit.window / 4) if limit else _FALLBACK_WAIT
    wait = min(wait, _MOST_WAIT)
    counter.turns.barrier(counter.account, pool, wait)
    if counter.limit(pool) is None:  # nobody waits for a turn there, and so nobody would meet the barrier
        wait = max(wait, _LEAST_PAUSE)
        counter.pause.sleep(wait)
    return wait
