"""Many orders at one desk: others that buy the same, the budget, the balance, and when buying ends."""

from __future__ import annotations

from decimal import Decimal

import pytest

from iconbuild.errors import (
    BudgetError,
    CredentialError,
    FilesystemError,
    ProviderError,
    UnknownOutcomeError,
    WorkError,
)
from iconbuild.model.purchase import BrokenOffError, Claimed, HaltedError, LostError
from tests.purchasing.runs import Run
from tests.purchasing.shop import PRICE, Answer, World, drawing, task

HOUSE, TREE = drawing("house"), drawing("tree")
ELSEWHERE = "/elsewhere/.iconbuild/originals"


def test_what_another_project_has_bought_is_taken_from_there_and_kept_here_too() -> None:
    world = World()
    Run(world, HOUSE, folder=ELSEWHERE).desk.fulfil(HOUSE, [])
    here = Run(world, HOUSE)
    payload = here.desk.fulfil(HOUSE, [])
    assert (payload.data, payload.spent) == (b"picture of house", None)
    assert here.shelf.lookup(HOUSE.key) is not None
    assert world.charges == ["house"]


def test_what_was_bought_and_lost_is_not_bought_again_unasked() -> None:
    world = World()
    run = Run(world, HOUSE)
    run.desk.fulfil(HOUSE, [])
    run.shelf.artifacts.clear()
    run.shelf.payloads.clear()
    with pytest.raises(LostError, match="not bought again unasked") as raised:
        run.desk.fulfil(HOUSE, [])
    assert "build --buy-lost" in raised.value.remedy
    assert world.charges == ["house"]
    Run(world, HOUSE, buy_lost=True).desk.fulfil(HOUSE, [])
    assert world.charges == ["house", "house"]


def test_damaged_bytes_are_looked_for_elsewhere() -> None:
    world = World()
    Run(world, HOUSE, folder=ELSEWHERE).desk.fulfil(HOUSE, [])
    here = Run(world, HOUSE)
    artifact = world.kept[ELSEWHERE].artifacts[HOUSE.key]
    here.shelf.artifacts[HOUSE.key] = artifact  # a record here whose bytes are gone
    assert here.desk.fulfil(HOUSE, []).data == b"picture of house"


def test_somebody_who_buys_the_same_is_waited_for_but_not_for_ever() -> None:
    world = World()
    rival, run = Run(world, HOUSE), Run(world, HOUSE)
    claim = rival.book.claim(rival.counter.order(HOUSE), budget=None, retry_unknown=False)
    assert isinstance(claim, Claimed)
    with pytest.raises(FilesystemError, match="process 7 has been buying `house`"):
        run.desk.fulfil(HOUSE, [])
    sleep = run.pause.sleep

    def done_meanwhile(seconds: float) -> None:
        sleep(seconds)
        rival.book.void(claim.attempt, "given up")

    run.pause.sleep = done_meanwhile  # type: ignore[method-assign]
    run.desk.fulfil(HOUSE, [])
    assert world.charges == ["house"]


def test_the_budget_counts_what_is_reserved_and_what_is_unknown() -> None:
    world = World(script=[Answer(status=500)])
    run = Run(world, HOUSE, TREE, budget=PRICE)
    with pytest.raises(UnknownOutcomeError):
        run.desk.fulfil(HOUSE, [])
    with pytest.raises(BudgetError):
        run.desk.fulfil(TREE, [])
    assert world.charges == ["house"]


@pytest.mark.parametrize("status", [401, 402])
def test_a_refused_key_or_an_empty_account_ends_all_buying(status: int) -> None:
    world = World(script=[Answer(status=status, charges=False)])
    run = Run(world, HOUSE, TREE)
    with pytest.raises((CredentialError, BudgetError)):
        run.desk.fulfil(HOUSE, [])
    with pytest.raises(HaltedError):
        run.desk.fulfil(TREE, [])
    assert world.charges == []


def test_three_unclear_answers_in_a_row_end_all_buying() -> None:
    icons = [drawing(name) for name in ("a", "b", "c", "d", "e", "f")]
    world = World(script=[Answer(500), Answer(500), Answer(), Answer(500), Answer(500), Answer(500)])
    run = Run(world, *icons, drawing("g"))
    for number, icon in enumerate(icons):
        if number == 2:
            run.desk.fulfil(icon, [])
        else:
            with pytest.raises(UnknownOutcomeError):
                run.desk.fulfil(icon, [])
    with pytest.raises(HaltedError):
        run.desk.fulfil(drawing("g"), [])


def test_the_balance_is_read_kept_and_compared() -> None:
    world = World(tokens=100)
    run = Run(world)
    assert run.desk.refuse_beyond_balance(Decimal(100)) == []
    assert [reading.total for reading in world.readings] == [100]
    with pytest.raises(BudgetError, match=r"costs 101 tokens and the account holds 100; nothing was spent"):
        run.desk.refuse_beyond_balance(Decimal(101))


def test_a_balance_that_is_not_told_is_an_error_of_the_provider() -> None:
    world = World(script=[Answer(cut=0)] * 4)
    with pytest.raises(ProviderError, match="did not tell the balance"):
        Run(world).desk.balance()
    world.script = [Answer(status=401)]
    with pytest.raises(CredentialError):
        Run(world).desk.balance()


@pytest.mark.parametrize("charged", [False, True])
def test_what_the_balance_proves_is_void_and_bought_anew(charged: bool) -> None:
    world = World(script=[Answer(), Answer(status=500, charges=charged)])
    first = Run(world, HOUSE)
    first.desk.refuse_beyond_balance(Decimal(PRICE))
    with pytest.raises(UnknownOutcomeError):
        first.desk.fulfil(HOUSE, [])
    said = []
    for wait in (1.0, 130.0, 31.0):
        world.now += wait
        said.append(Run(world, HOUSE).desk.refuse_beyond_balance(Decimal(PRICE)))
    (attempt,) = world.attempts.values()
    if charged:
        assert (said, attempt.state) == ([[], [], []], "unknown")
    else:
        assert said == [[], [], ["`house` was not charged: the balance of before and after is the same"]]
        assert (attempt.state, world.spooled) == ("void", {})
        Run(world, HOUSE).desk.fulfil(HOUSE, [])
        assert world.charges == ["house"]


def test_a_free_step_is_tried_again_and_then_fails_alone() -> None:
    smooth = task("smooth")
    world = World(script=[Answer(status=500), Answer(cut=0), Answer()])
    assert Run(world).desk.fulfil(smooth, []).data == b"picture of smooth"
    world.script = [Answer(cut=0)] * 4
    with pytest.raises(WorkError, match="smooth at shop failed"):
        Run(world).desk.fulfil(smooth, [])
    world.script = [Answer(status=500)] * 4
    with pytest.raises(WorkError, match=r"smooth at shop failed \(500\)"):
        Run(world).desk.fulfil(smooth, [])
    world.script = [Answer(status=400)]
    with pytest.raises(WorkError, match="does not like it"):
        Run(world).desk.fulfil(smooth, [])
    assert (world.attempts, world.charges) == ({}, [])


def test_an_upload_is_sent_once() -> None:
    world = World(script=[Answer(), Answer(cut=0)])
    with pytest.raises(BrokenOffError):
        Run(world).desk.fulfil(task("library", "upload"), [])
    assert [message.path for message in world.requests] == ["/list/", "/library/"]


def test_a_free_call_gives_up_where_there_are_always_too_many() -> None:
    world = World(script=[Answer(status=429, headers={"retry-after": "100"})] * 20)
    run = Run(world)
    with pytest.raises(WorkError, match="too many calls"):
        run.desk.fulfil(task("smooth"), [])
    assert len(world.requests) == 7


@pytest.mark.parametrize(("asked", "waited"), [("5", 5.0), ("0.01", 1.0)])
def test_where_no_limit_is_known_too_many_calls_are_followed_by_a_wait_all_the_same(asked: str, waited: float) -> None:
    world = World(script=[Answer(status=429, headers={"retry-after": asked})] * 3)
    run = Run(world)
    assert run.desk.balance().total == 2500
    assert run.pause.slept == [waited] * 3


def test_bytes_without_a_record_are_found_by_their_name() -> None:
    world = World()
    run = Run(world, HOUSE)
    run.desk.fulfil(HOUSE, [])
    run.shelf.artifacts.clear()
    assert run.desk.fulfil(HOUSE, []).data == b"picture of house"
    assert world.charges == ["house"]
