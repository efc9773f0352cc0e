"""A run that is stopped: nothing new is sent, and nothing stays booked for what was not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from iconbuild.model.ports import Limit
from iconbuild.model.purchase import Attempt, HaltedError, Message, Reply, Sink
from tests.purchasing.runs import Run
from tests.purchasing.shop import World, drawing

HOUSE = drawing("house")


def the_attempt(world: World) -> Attempt:
    """The only one there is."""
    (found,) = world.attempts.values()
    return found


def test_a_run_that_is_stopped_sends_nothing_new() -> None:
    world = World()
    run = Run(world, HOUSE)
    run.desk.halt()
    with pytest.raises(HaltedError):
        run.desk.fulfil(HOUSE, [])
    assert (world.requests, world.attempts) == ([], {})


def test_a_run_that_is_stopped_while_it_waits_for_a_turn_leaves_nothing_booked() -> None:
    world = World(sends=[("generation", 1_000_000.0)])
    run = Run(world, HOUSE, limit=Limit(1, 60.0, 10.0))
    take = run.counter.turns.take

    def stopped(account: str, pool: str, limit: Limit) -> object:
        run.desk.halt()
        return take(account, pool, limit)

    run.counter.turns.take = stopped  # type: ignore[method-assign,assignment]
    with pytest.raises(HaltedError):
        run.desk.fulfil(HOUSE, [])
    assert (world.requests, the_attempt(world).state, world.spooled) == ([], "void", {})


def test_a_run_that_is_stopped_while_it_connects_sends_nothing() -> None:
    world = World()
    run = Run(world, HOUSE)
    send = run.counter.wire.send

    def slow(message: Message, sink: Sink, *, sending: Callable[[], None], deadline: float) -> Reply:
        run.desk.halt()
        return send(message, sink, sending=sending, deadline=deadline)

    run.counter.wire.send = slow  # type: ignore[method-assign]
    with pytest.raises(HaltedError):
        run.desk.fulfil(HOUSE, [])
    assert (world.requests, the_attempt(world).state, world.spooled) == ([], "void", {})
