"""A run whose power is cut between any two calls: the next one finishes for free, buys, or says that nobody knows."""

from __future__ import annotations

import pytest

from iconbuild.errors import FilesystemError, UnknownOutcomeError
from iconbuild.model.ports import Limit
from iconbuild.model.purchase import State
from iconbuild.purchasing.recovery import Recovery, recover
from tests.purchasing.runs import HOME, Run
from tests.purchasing.shop import PRICE, Accident, Answer, PowerCutError, World, drawing
from tests.purchasing.stores import OPEN

HOUSE = drawing("house")
SCRIPTS = {
    "sold": [],
    "busy first": [Answer(429, charges=False, headers={"retry-after": "3"})],
    "unreachable first": [Answer(unreachable=True)],
    "late first": [Answer(late=True)],
    "refused": [Answer(400, charges=False)],
    "failed and charged": [Answer(500)],
    "failed and not charged": [Answer(500, charges=False)],
    "cut": [Answer(cut=32)],
}

SILENT = 7
"""The calls between the first byte that leaves and the last that arrives: nobody can know what became of it."""


def cut_at(point: int, script: list[Answer]) -> tuple[World, bool]:
    """A world in which a run was cut at one of its calls, and whether it got so far."""
    world = World(script=list(script))
    accident = Accident(point)
    run = Run(world, HOUSE, accident=accident, limit=Limit(10, 60.0, 10.0))
    try:
        run.desk.fulfil(HOUSE, [])
    except PowerCutError:
        return world, True
    except Exception:
        return world, False
    finally:
        run.end()
    return world, False


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_whatever_is_cut_nothing_is_paid_twice_in_silence(script: list[Answer]) -> None:
    points = reported = 0
    while True:
        world, cut = cut_at(points + 1, script)
        if not cut:
            break
        points += 1
        world.script.clear()
        before = len(world.charges)
        run = Run(world, HOUSE)
        run.recover()
        assert not [each for each in world.attempts.values() if each.state in OPEN]
        try:
            assert run.desk.fulfil(HOUSE, []).data == b"picture of house"
        except UnknownOutcomeError:
            reported += 1
            assert len(world.charges) == before
            continue
        assert world.charges == ["house"]
        assert (world.spooled, len(run.shelf.payloads)) == ({}, 1)
        booked = sum(each.spent for each in world.attempts.values())
        assert booked == PRICE
    assert points > 10
    assert reported < points
    if script == SCRIPTS["sold"]:
        assert reported <= SILENT


def test_a_power_cut_in_the_recovery_is_recovered_from() -> None:
    """Cut a run while its answer is whole, then cut the recovery at each of its calls, then recover."""
    base = 0
    while True:
        base += 1
        world, cut = cut_at(base, [])
        assert cut
        if [each.state for each in world.attempts.values()] == ["received"]:
            break
    for point in range(1, 99):
        world, _ = cut_at(base, [])
        run = Run(world, HOUSE, accident=Accident(point))
        try:
            run.recover()
        except PowerCutError:
            run.end()
            again = Run(world, HOUSE)
            again.recover()
            assert again.desk.fulfil(HOUSE, []).data == b"picture of house"
            assert (world.charges, world.spooled) == (["house"], {})
            continue
        break
    assert point > 4


def test_what_cannot_be_kept_waits_in_its_place() -> None:
    world = World()
    run = Run(world, HOUSE)
    run.shelf.room = False
    with pytest.raises(Exception, match="no room"):
        run.desk.fulfil(HOUSE, [])
    run.end()
    (said,) = Run(world, HOUSE).recover()
    assert said == f"`house` is paid and waits in spool/{next(iter(world.attempts))}: no room for the original"
    assert len(world.spooled) == 1


def unkept(folder: str = HOME) -> World:
    """A world in which a run is over that had the whole answer and no place for the picture."""
    world = World()
    run = Run(world, HOUSE, folder=folder)
    run.shelf.room = False
    with pytest.raises(FilesystemError):
        run.desk.fulfil(HOUSE, [])
    run.end()
    return world


@pytest.mark.parametrize("retry_unknown", [False, True])
def test_what_is_paid_and_waits_is_never_bought_again_while_there_is_no_room(retry_unknown: bool) -> None:
    world = unkept()
    for _ in range(3):
        run = Run(world, HOUSE, retry_unknown=retry_unknown)
        run.recover()
        with pytest.raises(FilesystemError):
            run.desk.fulfil(HOUSE, [])
        run.end()
    world.kept[HOME].room = True
    run = Run(world, HOUSE, retry_unknown=retry_unknown)
    (said,) = run.recover()
    assert said.startswith("finished `house`")
    assert run.desk.fulfil(HOUSE, []).data == b"picture of house"
    assert (world.charges, world.spooled) == (["house"], {})


@pytest.mark.parametrize("retry_unknown", [False, True])
@pytest.mark.parametrize("state", ["received", "unknown"])
def test_what_a_project_that_was_moved_has_paid_for_is_kept_in_its_new_place(state: State, retry_unknown: bool) -> None:
    world = unkept("/before/.iconbuild/originals")
    (attempt,) = world.attempts.values()
    world.attempts[attempt.id] = attempt._replace(state=state)
    run = Run(world, HOUSE, retry_unknown=retry_unknown)
    (said,) = run.recover()
    assert "is paid and waits" in said
    payload = run.desk.fulfil(HOUSE, [])
    assert (payload.data, payload.spent) == (b"picture of house", None)
    assert run.shelf.lookup(HOUSE.key) is not None
    assert (world.charges, world.spooled) == (["house"], {})


def test_an_answer_that_is_unclear_stays_unknown_in_silence() -> None:
    world = World(script=[Answer(500)])
    with pytest.raises(UnknownOutcomeError):
        Run(world, HOUSE).desk.fulfil(HOUSE, [])
    for _ in range(2):
        assert Run(world, HOUSE).recover() == []
    assert [each.state for each in world.attempts.values()] == ["unknown"]
    assert len(world.spooled) == 1


def test_an_unknown_outcome_is_told_with_what_it_may_have_cost() -> None:
    world = World(script=[Answer(cut=0)])
    accident = Accident()
    run = Run(world, HOUSE, accident=accident)
    run.book.unknown = lambda attempt, note: (_ for _ in ()).throw(PowerCutError)  # type: ignore[method-assign]
    with pytest.raises(PowerCutError):
        run.desk.fulfil(HOUSE, [])
    run.end()
    (said,) = Run(world, HOUSE).recover()
    (attempt,) = world.attempts.values()
    assert said == (
        f"nobody knows whether `house` was charged ({PRICE} tokens): see `iconbuild ledger`, attempt {attempt.id}"
    )
    assert attempt.state == "unknown"


def test_the_living_are_left_alone() -> None:
    world = World(script=[Answer(cut=0)])
    run = Run(world, HOUSE)
    run.book.claim(run.counter.order(HOUSE), budget=None, retry_unknown=False)
    assert Run(world, HOUSE).recover() == []
    assert [each.state for each in world.attempts.values()] == ["intent"]


def test_a_provider_of_a_later_version_is_left_to_that() -> None:
    world = unkept()
    run = Run(world, HOUSE)
    (said,) = recover(Recovery(run.book, run.tray, lambda name: None, run.shelf_at))
    assert "update iconbuild" in said
    assert [each.state for each in world.attempts.values()] == ["received"]
    assert len(world.spooled) == 1
