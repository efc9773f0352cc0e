"""Artwork is read by its size and kind as they are when it is opened; nothing hangs, nothing outside is read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from iconbuild.errors import PictureError
from iconbuild.pictures.artwork import MAX_BYTES, read_artwork, read_picture


def _folder(path: Path) -> None:
    path.mkdir()


def _outside(path: Path) -> None:
    secret = path.parents[2] / "secret.png"
    secret.write_bytes(b"secret")
    path.symlink_to(secret)


def _large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(500 << 20)


BAD: dict[str, tuple[Callable[[Path], None], str]] = {
    "folder": (_folder, "is not a regular file"),
    "FIFO": (os.mkfifo, "is not a regular file"),
    "/dev/zero": (lambda path: path.symlink_to("/dev/zero"), "leads out of the project"),
    "link to a file outside": (_outside, "leads out of the project"),
    "500 MB": (_large, "has 524,288,000 bytes, more than 25,000,000"),
    "empty": (Path.touch, "is empty"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project's folder, reached through a link."""
    (tmp_path / "real/art").mkdir(parents=True)
    (tmp_path / "root").symlink_to("real")
    return tmp_path / "root"


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_artwork_is_refused(root: Path, name: str) -> None:
    make, words = BAD[name]
    make(root / "art/a.png")
    with pytest.raises(PictureError, match=f"^art/a.png {words}") as caught:
        read_artwork(str(root), "art/a.png")
    assert caught.value.remedy


def test_a_folder_that_leads_out_is_refused(root: Path) -> None:
    (root.parent / "other").mkdir()
    (root.parent / "other/a.png").write_bytes(b"x")
    (root / "out").symlink_to(root.parent / "other")
    with pytest.raises(PictureError, match="leads out"):
        read_artwork(str(root), "out/a.png")


def test_a_file_that_grows_while_it_is_read_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = root / "art/a.png"
    path.write_bytes(b"x")
    look = os.fstat

    def grown(handle: int) -> os.stat_result:
        info = look(handle)
        path.write_bytes(b"xy")
        return info

    monkeypatch.setattr(os, "fstat", grown)
    with pytest.raises(PictureError, match="changed while it was read"):
        read_artwork(str(root), "art/a.png")


def test_artwork_and_its_stamp(root: Path) -> None:
    (root / "art/a.png").write_bytes(b"picture")
    (root / "b.png").symlink_to("art/a.png")
    for path in ("art/a.png", "b.png"):
        data, info = read_artwork(str(root), path)
        assert (data, info.st_size) == (b"picture", 7)
        assert info.st_ino == (root / "art/a.png").stat().st_ino
    with (root / "art/a.png").open("wb") as file:
        file.truncate(MAX_BYTES)
    assert len(read_artwork(str(root), "b.png")[0]) == MAX_BYTES


@pytest.mark.parametrize("path", ["art/none.png", "none/a.png"])
def test_what_is_not_there_is_the_callers_to_tell(root: Path, path: str) -> None:
    with pytest.raises(FileNotFoundError):
        read_artwork(str(root), path)


def test_a_link_that_was_not_there_before_is_not_followed(root: Path) -> None:
    (root / "art/a.png").write_bytes(b"picture")
    (root / "b.png").symlink_to("art/a.png")
    assert read_picture(str(root / "art/a.png"), "a.png")[0] == b"picture"
    with pytest.raises(OSError, match="symbolic links"):
        read_picture(str(root / "b.png"), "b.png")
