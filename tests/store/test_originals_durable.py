from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from iconbuild.disk import TEMP_PREFIX
from iconbuild.store.originals import OriginalsFolder
from tests.builders import digest_of
from tests.store.test_originals import KEY, tree
from tests.system.project import REPOSITORY


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / ".iconbuild" / "originals"


SCRIPT = """
import sys
from iconbuild.model.artifact import WEBP, Payload
from iconbuild.store.originals import OriginalsFolder
from tests.store.ledger.orders import key_of
OriginalsFolder(sys.argv[1]).keep(key_of("house"), "{}", Payload(b"some bytes", WEBP))
"""


def traced(folder: Path, log: Path, *options: str) -> int:
    trace = ["strace", "-f", "-y", "-o", str(log), "-e", "trace=mkdir,rename,fsync,write", *options]
    command = [sys.executable, "-W", "error", "-c", SCRIPT, str(folder)]
    return subprocess.run([*trace, *command], cwd=REPOSITORY, stderr=subprocess.DEVNULL, check=False).returncode


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_bytes_are_durable_before_the_record_that_names_them(folder: Path, tmp_path: Path) -> None:
    assert traced(folder, tmp_path / "log") == 0
    digest, key = digest_of(b"some bytes"), KEY
    calls = [line for line in (tmp_path / "log").read_text().splitlines() if str(folder.parent.parent) in line]

    def place(call: str, *words: str, after: int = -1) -> int:
        return next(
            number
            for number, line in enumerate(calls)
            if number > after and re.search(rf" {call}\(", line) and all(word in line for word in words)
        )

    at = -1
    for parent, child in ((tmp_path, folder.parent), (folder.parent, folder), (folder, folder / digest[:2])):
        at = place("mkdir", f'"{child}"', after=at)
        at = place("fsync", f"<{parent}>)", after=at)
    for name in (f"{digest}.webp", f"{key}.json"):
        inside = folder / name[:2]
        for call, words in (
            ("write", TEMP_PREFIX),
            ("fsync", TEMP_PREFIX),
            ("rename", name),
            ("fsync", f"<{inside}>)"),
        ):
            at = place(call, str(inside), words, after=at)


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_names_that_somebody_else_wrote_are_made_durable_too(folder: Path, tmp_path: Path) -> None:
    """Whoever wrote them may have been killed before that, and the answer is let go of after this."""
    assert traced(folder, tmp_path / "log") == traced(folder, tmp_path / "log") == 0
    log = (tmp_path / "log").read_text()
    assert "rename(" not in log
    for name in (digest_of(b"some bytes"), KEY):
        assert f"<{folder / name[:2]}>)" in log


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
@pytest.mark.parametrize("call", ["fsync", "rename", "mkdir"])
def test_whoever_is_killed_leaves_whole_files(folder: Path, tmp_path: Path, call: str) -> None:
    for number in range(1, 30):
        ended = traced(folder, tmp_path / "log", "-e", f"inject={call}:signal=KILL:when={number}")
        for path, data in tree(tmp_path).items():
            if path.endswith(".webp"):
                assert data == b"some bytes"
            elif path.endswith(".json"):
                assert OriginalsFolder(str(folder)).lookup(KEY) is not None
        if ended == 0:
            assert OriginalsFolder(str(folder)).lookup(KEY) is not None
            assert not [name for name in os.listdir(folder / KEY[:2]) if name.startswith(TEMP_PREFIX)]
            return
        shutil.rmtree(folder.parent, ignore_errors=True)
    pytest.fail("it never ends")
