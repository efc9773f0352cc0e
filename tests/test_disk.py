from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from iconbuild.disk import (
    TEMP_PREFIX,
    cannot,
    is_litter,
    make_folder,
    make_lasting_folder,
    sweep,
    temp_name,
    write_atomic,
)
from iconbuild.errors import FilesystemError


@pytest.mark.parametrize("durable", [False, True])
def test_a_file_is_replaced_as_a_whole(tmp_path: Path, durable: bool) -> None:
    path = tmp_path / "a"
    write_atomic(str(path), b"before", durable=durable)
    with path.open("rb") as reader:
        write_atomic(str(path), b"after", durable=durable)
        assert reader.read() == b"before"
    assert path.read_bytes() == b"after"
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


def test_a_name_without_a_folder_means_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_atomic("a", b"one", durable=True)
    assert (tmp_path / "a").read_bytes() == b"one"


def test_the_mode_is_that_of_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_atomic(str(tmp_path / "a"), b"")
        write_atomic(str(tmp_path / "b"), b"", mode=0o600)
    finally:
        os.umask(before)
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in "ab"] == [0o644, 0o600]


def test_failing_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(FilesystemError, match=r"cannot write .*folder: Is a directory") as caught:
        write_atomic(str(tmp_path / "folder"), b"one")
    assert "a folder stands where a file is needed" in caught.value.remedy
    with pytest.raises(FilesystemError, match="No such file"):
        write_atomic(str(tmp_path / "no" / "such"), b"one")
    assert [each.name for each in tmp_path.iterdir()] == ["folder"]


@pytest.mark.parametrize("make", [make_folder, make_lasting_folder])
def test_folders_are_made_and_what_stands_in_the_way_is_told(tmp_path: Path, make: Callable[[str], None]) -> None:
    make(str(tmp_path / "a" / "b"))
    make(str(tmp_path / "a" / "b"))
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FilesystemError, match="cannot create the folder"):
        make(str(tmp_path / "file" / "b"))


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_the_name_of_a_lasting_folder_survives_a_power_cut(tmp_path: Path) -> None:
    script = f"from iconbuild.disk import make_lasting_folder; make_lasting_folder({str(tmp_path / 'a' / 'b')!r})"
    trace = ["strace", "-f", "-y", "-o", str(tmp_path / "log"), "-e", "trace=mkdir,fsync", sys.executable, "-c", script]
    subprocess.run(trace, check=True)
    calls = [line.split(maxsplit=1)[1] for line in (tmp_path / "log").read_text().splitlines() if str(tmp_path) in line]
    for made in (tmp_path / "a", tmp_path / "a" / "b"):
        known = next(at for at, call in enumerate(calls) if call.startswith(f'mkdir("{made}"') and call.endswith("= 0"))
        assert f"<{made.parent}>)" in calls[known + 1]


def test_only_the_dead_leave_litter() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert is_litter(f"{TEMP_PREFIX}{ended.pid}-0badcafe")
    assert not is_litter(temp_name())
    assert not is_litter(f"{TEMP_PREFIX}{os.getppid()}-0badcafe")
    assert not is_litter(f"{TEMP_PREFIX}{'9' * 40}-0badcafe")
    assert not any(is_litter(name) for name in ("a.png", TEMP_PREFIX, f"{TEMP_PREFIX}x-1", f"x{TEMP_PREFIX}1-1"))


def test_temporary_names_are_never_the_same() -> None:
    assert len({temp_name() for _ in range(1000)}) == 1000


@pytest.mark.parametrize(
    ("number", "remedy"),
    [(errno.ENOSPC, "free some disk space"), (errno.EACCES, "permissions"), (errno.EROFS, "read-only"), (0, "")],
)
def test_every_common_error_has_a_remedy(number: int, remedy: str) -> None:
    error = cannot("write", "dist/a.png", OSError(number, "why"))
    assert error.message == "cannot write dist/a.png: why"
    assert remedy in error.remedy
    assert error.exit_code == 7


def test_a_folder_that_cannot_be_listed_is_swept_like_an_empty_one(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    litter, other = tmp_path / f"{TEMP_PREFIX}{ended.pid}-0badcafe", tmp_path / "a"
    litter.write_bytes(b"")
    other.write_bytes(b"")
    sweep(str(tmp_path / "missing"))
    sweep(str(other))
    sweep(str(tmp_path))
    assert list(tmp_path.iterdir()) == [other]
