from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from iconbuild.errors import FilesystemError
from iconbuild.store.guard import WAIT_VARIABLE, exclusive

REPOSITORY = Path(__file__).parents[2]
HOLDER = """
import sys
from iconbuild.store.guard import exclusive
with exclusive(sys.argv[1], waiting=print):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    """Another process that holds the lock until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_one_after_the_other(tmp_path: Path) -> None:
    told: list[str] = []
    for _ in range(2):
        with exclusive(str(tmp_path / "new"), waiting=told.append, wait=0):
            pass
    assert told == []


def test_a_dead_process_blocks_nobody(tmp_path: Path) -> None:
    process = holder(tmp_path)
    process.kill()
    process.communicate()
    told: list[str] = []
    with exclusive(str(tmp_path), waiting=told.append, wait=0):
        pass
    assert told == []


def test_a_live_one_is_waited_for_and_named_once(tmp_path: Path) -> None:
    process = holder(tmp_path)
    told: list[str] = []

    def waiting(words: str) -> None:
        told.append(words)
        threading.Timer(0.15, process.communicate).start()

    with exclusive(str(tmp_path), waiting=waiting, wait=30):
        assert process.wait(30) == 0
    assert told == [f"process {process.pid}"]


def test_whoever_waits_in_vain_is_told_for_whom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    process = holder(tmp_path)
    monkeypatch.setenv(WAIT_VARIABLE, "0.1")
    try:
        with (
            pytest.raises(FilesystemError, match=rf"process {process.pid}\) still runs after 0\.1 seconds") as caught,
            exclusive(str(tmp_path), waiting=lambda _: None),
        ):
            pytest.fail("two hold one lock")
    finally:
        process.communicate()
    assert WAIT_VARIABLE in caught.value.remedy


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_a_file_system_without_locks_is_told_at_once(tmp_path: Path) -> None:
    trace = ["strace", "-f", "-o", str(tmp_path / "log"), "-e", "trace=flock", "-e", "inject=flock:error=ENOLCK"]
    done = subprocess.run(
        [*trace, sys.executable, "-c", HOLDER, str(tmp_path / "new")],
        cwd=REPOSITORY,
        env={**os.environ, WAIT_VARIABLE: "20"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "FilesystemError: cannot lock" in done.stderr
    assert "No locks available" in done.stderr
    assert (tmp_path / "log").read_text().count("ENOLCK") == 1
    assert done.stdout == ""


def test_a_failure_inside_lets_go(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), exclusive(str(tmp_path), waiting=lambda _: None, wait=0):
        raise ZeroDivisionError
    with exclusive(str(tmp_path), waiting=lambda _: None, wait=0):
        pass


@pytest.mark.parametrize("value", ["", "soon", "-3", "nan"])
def test_a_useless_limit_does_not_break_a_free_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv(WAIT_VARIABLE, value)
    with exclusive(str(tmp_path), waiting=lambda _: None):
        pass


def test_two_projects_do_not_wait_for_one_another(tmp_path: Path) -> None:
    with (
        exclusive(str(tmp_path / "a"), waiting=lambda _: None, wait=0),
        exclusive(str(tmp_path / "b"), waiting=lambda _: None, wait=0),
    ):
        pass


def test_threads_of_one_process_exclude_each_other(tmp_path: Path) -> None:
    inside = most = 0
    gate = threading.Barrier(4)

    def work() -> None:
        nonlocal inside, most
        gate.wait()
        with exclusive(str(tmp_path), waiting=lambda _: None, wait=30):
            inside += 1
            most = max(most, inside)
            inside -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, inside) == (1, 0)
