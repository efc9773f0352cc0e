from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iconbuild.store.snapshot import Sight, answer, identity, slot, take

ME = identity("1.0", ["build"], "/project", {"ICONBUILD_JOBS": "2", "HOME": "/home"})
WORDS = "set: 2 icons, 2 files up to date\n"


class Build:
    """A finished build: a manifest, a lock, artwork and outputs, and the snapshot of it all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest, self.rival = folder / "icons.yaml", folder / "iconbuild.yaml"
        self.lock, self.artwork = folder / "icons.lock", folder / "logo.svg"
        self.outputs = [folder / "dist" / "a.png", folder / "dist" / "b.png", folder / "top.css"]
        self.file = folder / "cache" / "snapshot"
        for path in (self.manifest, self.lock, self.artwork, *self.outputs):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(b"first")
        self.take()

    def take(self) -> None:
        """Take the snapshot."""
        inputs = {str(path): _stamp(path) for path in (self.lock, self.artwork)}
        outputs = {str(path): _stamp(path) for path in self.outputs}
        sight = Sight(str(self.manifest), self.manifest.read_bytes(), inputs, [str(self.rival)], outputs)
        take(str(self.file), ME, sight, WORDS)

    def answer(self) -> str | None:
        """What the next build says at once."""
        return answer(str(self.file), ME)


def _stamp(path: Path) -> tuple[int, int, int]:
    result = path.stat()
    return result.st_size, result.st_mtime_ns, result.st_ctime_ns


def _touch(path: Path) -> None:
    os.utime(path, ns=(1, 1))


def _same_size_same_time(path: Path) -> None:
    """An edit that size and mtime do not tell; the clock of ctime is let go on first."""
    before = path.stat()
    while path.stat().st_ctime_ns == before.st_ctime_ns:
        path.write_bytes(b"secnd")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _exchanged(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(b"first")
    os.replace(other, path)
    _touch(path)


def _linked(path: Path) -> None:
    path.rename(path.with_name("real"))
    path.symlink_to("real")


DOUBTS: dict[str, Callable[[Build], object]] = {
    "manifest edited": lambda build: build.manifest.write_bytes(b"secnd"),
    "manifest deleted": lambda build: build.manifest.unlink(),
    "output touched": lambda build: _touch(build.outputs[1]),
    "output deleted": lambda build: build.outputs[0].unlink(),
    "output longer": lambda build: build.outputs[2].write_bytes(b"longer"),
    "output edited, same size and time": lambda build: _same_size_same_time(build.outputs[0]),
    "output exchanged": lambda build: _exchanged(build.outputs[0]),
    "output is a link": lambda build: _linked(build.outputs[0]),
    "folder is gone": lambda build: build.outputs[0].parent.rename(build.folder / "elsewhere"),
    "folder is a file": lambda build: (
        build.outputs[0].parent.rename(build.folder / "elsewhere"),
        build.outputs[0].parent.write_bytes(b""),
    ),
    "lock edited": lambda build: build.lock.write_bytes(b"secnd line"),
    "lock touched": lambda build: _touch(build.lock),
    "lock deleted": lambda build: build.lock.unlink(),
    "artwork edited, same size and time": lambda build: _same_size_same_time(build.artwork),
    "artwork deleted": lambda build: build.artwork.unlink(),
    "rival appears": lambda build: build.rival.write_bytes(b""),
    "rival is a dangling link": lambda build: build.rival.symlink_to("nowhere"),
    "snapshot deleted": lambda build: build.file.unlink(),
    "snapshot empty": lambda build: build.file.write_bytes(b""),
    "snapshot is zeros": lambda build: build.file.write_bytes(bytes(4)),
    "snapshot is a folder": lambda build: (build.file.unlink(), build.file.mkdir()),
}


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """A finished build."""
    return Build(tmp_path)


def test_nothing_changed(build: Build) -> None:
    assert build.answer() == WORDS
    assert build.answer() == WORDS


def test_a_manifest_may_be_touched_since_its_bytes_are_compared(build: Build) -> None:
    _touch(build.manifest)
    assert build.answer() == WORDS


@pytest.mark.parametrize("doubt", DOUBTS)
def test_any_doubt_falls_through(build: Build, doubt: str) -> None:
    DOUBTS[doubt](build)
    assert build.answer() is None


@pytest.mark.parametrize(
    "other",
    [
        identity("1.1", ["build"], "/project", {"ICONBUILD_JOBS": "2"}),
        identity("1.0", ["build", "home"], "/project", {"ICONBUILD_JOBS": "2"}),
        identity("1.0", ["build", "-j", "2"], "/project", {"ICONBUILD_JOBS": "2"}),
        identity("1.0", ["build"], "/project/sub", {"ICONBUILD_JOBS": "2"}),
        identity("1.0", ["build"], "/project", {"ICONBUILD_JOBS": "3"}),
        identity("1.0", ["build"], "/project", {}),
        identity("1.0", ["build"], "/project", {"ICONBUILD_JOBS": "2", "ICONBUILD_OUT_DIR": "x"}),
        identity("1.0", ["build"], "/project", {"ICONBUILD_JOBS": "2", "CI": ""}),
        identity("1.0", [], "/project", {"ICONBUILD_JOBS": "2"}),
    ],
)
def test_another_command_folder_environment_or_version(build: Build, other: tuple[object, ...]) -> None:
    assert other != ME
    assert answer(str(build.file), other) is None
    assert slot("/cache", other) != slot("/cache", ME)


def test_what_means_nothing_does_not_part_them() -> None:
    assert identity("1.0", ["build"], "/project", {"HOME": "/else", "ICONBUILD_JOBS": "2", "TERM": "x"}) == ME
    assert slot("/cache", ME).startswith("/cache/snapshots/")


@given(st.floats(0, 1, exclude_max=True), st.integers(0, 255))
def test_damage_falls_through(tmp_path_factory: pytest.TempPathFactory, place: float, flip: int) -> None:
    """A byte is flipped, or everything from there on is gone."""
    build = Build(tmp_path_factory.mktemp("build"))
    raw = bytearray(build.file.read_bytes())
    at = int(place * len(raw))
    if flip:
        raw[at] ^= flip
    else:
        del raw[at:]
    build.file.write_bytes(raw)
    assert build.answer() is None


def test_taking_again_replaces(build: Build) -> None:
    build.manifest.write_bytes(b"secnd")
    assert build.answer() is None
    build.take()
    assert build.answer() == WORDS
    assert [path.name for path in build.file.parent.iterdir()] == ["snapshot"]


def test_a_key_in_the_environment_decides_nothing_and_is_not_written() -> None:
    keyed = identity("1.0", ["build"], "/project", {"ICONBUILD_ICONLY_KEY": "ik_never_written", "ICONBUILD_JOBS": "2"})
    assert keyed == ME
    assert "ik_never_written" not in repr(keyed)
