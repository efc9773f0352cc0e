from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iconbuild.errors import FilesystemError
from iconbuild.model.purchase import Reply
from iconbuild.store.spool import SIZE, Spool
from tests.system.project import REPOSITORY

ATTEMPT = "0123456789ab"
HEADERS = {"content-type": "application/json"}
SMALL = 256 * 1024


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(str(tmp_path / "state"))


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A volume of 1 MiB."""
    folder = tmp_path / "volume"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_what_arrives_is_read_back_by_anybody(spool: Spool, tmp_path: Path) -> None:
    sink = spool.reserve(ATTEMPT)
    assert spool.reply(ATTEMPT) is None
    sink.head(200, HEADERS)
    sink.write(b'{"image_')
    sink.write(b'data":"\n"}')
    expected = Reply(200, HEADERS, b'{"image_data":"\n"}')
    assert sink.reply() == expected
    spool.secure(ATTEMPT)
    assert spool.reply(ATTEMPT) == Spool(str(tmp_path / "state")).reply(ATTEMPT) == expected
    assert spool.left() == [ATTEMPT]
    spool.drop(ATTEMPT)
    spool.drop(ATTEMPT)
    assert spool.reply(ATTEMPT) is None
    assert spool.left() == []


def test_room_is_taken_before_anything_is_sent(spool: Spool) -> None:
    spool.reserve(ATTEMPT)
    seen = os.stat(spool.path(ATTEMPT))
    assert seen.st_size == SIZE
    assert seen.st_blocks * 512 >= SIZE
    assert stat.S_IMODE(seen.st_mode) == 0o600
    assert stat.S_IMODE(Path(spool.path(ATTEMPT)).parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(Path(spool.path(ATTEMPT)).parents[1].stat().st_mode) == 0o700


def test_the_longest_answer_needs_no_more_room(spool: Spool) -> None:
    sink = spool.reserve(ATTEMPT)
    sink.head(200, HEADERS)
    before = os.stat(spool.path(ATTEMPT)).st_blocks
    sink.write(b"x" * 8 * 1024 * 1024)
    spool.secure(ATTEMPT)
    assert os.stat(spool.path(ATTEMPT)).st_blocks == before
    assert len(sink.reply().body) == 8 * 1024 * 1024


@pytest.mark.parametrize("anew", [False, True])
def test_a_second_try_starts_over_in_the_same_room(spool: Spool, tmp_path: Path, anew: bool) -> None:
    first = spool.reserve(ATTEMPT)
    first.head(429, {"retry-after": "5"})
    first.write(b"too many calls, and a long story about them")
    inode = os.stat(spool.path(ATTEMPT)).st_ino
    again = Spool(str(tmp_path / "state")) if anew else spool
    sink = again.reserve(ATTEMPT)
    assert again.reply(ATTEMPT) is None
    sink.head(200, {})
    sink.write(b"{}")
    assert again.reply(ATTEMPT) == Reply(200, {}, b"{}")
    assert os.stat(spool.path(ATTEMPT)).st_ino == inode


def test_a_second_head_starts_over(spool: Spool) -> None:
    sink = spool.reserve(ATTEMPT)
    sink.head(500, HEADERS)
    sink.write(b"something long")
    sink.head(200, {})
    assert sink.reply() == Reply(200, {}, b"")


def test_a_reply_that_never_came_is_an_error(spool: Spool) -> None:
    with pytest.raises(OSError, match="No data"):
        spool.reserve(ATTEMPT).reply()


@given(st.integers(100, 599), st.dictionaries(st.text(), st.text(), max_size=3), st.lists(st.binary(), max_size=4))
def test_any_answer(
    tmp_path_factory: pytest.TempPathFactory, status: int, headers: dict[str, str], pieces: list[bytes]
) -> None:
    spool = Spool(str(tmp_path_factory.getbasetemp() / "any"), size=4096)
    sink = spool.reserve(ATTEMPT)
    sink.head(status, headers)
    for piece in pieces:
        sink.write(piece)
    assert spool.reply(ATTEMPT) == Reply(status, headers, b"".join(pieces).rstrip(b"\0"))
    spool.drop(ATTEMPT)


def test_an_answer_that_was_cut_anywhere(spool: Spool) -> None:
    sink = spool.reserve(ATTEMPT)
    sink.head(200, HEADERS)
    sink.write(b'{"a": 1}')
    raw = Path(spool.path(ATTEMPT)).read_bytes().rstrip(b"\0")
    head = raw.index(b"\n")
    for end in range(len(raw)):
        Path(spool.path(ATTEMPT)).write_bytes(raw[:end] + bytes(SMALL - end))
        found = spool.reply(ATTEMPT)
        assert found == (Reply(200, HEADERS, raw[head + 1 : end]) if end > head else None)


@pytest.mark.parametrize(
    "junk", [b"", b"[]\n", b"{}\n", b'{"status":"x","headers":{}}\n', b'{"status":1,"headers":3}\n']
)
def test_junk_is_no_answer(spool: Spool, junk: bytes) -> None:
    spool.reserve(ATTEMPT)
    Path(spool.path(ATTEMPT)).write_bytes(junk)
    assert spool.reply(ATTEMPT) is None


@pytest.mark.parametrize("name", ["", "..", "a/b", "a\0", "é"])
def test_a_name_is_no_path(spool: Spool, name: str) -> None:
    for act in (spool.path, spool.reserve, spool.drop, spool.reply):
        with pytest.raises(ValueError, match="no attempt"):
            act(name)


def test_a_link_is_not_followed(spool: Spool, tmp_path: Path) -> None:
    spool.reserve("aaaa")
    (tmp_path / "state" / "spool" / ATTEMPT).symlink_to(tmp_path / "victim")
    with pytest.raises(FilesystemError, match="nothing was sent or spent"):
        spool.reserve(ATTEMPT)
    assert not (tmp_path / "victim").exists()


def test_without_room_nothing_is_sent_and_nothing_left(full_disk: Path) -> None:
    spool = Spool(str(full_disk / "state"))
    with pytest.raises(FilesystemError, match="No space left on device; nothing was sent or spent") as caught:
        spool.reserve(ATTEMPT)
    assert caught.value.exit_code == 7
    assert "free some disk space" in caught.value.remedy
    assert spool.left() == []


def test_an_answer_fits_where_others_have_filled_the_disk(full_disk: Path) -> None:
    spool = Spool(str(full_disk / "state"), size=SMALL)
    sink = spool.reserve(ATTEMPT)
    subprocess.run(["dd", "if=/dev/zero", f"of={full_disk / 'greed'}", "bs=4096"], capture_output=True, check=False)
    assert os.statvfs(full_disk).f_bavail == 0
    sink.head(200, HEADERS)
    sink.write(b"x" * (SMALL - 100))
    spool.secure(ATTEMPT)
    assert len(sink.reply().body) == SMALL - 100
    assert spool.reserve(ATTEMPT) is sink, "the room is still ours"
    with pytest.raises(FilesystemError):
        spool.reserve("another")


def test_what_is_longer_than_the_room_is_an_error_of_the_disk_alone(full_disk: Path) -> None:
    sink = Spool(str(full_disk / "state"), size=SMALL).reserve(ATTEMPT)
    sink.head(200, {})
    with pytest.raises(OSError, match="No space") as caught:
        sink.write(b"x" * 2 * 1024 * 1024)
    assert caught.value.errno == errno.ENOSPC


def test_a_file_system_that_reserves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "posix_fallocate")
    spool = Spool(str(tmp_path), size=SMALL + 7)
    for _ in range(2):
        sink = spool.reserve(ATTEMPT)
        sink.head(200, {})
        sink.write(b"{}")
        assert os.stat(spool.path(ATTEMPT)).st_size == SMALL + 7
        assert os.stat(spool.path(ATTEMPT)).st_blocks * 512 >= SMALL
    assert spool.reply(ATTEMPT) == Reply(200, {}, b"{}")


SCRIPT = """
import resource, sys
from iconbuild.store.spool import Spool
spool = Spool(sys.argv[1])
sink = spool.reserve("ab")
resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
sink.head(200, {})
sink.write(b"{}")
spool.secure("ab")
print(sink.reply())
"""


def test_no_answer_is_lost_for_want_of_a_descriptor(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT, tmp_path],
        cwd=REPOSITORY,
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.stdout == "Reply(status=200, headers={}, body=b'{}')\n", done.stderr
