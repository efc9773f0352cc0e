from pathlib import Path

import pytest

from iconbuild.providers.local.index import NAME, TAG, Index, build, open_index
from iconbuild.providers.local.pack import Entry, PhosphorPack

PACK = PhosphorPack()


def test_a_word_counts_once_in_its_best_field() -> None:
    index = build([Entry("paper-plane", ("plane", "mail"), ("Communication",), brand=False)])
    assert index.postings["plane"] == [NAME]
    assert index.postings["mail"] == [TAG]
    assert index.terms == [["paper", "plane"]]


def test_the_file_holds_the_same_index(tmp_path: Path) -> None:
    built = open_index(PACK, tmp_path / "new")
    (file,) = (tmp_path / "new").iterdir()
    assert PACK.version in file.name
    before = file.stat().st_mtime_ns
    assert open_index(PACK, tmp_path / "new") == built == open_index(PACK, None)
    assert file.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: b"",
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw[:500] + bytes([raw[500] ^ 1]) + raw[501:],
        lambda raw: b"a3a6bf43{}",  # sound, but of another shape
    ],
)
def test_a_damaged_file_is_rebuilt_silently(tmp_path: Path, damage: object) -> None:
    built = open_index(PACK, tmp_path)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    assert callable(damage)
    file.write_bytes(damage(whole))
    assert open_index(PACK, tmp_path) == built
    assert file.read_bytes() == whole


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    assert isinstance(open_index(PACK, blocked / "cache"), Index)
