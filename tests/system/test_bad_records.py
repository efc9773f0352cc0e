"""Locks, indexes and snapshots that are damaged, merged or from another version."""

from __future__ import annotations

import pytest

from tests.system.project import Project
from tests.system.shapes import refused, unharmed


def test_a_lock_with_a_merge_conflict_is_said_so(three: Project) -> None:
    three.run("build").ok()
    lock = three.root / "icons.lock"
    lock.write_text("<<<<<<< HEAD\n" + lock.read_text() + "=======\n>>>>>>> other\n")
    refused(three.run("build"), 8, "icons.lock:1", "conflict")


def test_a_lock_of_a_newer_version_is_refused(three: Project) -> None:
    """P22"""
    three.run("build").ok()
    lock = three.root / "icons.lock"
    lock.write_text(lock.read_text().replace('"v":1', '"v":2'))
    unharmed(three, code=8, words=("newer",))


def test_a_union_merge_of_two_branches_builds(three: Project) -> None:
    three.run("build").ok()
    clone = three.clone()
    clone.edit("bell: bell", "bell: alarm clock")
    clone.run("build").ok()
    lines = {
        *(three.root / "icons.lock").read_text().splitlines(),
        *(clone.root / "icons.lock").read_text().splitlines(),
    }
    (clone.root / "icons.lock").write_text("\n".join(sorted(lines)) + "\n")
    before = clone.tree()
    clone.run("build").ok()
    assert clone.tree() == before
    assert len((clone.root / "icons.lock").read_text().splitlines()) == 3


@pytest.mark.parametrize("what", ["outputs.index", "outputs.journal"])
@pytest.mark.parametrize("data", [b"", b"\0" * 40, b"\xff\xfe garbage \n"])
def test_a_damaged_index_of_outputs_harms_nothing(three: Project, what: str, data: bytes) -> None:
    three.run("build").ok()
    before = three.tree()
    next(three.cache.glob("projects/*/outputs.index")).with_name(what).write_bytes(data)
    assert three.build() == 0
    three.edit("bell: bell", "bell: alarm clock")
    three.run("build").ok()
    assert {name for name in before if before[name] != three.tree()[name]} == {"bell-24.png"}


@pytest.mark.parametrize("data", [b"", b"\0\0\0\0", b"\0" * 64, b"junk"])
def test_a_damaged_snapshot_harms_nothing(three: Project, data: bytes) -> None:
    three.run("build", module="iconbuild").ok()
    for _ in range(3):
        three.run("build", module="iconbuild").ok()
    snapshots = list((three.cache / "snapshots").iterdir())
    assert snapshots
    for path in snapshots:
        path.write_bytes(data)
    (three.root / "dist/bell-24.png").unlink()
    three.run("build", module="iconbuild").ok()
    assert "bell-24.png" in three.tree()
