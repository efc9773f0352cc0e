"""Several paid builds at once, and everybody who meddles with them: the server sells each icon once."""

from __future__ import annotations

import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.system.crowd import is_flying, run_in, slow, sold, start, watched
from tests.system.paid import SIX, Shop, anchored, plain
from tests.system.project import WORDS, contents, finish

PAIR = plain("house", "bell")
ONCE = {"house": 1, "bell": 1}


def test_two_builds_of_one_manifest_spend_as_much_as_one(shop: Shop) -> None:
    """K01"""
    shop.project.write(anchored())
    processes = [start(shop, "build") for _ in range(2)]
    for process in processes:
        assert finish(process).code == 0
    assert sold(shop) == dict.fromkeys(SIX.values(), 1)
    assert shop.spent() == 124


def test_two_checkouts_of_one_manifest_spend_as_much_as_one(shop: Shop) -> None:
    """K01: they share nothing but the user, so the ledger is what keeps them from buying the same."""
    shop.project.write(anchored())
    other = shop.project.clone()
    shop.faults(slow(0.3))
    processes = [start(shop, "build"), start(shop, "build", project=other)]
    for process in processes:
        assert finish(process).code == 0
    assert sold(shop) == dict.fromkeys(SIX.values(), 1)
    assert contents(other.root / "dist") == contents(shop.project.root / "dist")
    originals = [contents(root / ".iconbuild" / "originals") for root in (other.root, shop.project.root)]
    assert {path for path in originals[0] if path.endswith(".webp")} == {
        path for path in originals[1] if path.endswith(".webp")
    }


def test_eight_processes_keep_within_one_budget(shop: Shop) -> None:
    """K02: each has a cache of its own, so that no lock of the project lines them up; the manifest is the same."""
    shop.project.write(plain(*WORDS[:24], more="budget: {tokens: 100}\n"))
    shop.faults(slow(0.2))
    processes = [
        start(
            shop,
            "build",
            "icons.yaml",
            *WORDS[number * 3 : number * 3 + 3],
            env={"ICONBUILD_CACHE_DIR": str(shop.project.base / f"cache-{number}")},
        )
        for number in range(8)
    ]
    ends = [finish(process) for process in processes]
    assert shop.spent() <= 96
    assert shop.spent() == 6 * len(shop.charges()) > 48
    assert {4} <= {end.code for end in ends} <= {0, 4}
    for end in ends:
        assert end.code == 0 or "of the budget" in end.err
    shop.project.edit("tokens: 100", "tokens: 200")
    shop.build().ok()
    assert sold(shop) == dict.fromkeys(WORDS[:24], 1)


def test_a_stopped_holder_makes_the_waiter_give_up_and_name_it(shop: Shop) -> None:
    """K04"""
    shop.project.write(PAIR)
    holder = _stopped_while_buying(shop)
    done = shop.run("build", env={"ICONBUILD_LOCK_TIMEOUT": "0.5"})
    assert done.code == 7
    assert f"process {holder.pid}" in done.err
    _goes_on(shop, holder)


def test_a_stopped_buyer_elsewhere_makes_the_waiter_give_up_and_name_it(shop: Shop) -> None:
    """K04: the purchase is held, although no lock of the project is."""
    shop.project.write(PAIR)
    other = shop.project.clone()
    holder = _stopped_while_buying(shop)
    done = run_in(other, shop, "build", env={"ICONBUILD_LOCK_TIMEOUT": "0.5"})
    assert done.code == 7
    assert f"process {holder.pid} has been buying" in done.err
    assert "nothing was spent" in done.err
    _goes_on(shop, holder)
    run_in(other, shop, "build").ok()
    assert sold(shop) == ONCE


def _stopped_while_buying(shop: Shop) -> subprocess.Popen[bytes]:
    """A build that stands still while the server answers."""
    shop.faults(slow(1.5))
    holder = start(shop, "build")
    watched(holder, is_flying(shop, 2))
    holder.send_signal(signal.SIGSTOP)
    return holder


def _goes_on(shop: Shop, holder: subprocess.Popen[bytes]) -> None:
    holder.send_signal(signal.SIGCONT)
    assert finish(holder).code == 0
    assert sold(shop) == ONCE


LOCKS = ("state/ledger.lock", "state/limits.lock", "state/recovery/lock", "cache/projects/*/lock")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_that_is_a_link_is_refused(shop: Shop, lock: str) -> None:
    """K05"""
    shop.project.write(PAIR)
    shop.build().ok()
    victim = shop.project.base / "victim"
    victim.write_text("precious")
    path = next(shop.project.base.glob(lock), shop.project.base / lock)
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    path.symlink_to(victim)
    shop.project.edit("bell: bell", "bell: heart")
    done = shop.run("build")
    assert done.code == 7, done
    assert "Traceback" not in done.err
    assert victim.read_text() == "precious"
    assert sold(shop) == ONCE


def test_locks_that_are_deleted_under_a_buyer_buy_nothing_twice(shop: Shop) -> None:
    """K05: a run without its file looks dead, so its purchase is unknown until its answer has come."""
    shop.project.write(PAIR)
    shop.faults(slow(1.5))
    holder = start(shop, "build")
    watched(holder, is_flying(shop, 2))
    for path in [*shop.project.base.glob("state/**/*.lock"), *shop.project.base.glob("cache/projects/*/lock")]:
        path.unlink()
    second = shop.run("build")
    assert second.code in (0, 9), second
    assert finish(holder).code == 0
    assert sold(shop) == ONCE
    shop.faults()
    shop.build().ok()
    assert sold(shop) == ONCE


def prune(shop: Shop) -> None:
    """`cache prune`."""
    shop.run("cache", "prune").ok()


def lose_cache(shop: Shop) -> None:
    """Somebody removes all of it."""
    shutil.rmtree(shop.project.cache)


def sweep(shop: Shop) -> None:
    """Somebody removes what nobody refers to yet, by age or by name."""
    for path in _blobs(shop):
        path.unlink()


def _blobs(shop: Shop) -> list[Path]:
    """The results in the cache."""
    return [path for path in shop.project.cache.glob("*/blobs/**/*") if path.is_file()]


@pytest.mark.parametrize("meddle", [prune, lose_cache, sweep])
def test_what_clears_the_cache_during_a_build_costs_nothing(shop: Shop, meddle: Callable[[Shop], None]) -> None:
    """K07"""
    shop.project.write(PAIR)
    shop.faults(slow(1.0, subject="bell"))
    builder = start(shop, "build")
    watched(builder, lambda: is_flying(shop)() and bool(_originals(shop) and _blobs(shop)))
    kept = _originals(shop)
    meddle(shop)
    done = finish(builder)
    assert done.code == 0, done
    assert kept.items() <= _originals(shop).items()
    shop.build().ok()
    assert sold(shop) == ONCE
    assert len(contents(shop.project.root / "dist")) == 2


def test_cleaning_waits_for_a_build_and_leaves_originals(shop: Shop) -> None:
    """K07"""
    shop.project.write(PAIR)
    shop.faults(slow(1.0))
    builder = start(shop, "build")
    watched(builder, is_flying(shop))
    cleaned = shop.run("clean").ok()
    assert "2 files removed" in cleaned.out, "it has waited for them"
    assert finish(builder).code == 0
    assert len(_originals(shop)) == 2
    shop.build().ok()
    assert sold(shop) == ONCE


def _originals(shop: Shop) -> dict[str, bytes]:
    """What was bought and is kept in the project."""
    folder = shop.project.root / ".iconbuild" / "originals"
    return {name: data for name, data in contents(folder).items() if name.endswith(".webp")}
