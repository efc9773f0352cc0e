"""`iconbuild apply` killed, interrupted, run twice at a time and over thousands of pictures."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.system.harness import Expected, Harness, crash
from tests.system.pictures import STEPS, events, many, opened, picture
from tests.system.project import TIMEOUT, Project, contents, finish

WORDS = ("apply", "icons", *STEPS, "--step", "smooth=3,algorithm=contour", "--out-dir", "out")
SLOW = 400
"""Pixels a side that take long enough to be interrupted in."""


def _begun(project: Project, *words: str) -> subprocess.Popen[bytes]:
    """A run that has finished at least three pictures; it leads a group, as one that is started in a shell does."""
    process = subprocess.Popen(
        project.command([*WORDS, "--format", "ndjson", *words]),
        cwd=project.root,
        env=project.env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        process_group=0,
    )
    project.started.append(process)
    assert process.stdout
    finished = 0
    while finished < 3:
        line = process.stdout.readline()
        assert line, process.communicate()
        finished += b'"finished"' in line
    return process


def _children(process: subprocess.Popen[bytes]) -> list[int]:
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not listed.exists():
        pytest.skip("the system does not list children")
    return [int(number) for number in listed.read_text().split()]


def _wait_until_gone(children: list[int]) -> None:
    deadline = time.monotonic() + TIMEOUT
    while any(_alive(child) for child in children):
        assert time.monotonic() < deadline, "a process lives on"
        time.sleep(0.01)


def _alive(child: int) -> bool:
    try:
        state = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def _whole_and_then_complete(project: Project, names: list[str]) -> None:
    """What is there is whole; the same command again makes the rest, and leaves no litter."""
    seen = project.tree("out")
    for name, data in seen.items():
        if ".iconbuild-tmp-" not in name:
            opened(data)
    assert len(seen) < len(names), "the run was not interrupted at all"
    again = project.run(*WORDS, "-q").ok()
    assert sorted(project.tree("out")) == names
    assert "unchanged" in again.out


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_the_first_signal_lets_pictures_in_work_end(project: Project, jobs: str, number: int, code: int) -> None:
    names = many(project, 60, SLOW)
    process = _begun(project, "-j", jobs)
    children = _children(process)
    os.killpg(process.pid, number)
    done = finish(process)
    assert done.code == code, done
    said = events(done.out)
    assert said[-1]["event"] == "summary"
    assert said[-1]["exit_code"] == code
    result = said[-1]["result"]
    assert len(result["written"]) + result["skipped"] == len(names)
    assert sorted(result["written"]) == sorted(f"out/{name}" for name in project.tree("out"))
    assert "the same command goes on" in done.err
    assert not any(_alive(child) for child in children)
    _whole_and_then_complete(project, names)


def test_a_few_pictures_are_interrupted_too(project: Project) -> None:
    names = many(project, 7, 1024)
    process = _begun(project)
    assert _children(process) == []
    os.killpg(process.pid, signal.SIGINT)
    assert finish(process).code == 130
    _whole_and_then_complete(project, names)


def test_killed_half_way(project: Project) -> None:
    names = many(project, 60, SLOW)
    for _ in range(3):
        process = _begun(project, "-j", "2")
        children = _children(process)
        assert len(children) == 2
        process.kill()
        finish(process)
        _wait_until_gone(children)
        assert len(project.tree("out")) < len(names)
        shutil.rmtree(project.root / "out")
    process = _begun(project, "-j", "2")
    children = _children(process)
    process.kill()
    finish(process)
    _wait_until_gone(children)
    _whole_and_then_complete(project, names)


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_killed_at_every_kind_of_write(project: Project) -> None:
    for number in range(3):
        picture(project.root / f"icons/deep/{number}.png", number)
    picture(project.root / "out/deep/0.png", 7)
    old = contents(project.root)
    words = ("apply", "icons", *STEPS, "--out-dir", "out", "--force", "-q")
    twin = project.sibling("twin")
    shutil.copytree(project.root, twin.root, dirs_exist_ok=True)
    twin.run(*words).ok()
    harness = Harness(project, project.command(words))
    points = harness.points()
    assert {"rename", "renameat", "write", "openat", "mkdir", "mkdirat"} & {point.call for point in points}
    assert len(points) >= 9
    killed = crash(harness, points, Expected(old, contents(twin.root)), lambda: project.run(*words).ok())
    assert killed == len(points)


def test_a_process_that_dies_takes_one_picture_with_it(project: Project) -> None:
    names = many(project, 40, SLOW)
    process = _begun(project, "-j", "1")
    (child,) = _children(process)
    os.kill(child, signal.SIGKILL)
    done = finish(process)
    assert done.code == 1
    (failure,) = events(done.out)[-1]["result"]["failed"]
    assert "signal 9" in failure["error"]
    left = {name for name in project.tree("out") if ".iconbuild-tmp-" not in name}
    assert set(names) - left <= {Path(failure["file"]).name}
    assert len(left) >= len(names) - 1
    project.run(*WORDS, "-q").ok()
    assert sorted(project.tree("out")) == names


def test_two_runs_at_a_time(project: Project) -> None:
    names = many(project, 30)
    processes = [project.start(*WORDS, "-j", "2", "--format", "json") for _ in range(2)]
    runs = [finish(process).ok() for process in processes]
    assert sorted(project.tree("out")) == names
    for run in runs:
        result = run.json["result"]
        assert len(result["written"]) + result["unchanged"] == len(names)
    assert "30 unchanged" in project.run(*WORDS).ok().out


PEAK = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def _peak(project: Project, folder: str) -> int:
    """The memory of the largest process of a run, in the system's units."""
    command = project.command(["apply", folder, *STEPS, "--out-dir", f"{folder}-out", "-j", "1", "-q"])
    done = subprocess.run(
        [sys.executable, "-c", PEAK, *command], cwd=project.root, env=project.env, capture_output=True, check=True
    )
    code, peak = map(int, done.stdout.split())
    assert code == 0
    return peak


def test_memory_does_not_grow_with_the_folder(project: Project) -> None:
    many(project, 300, folder="few")
    many(project, 3000, folder="lots")
    assert _peak(project, "lots") < 1.15 * _peak(project, "few")
    assert len(project.tree("lots-out")) == 3000


IMPORTED = """
import sys
from iconbuild.cli import main
code = main(sys.argv[1:])
print(code, *sorted({name.split(".")[0] for name in sys.modules} & {"PIL", "numpy", "yaml", "jsonschema", "rich"}))
"""


@pytest.mark.parametrize("words", ["icons --step crp=1 --out-dir out", "icons --step crop=1 --out-dir out -j 2"])
def test_pixels_are_loaded_only_where_pictures_are_made(project: Project, words: str) -> None:
    many(project, 20)
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED, "apply", *words.split(), "-q"],
        cwd=project.root,
        env=project.env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == ("2" if "crp" in words else "0")
