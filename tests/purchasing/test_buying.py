"""One paid call: what is sent, kept and booked, whatever the server, the disk or the network does."""

from __future__ import annotations

from decimal import Decimal

import pytest

from iconbuild.errors import (
    BudgetError,
    CredentialError,
    FilesystemError,
    IconbuildError,
    ProviderError,
    UnknownOutcomeError,
    WorkError,
)
from iconbuild.model.money import Quote
from iconbuild.model.ports import Limit
from iconbuild.model.purchase import Attempt, HaltedError
from tests.purchasing.runs import Run
from tests.purchasing.shop import PRICE, Answer, World, drawing
from tests.purchasing.stores import OPEN

HOUSE = drawing("house")


def the_attempt(world: World) -> Attempt:
    """The only one there is."""
    (found,) = world.attempts.values()
    return found


def refused(world: World, error: type[IconbuildError], **settings: object) -> str:
    """What is said where the house cannot be bought."""
    with pytest.raises(error) as raised:
        Run(world, HOUSE, **settings).desk.fulfil(HOUSE, [])  # type: ignore[arg-type]
    return raised.value.render()


def test_a_picture_is_bought_kept_and_booked() -> None:
    world, run = World(), Run(World(), HOUSE)
    run = Run(world, HOUSE)
    run.desk.balance()
    payload = run.desk.fulfil(HOUSE, [])
    assert payload.data == b"picture of house"
    assert payload.spent == Quote("token", Decimal(PRICE), "exact")
    assert world.charges == ["house"]
    attempt = the_attempt(world)
    assert (attempt.state, attempt.spent, attempt.price) == ("settled", PRICE, "observed")
    assert attempt.order.recipe == HOUSE.recipe_text()
    assert run.shelf.lookup(HOUSE.key) is not None
    assert world.spooled == {}


def test_a_price_that_the_balance_does_not_show_is_an_estimate() -> None:
    payload = Run(World(), HOUSE).desk.fulfil(HOUSE, [])
    assert payload.spent == Quote("token", Decimal(PRICE), "estimate")


@pytest.mark.parametrize(
    ("quote", "reserved"),
    [
        (Quote("token", Decimal(9), "estimate"), 9),
        (Quote("token", Decimal(9), "lower"), 27),
        (Quote("token", Decimal(40), "lower"), 40),
        (Quote("token", None, "lower"), 27),
    ],
)
def test_the_worst_price_is_reserved(quote: Quote, reserved: int) -> None:
    world = World(script=[Answer(status=500)])
    refused(world, UnknownOutcomeError, price=quote)
    assert the_attempt(world).spent == reserved
    assert the_attempt(world).order.planned == quote.amount


@pytest.mark.parametrize(
    ("status", "error", "code"), [(400, WorkError, 1), (401, CredentialError, 5), (402, BudgetError, 4)]
)
def test_a_refusal_costs_nothing_and_leaves_nothing(status: int, error: type[IconbuildError], code: int) -> None:
    world = World(script=[Answer(status=status, charges=False)])
    refused(world, error)
    assert error.exit_code == code
    assert (the_attempt(world).state, the_attempt(world).spent) == ("void", 0)
    assert world.spooled == {}
    Run(world, HOUSE).desk.fulfil(HOUSE, [])
    assert world.charges == ["house"]


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=500),
        Answer(status=502, charges=False),
        Answer(body=b"<html>"),
        Answer(cut=0),
        Answer(cut=32),
    ],
    ids=["500", "502", "html", "cut at once", "cut"],
)
def test_what_may_have_been_charged_is_unknown_and_not_sent_again(answer: Answer) -> None:
    world = World(script=[answer])
    said = refused(world, UnknownOutcomeError)
    attempt = the_attempt(world)
    assert f"iconbuild ledger resolve {attempt.id} --charged" in said
    assert "--retry-unknown" in said
    assert (attempt.state, attempt.spent) == ("unknown", PRICE)
    assert attempt.id in world.spooled  # the raw answer is kept
    requests = len(world.requests)
    assert attempt.id in refused(world, UnknownOutcomeError)
    assert len(world.requests) == requests
    Run(world, HOUSE, retry_unknown=True).desk.fulfil(HOUSE, [])
    assert len(world.requests) == requests + 1
    assert sorted(each.state for each in world.attempts.values()) == ["settled", "unknown"]


def test_an_answer_of_another_shape_ends_all_paid_work() -> None:
    world = World(script=[Answer(body=b"{}")])
    assert "API has changed" in refused(world, ProviderError)
    assert the_attempt(world).state == "unknown"


def test_an_unreachable_server_is_tried_again_and_then_nothing_is_owed() -> None:
    world = World(script=[Answer(unreachable=True)] * 4)
    refused(world, ProviderError)
    assert (the_attempt(world).state, world.requests, world.spooled) == ("void", [], {})
    world.script = [Answer(unreachable=True)] * 3
    Run(world, HOUSE).desk.fulfil(HOUSE, [])
    assert world.charges == ["house"]


def test_too_many_calls_are_waited_for_and_then_bought_once() -> None:
    world = World(script=[Answer(429, charges=False, headers={"retry-after": "5"}), Answer(429, charges=False)])
    run = Run(world, HOUSE, limit=Limit(10, 60.0, 10.0))
    run.desk.fulfil(HOUSE, [])
    assert run.pause.slept == [5.0, 15.0]
    assert (world.charges, the_attempt(world).state) == (["house"], "settled")


def test_too_many_calls_for_ever_end_with_nothing_spent() -> None:
    world = World(script=[Answer(429, charges=False, headers={"retry-after": "120"})] * 99)
    assert "too many calls" in refused(world, WorkError, limit=Limit(10, 60.0, 10.0))
    assert (the_attempt(world).state, world.charges, world.spooled) == ("void", [], {})
    assert len(world.requests) == 6


def test_nothing_is_sent_or_waited_for_where_there_is_no_room_for_the_answer() -> None:
    world = World(sends=[("generation", 1_000_000.0)])
    run = Run(world, HOUSE, limit=Limit(1, 60.0, 10.0))
    run.tray.room = False
    with pytest.raises(FilesystemError, match="no room"):
        run.desk.fulfil(HOUSE, [])
    assert (world.requests, the_attempt(world).state, run.pause.slept) == ([], "void", [])


def test_nothing_is_ordered_where_it_could_not_be_kept() -> None:
    world = World()
    run = Run(world, HOUSE)
    run.shelf.writable = False
    with pytest.raises(FilesystemError, match="cannot be written"):
        run.desk.fulfil(HOUSE, [])
    assert (world.requests, world.attempts) == ([], {})


def test_an_answer_that_cannot_be_kept_waits_in_the_spool_for_the_next_run() -> None:
    world = World()
    run = Run(world, HOUSE)
    run.shelf.room = False
    with pytest.raises(FilesystemError, match="no room"):
        run.desk.fulfil(HOUSE, [])
    assert the_attempt(world).state == "received"
    run.end()
    run.shelf.room = True
    again = Run(world, HOUSE)
    assert again.recover() == [f"finished `house`, paid by a run that ended early ({PRICE} tokens)"]
    assert again.desk.fulfil(HOUSE, []).data == b"picture of house"
    assert (world.charges, world.spooled) == (["house"], {})


def test_an_answer_that_the_disk_does_not_take_for_good_is_not_given_up() -> None:
    world = World()
    run = Run(world, HOUSE)

    def broken(attempt: str) -> None:
        raise FilesystemError(f"cannot write {run.tray.path(attempt)}: Input/output error")

    run.tray.secure = broken  # type: ignore[method-assign]
    with pytest.raises(FilesystemError, match="the answer to `house`, which was paid for"):
        run.desk.fulfil(HOUSE, [])
    assert the_attempt(world).state in OPEN
    run.end()
    assert len(Run(world, HOUSE).recover()) == 1
    assert the_attempt(world).state == "settled"


def test_a_turn_log_that_fails_makes_no_riddle_of_a_call_that_was_not_sent() -> None:
    world = World()
    run = Run(world, HOUSE, limit=Limit(10, 60.0, 10.0))

    def broken(turn: object) -> None:
        raise FilesystemError("no room in the log of sends")

    run.counter.turns.sent = broken  # type: ignore[method-assign]
    run.desk.fulfil(HOUSE, [])
    assert (world.charges, the_attempt(world).state) == (["house"], "settled")


def test_a_higher_price_keeps_the_picture_and_ends_all_buying() -> None:
    world = World()
    dear, next_ = drawing("castle"), drawing("tower")
    run = Run(world, dear, next_, price=Quote("token", Decimal(2), "estimate"))
    run.desk.balance()
    assert run.desk.fulfil(dear, []).data == b"picture of castle"
    assert isinstance(run.desk.stopped, BudgetError)
    assert "4 tokens less than the plan says" in run.desk.stopped.message
    with pytest.raises(HaltedError):
        run.desk.fulfil(next_, [])
    assert world.charges == ["castle"]
