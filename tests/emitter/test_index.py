from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iconbuild.emitter.index import Entry, Index

ENTRY = Entry(key="k" * 64, digest="d" * 64, stamp=(3, 4, 5))
ENTRIES = {"dist/a.png": ENTRY, "dist/ü b.png": Entry(key="l" * 64, digest="e" * 64, stamp=(1, 2**63, 2**62))}


def saved(folder: Path, identity: str = "me") -> Path:
    """The file of an index that holds two entries."""
    Index(str(folder), identity).save(ENTRIES)
    return folder / "outputs.index"


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    assert Index(str(tmp_path / "new"), "me").entries == {}
    saved(tmp_path)
    assert Index(str(tmp_path), "me").entries == ENTRIES


def test_it_owns_what_it_lists_and_nothing_else(tmp_path: Path) -> None:
    saved(tmp_path)
    index = Index(str(tmp_path), "me")
    assert index.owns("dist/a.png", "d" * 64)
    assert not index.owns("dist/a.png", "e" * 64)
    assert not index.owns("dist/b.png", "d" * 64)


def test_another_identity_sees_nothing(tmp_path: Path) -> None:
    saved(tmp_path)
    assert Index(str(tmp_path), "somebody else").entries == {}


@given(st.data())
def test_damage_means_empty(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    file = saved(tmp_path_factory.mktemp("index"))
    raw = bytearray(file.read_bytes())
    place = data.draw(st.integers(0, len(raw) - 1))
    if data.draw(st.booleans()):
        del raw[place:]
    else:
        raw[place] ^= data.draw(st.integers(1, 255))
    file.write_bytes(raw)
    assert Index(str(file.parent), "me").entries == {}


@pytest.mark.parametrize("raw", [b"", b"\0", b"\0\0\0\0", b"no index at all"])
def test_garbage_means_empty(tmp_path: Path, raw: bytes) -> None:
    saved(tmp_path).write_bytes(raw)
    assert Index(str(tmp_path), "me").entries == {}


def test_what_was_begun_is_ours_though_the_run_was_killed(tmp_path: Path) -> None:
    saved(tmp_path)
    Index(str(tmp_path), "me").begin([("dist/c d.png", "c" * 64), ("dist/a.png", "f" * 64)])
    Index(str(tmp_path), "me").begin([("dist/c d.png", "9" * 64)])
    index = Index(str(tmp_path), "me")
    assert index.owns("dist/c d.png", "c" * 64)
    assert index.owns("dist/c d.png", "9" * 64)
    assert index.owns("dist/a.png", "f" * 64)
    assert index.owns("dist/a.png", "d" * 64)
    assert not index.owns("dist/c d.png", "d" * 64)


def test_a_journal_survives_a_lost_index_and_its_own_torn_end(tmp_path: Path) -> None:
    Index(str(tmp_path), "me").begin([("dist/a.png", "a" * 64), ("dist/b.png", "b" * 64)])
    journal = tmp_path / "outputs.journal"
    journal.write_bytes(journal.read_bytes()[:-3] + b"\xff")
    index = Index(str(tmp_path), "me")
    assert index.owns("dist/a.png", "a" * 64)
    assert not index.owns("dist/b.png", "b" * 64)


def test_saving_ends_the_journal(tmp_path: Path) -> None:
    index = Index(str(tmp_path), "me")
    index.begin([("dist/c.png", "c" * 64)])
    index.save(ENTRIES)
    assert not index.owns("dist/c.png", "c" * 64)
    assert not Index(str(tmp_path), "me").owns("dist/c.png", "c" * 64)
    assert [path.name for path in tmp_path.iterdir()] == ["outputs.index"]
