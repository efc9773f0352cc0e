"""The harness bites: five small programs that people would write are found out, and the one that is right is not."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest

from tests.torture import races
from tests.torture.faults import lied_to
from tests.torture.machine import lived
from tests.torture.subject import TWO, Subject, loop
from tests.torture.sweep import failed, failings, killed, points, thinned
from tests.torture.till import Shop
from tests.torture.verdict import Tally
from tests.torture.volumes import can_mount, small_disks

LATE = 5.0
"""Seconds: longer than a run and the next one take on a busy machine."""
MANY = {f"icon {number}": f"dist/{number}.webp" for number in range(24)}
BUDGET, PRICE = 40, 6

needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
everything = pytest.mark.torture


# K: at every call, with the charge on show at once or a moment later.


def _sweep(name: str, shop: Shop, base: Path, *, late: float = 0, most: int = 1) -> Tally:
    found = points(loop(name), shop, base / "points")
    return killed(loop(name), shop, base, thinned(found, most), late=late)


@needs_strace
def test_killed_the_obvious_loop_pays_twice_and_takes_half_a_file_for_whole(shop: Shop, tmp_path: Path) -> None:
    tally = _sweep("obvious", shop, tmp_path, most=9)
    assert tally.struck >= 15
    assert tally.kinds["double"] >= 4, tally
    assert tally.kinds["half"] == 2, tally
    assert tally.kinds.keys() == {"double", "half"}


@needs_strace
@pytest.mark.parametrize("name", ["atomic", "hopeful"])
def test_killed_who_orders_again_after_a_crash_pays_twice(shop: Shop, tmp_path: Path, name: str) -> None:
    tally = _sweep(name, shop, tmp_path)
    assert tally.kinds.keys() == {"double"}, tally
    assert tally.kinds["double"] >= 3
    assert tally.reported == 0


@needs_strace
def test_killed_a_balance_that_is_read_at_once_proves_nothing(shop: Shop, tmp_path: Path) -> None:
    assert not _sweep("hasty", shop, tmp_path / "at once").kinds
    late = _sweep("hasty", shop, tmp_path / "late", late=LATE)
    assert late.kinds.keys() == {"double"}, late
    assert late.kinds["double"] >= 2


@needs_strace
@pytest.mark.parametrize("late", [0, LATE])
@pytest.mark.parametrize("name", ["careful", "unreserved"])
def test_killed_who_journals_and_asks_passes(shop: Shop, tmp_path: Path, name: str, late: float) -> None:
    tally = _sweep(name, shop, tmp_path, late=late)
    assert not tally.kinds, tally
    assert tally.struck > 20
    assert tally.reported > 3


@needs_strace
@everything
@pytest.mark.parametrize("late", [0, LATE])
def test_killed_who_journals_and_asks_passes_everywhere(shop: Shop, tmp_path: Path, late: float) -> None:
    tally = _sweep("careful", shop, tmp_path, late=late, most=99)
    assert not tally.kinds, tally
    assert tally.struck > 80


# E: every call fails, and real disks are full.


def _starved(name: str, shop: Shop, base: Path) -> Tally:
    found = failings(thinned(points(loop(name), shop, base / "points")))
    return failed(loop(name), shop, base, found[:: max(1, len(found) // 30)])


@needs_strace
def test_starved_the_obvious_loop_pays_twice_and_leaves_half_a_file(shop: Shop, tmp_path: Path) -> None:
    kinds = _starved("obvious", shop, tmp_path).kinds
    assert kinds["double"] >= 4
    assert kinds["half"] >= 2


@needs_strace
@pytest.mark.parametrize("name", ["atomic", "hopeful"])
def test_starved_who_orders_again_pays_twice(shop: Shop, tmp_path: Path, name: str) -> None:
    assert _starved(name, shop, tmp_path).kinds["double"] >= 2


@needs_strace
def test_starved_who_makes_room_first_passes(shop: Shop, tmp_path: Path) -> None:
    tally = _starved("careful", shop, tmp_path)
    assert not tally.kinds, tally


@needs_strace
@pytest.mark.skipif(not can_mount(), reason="mounting a small disk needs root and unshare")
def test_starved_small_disks(shop: Shop, tmp_path: Path) -> None:
    tally, sizes = small_disks(loop("careful"), shop, tmp_path / "careful")
    assert len(sizes) == 30
    assert tally.struck == 30
    assert not tally.kinds, tally
    assert small_disks(loop("atomic"), shop, tmp_path / "atomic")[0].kinds["double"]


# S: every bad answer.


@pytest.mark.parametrize("name", ["obvious", "atomic", "hopeful"])
def test_lied_to_who_orders_again_after_any_error_pays_twice(shop: Shop, tmp_path: Path, name: str) -> None:
    tally = lied_to(loop(name), shop, tmp_path)
    assert tally.kinds.keys() == {"double"}, tally
    assert tally.kinds["double"] > 10


def test_lied_to_a_balance_that_is_read_at_once_proves_nothing(shop: Shop, tmp_path: Path) -> None:
    assert not lied_to(loop("hasty"), shop, tmp_path).kinds
    assert lied_to(loop("hasty"), shop, tmp_path, late=LATE).kinds["double"] > 10


def test_lied_to_who_asks_passes(shop: Shop, tmp_path: Path) -> None:
    tally = lied_to(loop("careful"), shop, tmp_path, late=LATE)
    assert not tally.kinds, tally
    assert tally.reported > 10


# R: eight at once.


def _shares(subject: Subject) -> list[list[str]]:
    """What each of the eight is to buy."""
    program, words = subject.command[: -len(MANY)], subject.command[-len(MANY) :]
    return [[*program, *words[number :: races.PROCESSES]] for number in range(races.PROCESSES)]


@pytest.mark.parametrize("race", [races.in_one_project, races.in_clones])
def test_raced_who_looks_only_at_files_pays_eight_times(shop: Shop, tmp_path: Path, race: races.Race) -> None:
    verdict, _ = race(loop("atomic"), shop, tmp_path / "raced")
    assert {said.kind for said in verdict.violations} == {"double"}
    assert "was sold 8 times" in str(verdict) or "was sold 9 times" in str(verdict)


@pytest.mark.parametrize("race", [races.in_one_project, races.in_clones])
def test_raced_who_takes_a_lock_pays_once(shop: Shop, tmp_path: Path, race: races.Race) -> None:
    verdict, endings = race(loop("careful"), shop, tmp_path / "raced")
    assert not verdict.violations
    assert {ended.code for ended in endings} == {0}


def test_raced_who_books_afterwards_spends_more_than_the_budget(shop: Shop, tmp_path: Path) -> None:
    subject = loop("unreserved", MANY)
    verdict, _ = races.on_one_budget(subject, _shares(subject), shop, tmp_path / "raced", BUDGET)
    assert {said.kind for said in verdict.violations} == {"budget"}


def test_raced_who_reserves_spends_no_more(shop: Shop, tmp_path: Path) -> None:
    subject = loop("careful", MANY)
    verdict, endings = races.on_one_budget(subject, _shares(subject), shop, tmp_path / "raced", BUDGET)
    assert not verdict.violations
    assert {ended.code for ended in endings} == {4}


# H: all of it in any order.


def _lives(name: str, shop: Shop, base: Path) -> None:
    maker = partial(_made, name)
    lived(maker, shop, base, points(maker(TWO), shop, base / "points"), examples=12, steps=8)


@needs_strace
@pytest.mark.parametrize("name", ["atomic", "hopeful", "hasty"])
def test_lived_a_broken_loop_does_not_live_long(shop: Shop, tmp_path: Path, name: str) -> None:
    with pytest.raises(AssertionError, match="sold more often than anybody asked for"):
        _lives(name, shop, tmp_path)


@needs_strace
def test_lived_a_careful_one_does(shop: Shop, tmp_path: Path) -> None:
    _lives("careful", shop, tmp_path)


def _made(name: str, outputs: Mapping[str, str]) -> Subject:
    return loop(name, outputs)
