from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from iconbuild.emitter.index import Entry, Index
from iconbuild.emitter.survey import survey
from iconbuild.emitter.tree import Tree
from iconbuild.model.session import Found, proof
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Target
from tests.builders import digest_of

NOW, BEFORE = ActionKey("1" * 64), ActionKey("0" * 64)


class Place:
    """A tree and its index, with one target."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "root"
        self.root.mkdir()
        self.tree = Tree(str(self.root))
        self.index = Index(str(folder / "memory"), "me")
        self.file = self.root / "a.png"

    def wrote(self, data: bytes, key: ActionKey = NOW) -> None:
        """An earlier build wrote the file."""
        stamp = self.tree.write("a.png", data)
        self.index.save({"a.png": Entry(key=key, digest=digest_of(data), stamp=stamp)})

    def touch(self) -> None:
        """Somebody touched the file."""
        os.utime(self.file, ns=(1, 1))

    def look(self, *locked: bytes, key: ActionKey = BEFORE) -> Found:
        """What is found; `locked` are bytes that the lock says the recipe `key` made."""
        target = Target(path="a.png", key=NOW, icon="a", kind="files")
        proofs = {proof(key, digest_of(data)) for data in locked}
        return survey([target], self.tree, self.index, proofs)["a.png"]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """An empty place."""
    made = Place(tmp_path)
    with made.tree:
        yield made


def test_nothing_there(place: Place) -> None:
    assert place.look() == Found(state="missing")


def test_what_was_written_by_this_recipe_is_placed(place: Place) -> None:
    place.wrote(b"one")
    found = place.look()
    assert (found.state, found.digest) == ("placed", digest_of(b"one"))
    assert found.stamp == place.tree.stamp("a.png")


def test_touched_but_the_same_is_placed_with_its_new_stamp(place: Place) -> None:
    place.wrote(b"one")
    place.touch()
    assert place.look().state == "placed"
    assert place.look().stamp == place.tree.stamp("a.png")


@pytest.mark.parametrize("touched", [False, True])
def test_what_an_earlier_recipe_wrote_is_ours(place: Place, touched: bool) -> None:
    place.wrote(b"one", BEFORE)
    if touched:
        place.touch()
    assert place.look() == Found(state="ours", digest=digest_of(b"one"), stamp=place.tree.stamp("a.png") or (0, 0, 0))


@pytest.mark.parametrize("data", [b"two", b"one and more"])
def test_edited_is_told_apart(place: Place, data: bytes) -> None:
    place.wrote(b"one")
    place.file.write_bytes(data)
    place.touch()
    assert place.look().state == "edited"
    assert place.look().digest == digest_of(data)


def test_what_nobody_remembers_is_foreign_unless_the_lock_vouches_for_it(place: Place) -> None:
    place.file.write_bytes(b"one")
    assert place.look().state == "foreign"
    assert place.look(b"other").state == "foreign"
    assert place.look(b"one").state == "ours"
    assert place.look(b"one", key=NOW).state == "placed"


def test_what_a_killed_run_wrote_is_ours(place: Place, tmp_path: Path) -> None:
    place.index.begin([("a.png", digest_of(b"one"))])
    place.file.write_bytes(b"one")
    place.index = Index(str(tmp_path / "memory"), "me")
    assert place.look().state == "ours"


def test_all_targets_are_looked_at(place: Place) -> None:
    targets = [Target(path=path, key=NOW, icon=None, kind="files") for path in ("b.png", "a.png", "c/d.png")]
    place.wrote(b"one")
    found = survey(targets, place.tree, place.index, ())
    assert {path: each.state for path, each in found.items()} == {
        "b.png": "missing",
        "a.png": "placed",
        "c/d.png": "missing",
    }
