"""Whoever kills the real program, fills its disk, lies to it or starts it eight times does not make it pay twice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.torture import races
from tests.torture.faults import CASES, DRIPPING, cases, lied_to
from tests.torture.machine import lived
from tests.torture.subject import iconbuild, trial
from tests.torture.sweep import failed, failings, killed, points, thinned, vital
from tests.torture.till import Shop
from tests.torture.verdict import Tally
from tests.torture.volumes import can_mount, small_disks

LATE = 1.5
MANY = {f"icon number {number}": f"dist/{number}.webp" for number in range(24)}
PRICE = 6

needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
needs_mount = pytest.mark.skipif(not can_mount(), reason="mounting a small disk needs root and unshare")
everything = pytest.mark.torture


def _sound(tally: Tally) -> Tally:
    print(tally)
    assert not tally.kinds, str(tally)
    return tally


@needs_strace
def test_killed_at_every_kind_of_call_on_which_money_hangs(shop: Shop, tmp_path: Path) -> None:
    """Half of the calls with each kind of server; all of them with both in `make torture`."""
    found = thinned(vital(points(iconbuild(), shop, tmp_path / "points")), 2)
    assert {"write", "pwrite64", "fsync", "rename", "sendto", "recvfrom"} <= {point.call for point in found}
    at_once = _sound(killed(iconbuild(), shop, tmp_path / "at once", found[::2]))
    late = _sound(killed(iconbuild(), shop, tmp_path / "late", found[1::2], late=LATE))
    assert at_once.struck + late.struck > 45
    assert 3 <= at_once.reported + late.reported <= 20


@everything
@needs_strace
@pytest.mark.parametrize("late", [0, LATE])
def test_killed_at_every_call(shop: Shop, tmp_path: Path, late: float) -> None:
    found = points(iconbuild(), shop, tmp_path / "points")
    tally = _sound(killed(iconbuild(), shop, tmp_path, found, late=late))
    assert tally.struck > 100


@needs_strace
def test_failing_at_some_calls(shop: Shop, tmp_path: Path) -> None:
    found = failings(thinned(vital(points(iconbuild(), shop, tmp_path / "points"))))
    _sound(failed(iconbuild(), shop, tmp_path, found[::4]))


@everything
@needs_strace
def test_failing_at_every_call(shop: Shop, tmp_path: Path) -> None:
    found = failings(thinned(points(iconbuild(), shop, tmp_path / "points"), 3))
    assert len(_sound(failed(iconbuild(), shop, tmp_path, found)).verdicts) > 300


@needs_mount
def test_thirty_small_disks(shop: Shop, tmp_path: Path) -> None:
    in_turn = iconbuild(extra="anchor: home\n")
    tally, sizes = small_disks(in_turn, shop, tmp_path / "disks")
    assert len(sizes) == 30
    assert _sound(tally).struck > 25


def test_every_bad_answer(shop: Shop, tmp_path: Path) -> None:
    tally = _sound(lied_to(iconbuild(), shop, tmp_path, [*CASES, *cases(DRIPPING, unclear=True)]))
    assert tally.reported > 10


@everything
def test_every_bad_answer_to_a_late_charge(shop: Shop, tmp_path: Path) -> None:
    _sound(lied_to(iconbuild(), shop, tmp_path, late=LATE))


@pytest.mark.parametrize("race", [races.in_one_project, races.in_clones])
def test_eight_builds_buy_each_icon_once(shop: Shop, tmp_path: Path, race: races.Race) -> None:
    verdict, endings = race(iconbuild(), shop, tmp_path / "raced")
    assert not verdict.violations, (verdict, endings)
    assert {ended.code for ended in endings} == {0}, endings


@pytest.mark.parametrize("budget", [40, pytest.param(100, marks=everything)])
def test_eight_builds_keep_to_one_budget(shop: Shop, tmp_path: Path, budget: int) -> None:
    subject = iconbuild(MANY, f"budget: {{tokens: {budget}}}\n")
    names = [Path(path).stem for path in MANY.values()]
    shares = [
        [*subject.command, *names[number :: races.PROCESSES], "--out-dir", f"out-{number}"]
        for number in range(races.PROCESSES)
    ]
    verdict, endings = races.on_one_budget(subject, shares, shop, tmp_path / "raced", budget)
    assert not verdict.violations, (verdict, endings)
    assert {ended.code for ended in endings} <= {0, 4}, endings
    assert 4 in {ended.code for ended in endings}


@needs_strace
@pytest.mark.parametrize(("examples", "steps"), [(4, 5), pytest.param(60, 8, marks=everything)])
def test_lived(shop: Shop, tmp_path: Path, examples: int, steps: int) -> None:
    found = points(iconbuild(), shop, tmp_path / "points")
    lived(iconbuild, shop, tmp_path, found, examples=examples, steps=steps)


def test_what_was_bought_is_in_the_project_and_a_clone_pays_nothing(shop: Shop, tmp_path: Path) -> None:
    """P9: a clone with lock and originals, and neither key nor network."""
    there = trial(iconbuild(), shop, tmp_path / "first")
    assert there.run().code == 0
    clone = there._replace(folder=tmp_path / "second")
    shutil.copytree(there.project, clone.project, ignore=shutil.ignore_patterns("dist"))
    ended = clone.run(words=["--offline", "--locked"], env={"ICONBUILD_ICONLY_KEY": "", "ICONBUILD_ICONLY_URL": ""})
    assert ended.code == 0, ended
    assert all(
        (clone.project / path).read_bytes() == (there.project / path).read_bytes()
        for path in there.subject.outputs.values()
    )
    assert there.truth().tokens == 2 * PRICE
