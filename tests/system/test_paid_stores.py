"""Stores of another version, of another machine or of another day: nothing is bought before that is cleared up."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.system.crowd import is_flying, run_in, slow, sold, start, watched
from tests.system.paid import Shop, plain
from tests.system.project import finish
from tests.system.rows import asked

PAIR = plain("house", "bell")
ONCE = {"house": 1, "bell": 1}


def newer_ledger(state: Path) -> Path:
    """A later version has changed the tables."""
    return _of_a_later_version(state / "ledger.db")


def newer_journal(state: Path) -> Path:
    """The ledger is to be made anew from the journal of a later version."""
    (state / "ledger.db").unlink()
    journal = state / "journal.ndjson"
    journal.write_bytes(journal.read_bytes().replace(b'{"journal":1}', b'{"journal":2}', 1))
    return journal


def newer_limits(state: Path) -> Path:
    """A later version has changed the log of sends."""
    return _of_a_later_version(state / "limits.db")


def _of_a_later_version(path: Path) -> Path:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA user_version = 99")
    return path


@pytest.mark.parametrize("upgrade", [newer_ledger, newer_journal, newer_limits])
def test_an_older_version_refuses_newer_stores_before_it_spends(shop: Shop, upgrade: Callable[[Path], Path]) -> None:
    """K13"""
    shop.project.write(PAIR)
    shop.build().ok()
    newer = upgrade(shop.project.base / "state")
    before = newer.read_bytes()
    shop.project.edit("bell: bell", "bell: heart")
    done = shop.run("build")
    assert done.code == 8, done
    assert f"{newer} was written by a newer iconbuild" in done.err
    assert "update iconbuild" in done.err
    assert len(asked(shop)) == 2, "nothing was sent"
    assert newer.read_bytes() == before


def elsewhere(state: Path) -> None:
    """The copy is on another machine."""
    _rename_host(state, r'"host":"[^"]*"', '"host":"another"')


def restarted(state: Path) -> None:
    """The copy is on the same machine, which was started anew."""
    _rename_host(state, r'"boot":"[^"]*"', '"boot":"another"')


def here(state: Path) -> None:
    """The copy is on the same machine, beside the original."""


def _rename_host(state: Path, pattern: str, name: str) -> None:
    """Change the journal, and let the ledger be made anew from it."""
    journal = state / "journal.ndjson"
    journal.write_text(re.sub(pattern, name, journal.read_text()))
    (state / "ledger.db").unlink()


@pytest.mark.parametrize("moved", [here, elsewhere, restarted])
def test_a_copied_state_folder_asks_and_buys_nothing(shop: Shop, moved: Callable[[Path], None]) -> None:
    """K14: a snapshot of a machine holds a purchase under way, which ends only in the original."""
    shop.project.write(plain("house"))
    other = shop.project.clone()
    shop.faults(slow(1.5))
    builder = start(shop, "build")
    watched(builder, is_flying(shop))
    copied = shop.project.base / "restored"
    shutil.copytree(shop.project.base / "state", copied)
    moved(copied)
    restored = run_in(other, shop, "build", env={"ICONBUILD_STATE_DIR": str(copied)})
    assert restored.code == 9, restored
    assert "ledger resolve" in restored.err
    assert finish(builder).code == 0
    assert sold(shop) == {"house": 1}


def test_an_older_copy_of_the_state_folder_pays_for_nothing_that_is_kept(shop: Shop) -> None:
    """K14: what was bought since is in the project, so nobody has to remember the purchase."""
    shop.project.write(PAIR)
    shop.build("house").ok()
    state, copied = shop.project.base / "state", shop.project.base / "snapshot"
    shutil.copytree(state, copied)
    shop.build().ok()
    shutil.rmtree(state)
    copied.rename(state)
    shutil.rmtree(shop.project.cache)
    shutil.rmtree(shop.project.root / "dist")
    shop.build().ok()
    assert sold(shop) == ONCE


def test_a_budget_is_one_by_whatever_name_its_manifest_is_called(shop: Shop) -> None:
    """P4"""
    shop.project.write(plain("house", more="budget: {tokens: 6}\n"))
    shop.build().ok()
    shop.project.edit("house: house", "house: tree")
    other = shop.project.base / "another-name"
    other.symlink_to(shop.project.root)
    done = shop.run("build", str(other / "icons.yaml"))
    assert done.code == 4, done
    assert shop.spent() == 6
    listed = shop.run("ledger", str(other / "icons.yaml"), "--format", "json")
    assert len(listed.ok().json["attempts"]) == 1
