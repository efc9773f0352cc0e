"""What a fresh clone, a lost cache and damaged bytes cost: nothing but time, and never a byte of the outputs."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.system.project import ANCHORED_SET, OUTPUTS, SIX, TIMEOUT, Project, contents, finish

ALL = len(SIX)


@pytest.fixture
def built(project: Project) -> Project:
    """Six icons and their anchor, built."""
    project.write(ANCHORED_SET)
    assert project.build() == ALL
    return project


def test_a_fresh_clone_builds_and_the_lock_proves_what_may_be_replaced(built: Project) -> None:
    clone = built.clone()
    before = contents(clone.root)
    done = clone.run("build", "--format", "json").ok()
    assert done.json["result"]["written"] == []
    assert contents(clone.root) == before
    clone.run("build", "--locked").ok()

    other = built.clone("other")
    other.edit(SIX["team"], "two people")
    result = other.run("build", "--format", "json").ok().json["result"]
    assert result["written"] == ["dist/team-24.png"]
    assert result["kept"] == []


def test_a_file_edited_in_a_fresh_clone_is_kept(built: Project) -> None:
    clone = built.clone()
    (clone.root / "dist/team-24.png").write_bytes(b"drawn by hand")
    done = clone.run("build", "--format", "json")
    assert done.code == 1
    assert done.json["result"]["kept"] == ["dist/team-24.png"]
    assert (clone.root / "dist/team-24.png").read_bytes() == b"drawn by hand"


def test_a_lost_cache_changes_no_file(built: Project) -> None:
    before = contents(built.root)
    shutil.rmtree(built.cache)
    assert built.run("build", "--format", "json").ok().json["result"]["written"] == []
    assert contents(built.root) == before


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _swap(path: Path) -> None:
    path.write_bytes(b"x" * path.stat().st_size)


def _scribble(path: Path) -> None:
    path.write_text('{"digest": 7}')


@pytest.mark.parametrize(
    ("what", "damage"),
    [
        ("blobs", _cut),
        ("blobs", _flip),
        ("blobs", _empty),
        ("blobs", _swap),
        ("blobs", Path.unlink),
        ("actions", _cut),
        ("actions", _scribble),
    ],
)
def test_a_damaged_cache_is_made_anew_and_never_shipped(
    built: Project, what: str, damage: Callable[[Path], None]
) -> None:
    """F11: every entry is damaged, and every intermediate is needed again for a new size."""
    new = ("sizes: [24]", "sizes: [24, 48]")
    for name in ("settings", "billing", "support", "alerts"):
        built.edit(f"  {name}: {SIX[name]}\n", "")
    built.run("build", "--prune").ok()
    reference = built.clone()
    reference.edit(*new)
    reference.run("build").ok()
    for path in sorted((built.cache / "v1" / what).rglob("*")):
        if path.is_file():
            damage(path)
    built.edit(*new)
    built.run("build").ok()
    assert built.tree() == reference.tree()
    shutil.rmtree(built.root / "dist")
    built.run("build").ok()
    assert built.tree() == reference.tree()


def test_a_picture_in_the_making_when_damage_is_found_is_not_made_twice(project: Project) -> None:
    project.write(f"icons:\n  one: house\n  two: bell\n{OUTPUTS}")
    assert project.build() == 2
    lock = [json.loads(line) for line in (project.root / "icons.lock").read_text().splitlines()]
    key = next(line["key"] for line in lock if line["icon"] == "one")
    record = json.loads((project.cache / "v1/actions" / key[:2] / key[2:]).read_text())
    blob = project.cache / "v1/blobs" / record["digest"][:2] / record["digest"][2:]
    _flip(blob)
    project.write(f"defaults: {{steps: [crop: 4]}}\nicons:\n  one: house\n  two: alarm clock\n{OUTPUTS}")
    project.generations()
    process, gate = project.held("alarm clock", "-j", "2")
    _wait_until_gone(blob)
    gate.touch()
    assert finish(process).code == 0
    assert project.generations() == {"alarm clock": 1, "house": 1}


def _wait_until_gone(path: Path) -> None:
    deadline = time.monotonic() + TIMEOUT
    while path.exists():
        assert time.monotonic() < deadline
        time.sleep(0.005)
    time.sleep(0.2)  # long enough for a run that does not wait to go on
