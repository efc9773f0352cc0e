from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from iconbuild.disk import TEMP_PREFIX
from iconbuild.emitter.tree import Tree
from iconbuild.errors import FilesystemError


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder; the working folder is another one."""
    (tmp_path / "cwd").mkdir()
    monkeypatch.chdir(tmp_path / "cwd")
    (tmp_path / "root").mkdir()
    return tmp_path / "root"


@pytest.fixture
def tree(root: Path) -> Iterator[Tree]:
    """The tree below it."""
    with Tree(str(root)) as opened:
        yield opened


def everything(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_what_is_written_is_read(tree: Tree, root: Path) -> None:
    stamp = tree.write("dist/deep/er/a.png", b"one")
    assert (root / "dist/deep/er/a.png").read_bytes() == b"one" == tree.read("dist/deep/er/a.png")
    assert tree.stamp("dist/deep/er/a.png") == stamp
    assert stamp[0] == 3
    assert everything(root) == ["dist", "dist/deep", "dist/deep/er", "dist/deep/er/a.png"]
    assert tree.write("a.png", b"top")[0] == 3


def test_there_is_no_stamp_where_there_is_nothing(tree: Tree) -> None:
    assert tree.stamp("a.png") is None
    assert tree.stamp("no/such/folder/a.png") is None


def test_the_root_is_made_when_it_is_needed(tmp_path: Path) -> None:
    with Tree(str(tmp_path / "new" / "root")) as tree:
        tree.check_writable("dist/icons")
        assert tree.stamp("dist/a.png") is None
        assert not (tmp_path / "new").exists()
        tree.write("dist/a.png", b"one")
    assert (tmp_path / "new" / "root" / "dist" / "a.png").exists()


def test_files_have_the_mode_that_the_umask_leaves(tree: Tree, root: Path) -> None:
    before = os.umask(0o027)
    try:
        tree.write("a.png", b"one")
    finally:
        os.umask(before)
    assert stat.S_IMODE((root / "a.png").stat().st_mode) == 0o640


@pytest.mark.parametrize("link", ["dist", "dist/deep", "dist/deep/er"])
def test_no_link_is_followed_at_any_depth(tree: Tree, root: Path, tmp_path: Path, link: str) -> None:
    outside = tmp_path / "outside"
    (outside / "deep" / "er").mkdir(parents=True)
    (outside / "er").mkdir()
    (outside / "a.png").write_bytes(b"theirs")
    (root / link).parent.mkdir(parents=True, exist_ok=True)
    (root / link).symlink_to(outside, target_is_directory=True)
    before = everything(outside)
    for act in (
        lambda: tree.write("dist/deep/er/a.png", b"ours"),
        lambda: tree.read("dist/deep/er/a.png"),
        lambda: tree.stamp("dist/deep/er/a.png"),
        lambda: tree.remove("dist/deep/er/a.png"),
        lambda: tree.sweep("dist/deep/er"),
        lambda: tree.check_writable("dist/deep/er"),
    ):
        with pytest.raises(FilesystemError, match=f"the output folder {link} is a symbolic link"):
            act()
    assert everything(outside) == before
    assert (outside / "a.png").read_bytes() == b"theirs"


def test_a_file_that_is_a_link_is_replaced_and_never_followed(tree: Tree, root: Path, tmp_path: Path) -> None:
    (tmp_path / "theirs.png").write_bytes(b"theirs")
    (root / "a.png").symlink_to(tmp_path / "theirs.png")
    with pytest.raises(FilesystemError, match="is not a regular file"):
        tree.stamp("a.png")
    with pytest.raises(FilesystemError, match="cannot read"):
        tree.read("a.png")
    tree.write("a.png", b"ours")
    assert (tmp_path / "theirs.png").read_bytes() == b"theirs"
    assert not (root / "a.png").is_symlink()


def test_the_root_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    with Tree(str(tmp_path / "link")) as tree:
        tree.write("dist/a.png", b"one")
    assert (tmp_path / "real" / "dist" / "a.png").exists()


def test_a_file_in_the_way_of_a_folder(tree: Tree, root: Path) -> None:
    (root / "dist").write_bytes(b"a file")
    for act in (lambda: tree.write("dist/a.png", b""), lambda: tree.check_writable("dist/icons")):
        with pytest.raises(FilesystemError, match="cannot open the output folder dist") as caught:
            act()
        assert "a file stands where a folder is needed" in caught.value.remedy


def test_a_folder_in_the_way_of_a_file(tree: Tree, root: Path) -> None:
    (root / "a.png").mkdir()
    with pytest.raises(FilesystemError, match=r"a\.png is not a regular file"):
        tree.stamp("a.png")
    with pytest.raises(FilesystemError, match=r"cannot write a\.png"):
        tree.write("a.png", b"one")
    assert everything(root) == ["a.png"]


def test_a_failed_write_leaves_what_was_there(tree: Tree, root: Path) -> None:
    tree.write("dist/a.png", b"before")
    with pytest.raises(TypeError):
        tree.write("dist/a.png", "no bytes")  # type: ignore[arg-type]
    assert (root / "dist/a.png").read_bytes() == b"before"
    assert everything(root) == ["dist", "dist/a.png"]


def test_a_reader_sees_the_old_bytes_or_the_new(tree: Tree, root: Path) -> None:
    tree.write("a.png", b"before")
    with (root / "a.png").open("rb") as reader:
        tree.write("a.png", b"after")
        assert reader.read() == b"before"
    assert (root / "a.png").stat().st_nlink == 1


def test_temporary_files_lie_in_the_folder_of_the_target(tree: Tree, root: Path) -> None:
    """Renaming works within one file system only, and a folder may be a mount of its own."""
    seen: list[tuple[str, bool]] = []
    audit = True

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if audit and event == "os.rename":
            _, name, from_folder, to_folder = arguments
            seen.append((str(name), from_folder == to_folder != -1))

    sys.addaudithook(hook)
    tree.write("dist/a.png", b"one")
    audit = False
    assert seen == [("a.png", True)]


def test_a_folder_that_vanishes_is_an_error_and_the_working_folder_stays_clean(
    tree: Tree, root: Path, tmp_path: Path
) -> None:
    tree.write("dist/a.png", b"one")
    (root / "dist" / "a.png").unlink()
    (root / "dist").rmdir()
    (tmp_path / "cwd" / "b.png").write_bytes(b"not ours")
    for act in (lambda: tree.write("dist/sub/b.png", b"one"), lambda: tree.write("dist/b.png", b"one")):
        with pytest.raises(FilesystemError):
            act()
    with pytest.raises(FilesystemError, match="the output folder dist/sub has gone"):
        tree.read("dist/sub/b.png")
    assert (tmp_path / "cwd" / "b.png").read_bytes() == b"not ours"
    assert everything(tmp_path / "cwd") == ["b.png"]


def test_removing_takes_empty_folders_along_up_to_the_root(tree: Tree, root: Path) -> None:
    tree.write("dist/deep/er/a.png", b"one")
    tree.write("dist/b.png", b"one")
    tree.remove("dist/deep/er/a.png")
    assert everything(root) == ["dist", "dist/b.png"]
    tree.remove("dist/b.png")
    assert everything(root) == []
    tree.remove("dist/never/was.png")
    assert tree.write("dist/deep/er/a.png", b"again")[0] == 5


def test_litter_of_the_dead_is_swept_and_nothing_else(tree: Tree, root: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    dead, living = f"{TEMP_PREFIX}{ended.pid}-0badcafe", f"{TEMP_PREFIX}{os.getppid()}-0badcafe"
    kept = [
        living,
        f"{TEMP_PREFIX}{os.getpid()}-0badcafe",
        f"{TEMP_PREFIX}x-1",
        f"{TEMP_PREFIX}{'9' * 30}-1",
        ".tmp-1-2",
    ]
    (root / "dist").mkdir()
    for name in [dead, *kept]:
        (root / "dist" / name).write_bytes(b"half")
    tree.sweep("dist")
    tree.sweep("no/such/folder")
    assert everything(root) == sorted(["dist", *(f"dist/{name}" for name in kept)])


def test_more_folders_than_are_kept_open(tree: Tree, root: Path) -> None:
    paths = [f"dist/{number}/{inner}/a.png" for number in range(60) for inner in range(3)]
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    stamps = {path: tree.write(path, path.encode()) for path in paths}
    after = len(os.listdir("/proc/self/fd")) if before else 0
    assert after - before <= 64
    assert all(tree.stamp(path) == stamp for path, stamp in stamps.items())
    assert all((root / path).read_bytes() == path.encode() for path in paths)


def test_a_very_deep_path(tree: Tree, root: Path) -> None:
    path = "/".join("d" * 90) + "/a.png"
    tree.write(path, b"one")
    assert tree.read(path) == b"one"
    tree.remove(path)
    assert everything(root) == []


def test_a_stamp_tells_an_edit_of_the_same_size(tree: Tree, root: Path) -> None:
    before = tree.write("a.png", b"one")
    os.utime(root / "a.png", ns=(before[1], before[1] + 1))
    assert tree.stamp("a.png") != before
