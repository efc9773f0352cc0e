from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from iconbuild.disk import TEMP_PREFIX
from iconbuild.model.artifact import PNG, Payload
from iconbuild.store.cache import Cache
from iconbuild.store.upkeep import Census, census, prune, verify
from tests.builders import action

DAY = 86_400
DERIVED = ("snapshots", "valid", "packs")


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """Three recipes with two results."""
    made = Cache(str(tmp_path / "cache"))
    for name, data in (("a", b"one"), ("b", b"one"), ("c", b"three")):
        made.record(action(name), Payload(data=data, media=PNG))
    return made


def age(cache: Cache, name: str, days: float) -> None:
    """The record of `name` and its bytes were written so many days ago."""
    artifact = cache.lookup(action(name).key)
    assert artifact is not None
    then = time.time() - days * DAY
    for path, key in [*cache.entries(), *cache.blobs()]:
        if key in (action(name).key, artifact.digest):
            os.utime(path, (then, then))


def known(cache: Cache) -> list[str]:
    return [name for name in "abc" if cache.lookup(action(name).key)]


def test_everything_is_counted(cache: Cache, tmp_path: Path) -> None:
    assert census(cache) == Census(actions=3, blobs=2, size=8)
    assert census(Cache(str(tmp_path / "empty"))) == Census(actions=0, blobs=0, size=0)


def test_a_whole_cache_is_left_alone(cache: Cache) -> None:
    assert verify(cache) == (5, 0)
    assert known(cache) == ["a", "b", "c"]


def test_damaged_bytes_go_with_the_records_that_point_to_them(cache: Cache) -> None:
    artifact = cache.lookup(action("a").key)
    blob = next(Path(path) for path, digest in cache.blobs() if artifact and digest == artifact.digest)
    blob.write_bytes(b"onE")
    assert verify(cache) == (5, 3)
    assert known(cache) == ["c"]
    assert census(cache) == Census(actions=1, blobs=1, size=5)
    assert verify(cache) == (2, 0)


def test_a_damaged_record_goes(cache: Cache) -> None:
    record = next(Path(path) for path, key in cache.entries() if key == action("c").key)
    record.write_bytes(b"{")
    assert verify(cache) == (5, 1)
    assert known(cache) == ["a", "b"]


def test_what_is_old_is_cleared(cache: Cache) -> None:
    age(cache, "c", 31)
    assert prune(cache, 32) == (0, 0)
    removed, freed = prune(cache, 30)
    assert removed == 2
    assert freed > 5
    assert known(cache) == ["a", "b"]
    assert prune(cache, 0)[0] == 3
    assert census(cache) == Census(actions=0, blobs=0, size=0)


def test_originals_are_no_part_of_it(cache: Cache) -> None:
    original = Path(cache.folder, "originals", "ab", "c")
    original.parent.mkdir(parents=True)
    original.write_bytes(b"paid")
    prune(cache, 0)
    verify(cache)
    assert original.read_bytes() == b"paid"


@pytest.mark.parametrize("kind", DERIVED)
def test_what_was_derived_goes_and_its_folder_stays(cache: Cache, kind: str) -> None:
    """A build may be about to write into the folder."""
    folder = Path(cache.folder, kind)
    folder.mkdir()
    (folder / "0badcafe").write_bytes(b"1234")
    assert prune(cache, 0)[0] == 6
    assert list(folder.iterdir()) == []


def test_old_snapshots_go_and_new_ones_stay(cache: Cache) -> None:
    folder = Path(cache.folder, "snapshots")
    folder.mkdir()
    for name, days in (("0badcafe", 3), ("0badcafe.123", 3), ("deadbeef", 1)):
        (folder / name).write_bytes(b"")
        os.utime(folder / name, (time.time() - days * DAY,) * 2)
    assert prune(cache, 2) == (2, 0)
    assert [path.name for path in folder.iterdir()] == ["deadbeef"]


def test_a_file_that_another_process_is_writing_is_left_alone(cache: Cache) -> None:
    """Pruning and verifying run beside builds: the temporary file of a living process is none of their entries."""
    blob = next(path for path, _ in cache.blobs())
    living = f"{TEMP_PREFIX}{os.getppid()}-0badcafe"
    written = [Path(blob).with_name(living), *(Path(cache.folder, kind, living) for kind in DERIVED)]
    for path in written:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"half")
    assert verify(cache) == (5, 0)
    assert census(cache).blobs == 2
    assert prune(cache, 0)[0] == 5
    assert all(path.exists() for path in written)
