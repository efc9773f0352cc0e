"""Killed at any moment, the next build finds nothing half-written, leaves no litter and ends with the same tree.

K of the harness: one kind of system call at a time, the process dies as it enters call N. E: the same call fails for
want of space. A harness that a naive writer passes would be void, so a naive writer has to fail it.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.system.harness import Expected, Harness, crash, thinned
from tests.system.project import OUTPUTS, Project, contents, finish, many

needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")

BEFORE = f"""\
defaults: {{style: line}}
icons:
  home: house
  bell: bell
  heart: heart
{OUTPUTS}"""
AFTER = BEFORE.replace("bell: bell", "bell: alarm clock").replace("  heart: heart\n", "  cloud: cloud\n") + (
    "  - sprite: {file: dist/sprite.png, css: dist/sprite.css, size: 24}\n"
)


@pytest.fixture
def changed(project: Project) -> tuple[Project, Expected]:
    """A built set whose manifest then changed: one icon new, one removed, one edited, a sprite added."""
    project.write(BEFORE)
    project.run("build").ok()
    old = contents(project.root)
    project.write(AFTER)
    twin = project.clone("twin")
    twin.run("build", "--prune").ok()
    return project, Expected(old, contents(twin.root))


@needs_strace
def test_killed_at_every_kind_of_write(changed: tuple[Project, Expected]) -> None:
    project, expected = changed
    harness = Harness(project, project.command(["build", "--prune", "-q", "-j", "1"]))
    points = thinned(harness.points())
    assert {"rename", "renameat", "write", "openat", "unlink"} <= {point.call for point in points}
    assert len(points) > 30
    killed = crash(harness, points, expected, lambda: project.run("build", "--prune").ok())
    assert killed == len(points)


@needs_strace
def test_killed_while_writing_and_edited_before_the_next_build(changed: tuple[Project, Expected]) -> None:
    """What a killed run wrote is known to be ours, though neither index nor lock could be brought up to date."""
    project, expected = changed
    harness = Harness(project, project.command(["build", "--prune", "-q", "-j", "1"]))
    replaced = next(point for point in harness.points() if '"bell-24.png"' in point.words)
    harness.reset()
    assert harness.kill_at(replace(replaced, number=replaced.number + 1))
    output = project.root / "dist/bell-24.png"
    assert output.read_bytes() == expected.new["dist/bell-24.png"] != expected.old["dist/bell-24.png"]
    project.edit("bell: alarm clock", "bell: telephone")
    assert project.run("build", "--format", "json").ok().json["result"]["kept"] == []
    assert output.read_bytes() != expected.new["dist/bell-24.png"]


NAIVE = """
import os, sys
source, target = sys.argv[1:]
os.makedirs(target, exist_ok=True)
for name in sorted(os.listdir(source)):
    path = os.path.join(target, name)
    if os.path.exists(path):
        continue
    data = open(os.path.join(source, name), "rb").read()
    with open(path, "wb", buffering=0) as file:
        file.write(data[:100])
        file.write(data[100:])
"""


@needs_strace
def test_the_harness_finds_a_naive_writer_out(project: Project) -> None:
    """The obvious loop writes in place and takes what exists for finished."""
    source = project.base / "source"
    source.mkdir()
    for number in range(3):
        picture = BytesIO()
        Image.effect_noise((16, 16), 50 + number).save(picture, "PNG")
        (source / f"{number}.png").write_bytes(picture.getvalue())
    target = project.root / "dist"
    program = [sys.executable, "-c", NAIVE, str(source), str(target)]
    harness = Harness(project, program)
    expected = Expected({}, {f"dist/{name}": data for name, data in contents(source).items()})
    points = [point for point in harness.points() if "/dist/" in point.words]
    half, lost = 0, 0
    for point in points:
        harness.reset()
        assert harness.kill_at(point)
        half += _fails(lambda: expected.check_now(contents(project.root)))
        harness.run()
        lost += _fails(lambda: expected.check_after(contents(project.root)))
    assert half >= 3
    assert lost >= 3


def _fails(check: Callable[[], None]) -> bool:
    try:
        check()
    except AssertionError:
        return True
    return False


def test_killed_after_more_and_more_time(changed: tuple[Project, Expected]) -> None:
    """From an empty cache and with threads, where calls cannot be counted."""
    project, expected = changed
    shutil.rmtree(project.cache / "v1")
    harness = Harness(project, [])
    delay, finished = 0.05, 0
    while finished < 2:
        harness.reset()
        process = project.start("build", "--prune", "-j", "4")
        time.sleep(delay)
        process.kill()
        finished += finish(process).code == 0
        expected.check_now(contents(project.root))
        project.run("build", "--prune").ok()
        expected.check_after(contents(project.root))
        delay += 0.015


@needs_strace
def test_a_full_disk_at_any_write_is_said_and_the_next_build_goes_on(changed: tuple[Project, Expected]) -> None:
    project, expected = changed
    harness = Harness(project, project.command(["build", "--prune", "-q", "-j", "1"]))
    points = [point for point in thinned(harness.points()) if point.call == "write"]
    told = 0
    for point in points:
        harness.reset()
        inject = f"inject=write:error=ENOSPC:when={point.number}"
        done = harness.run("-o", os.devnull, "-e", "trace=write", "-e", inject)
        words = done.stderr.decode()
        if "/snapshots/" not in point.words:
            assert done.returncode == 7, (point, words)
            assert "No space left on device" in words
            assert "free some disk space" in words
            told += 1
        assert "Traceback" not in words
        expected.check_now(contents(project.root))
        assert not [name for name in contents(project.root) if ".iconbuild-tmp-" in name]
        project.run("build", "--prune").ok()
        expected.check_after(contents(project.root))
    assert told > 8


FILL = """
mount -t tmpfs -o size=16k tmpfs dist || exit 99
"$@"; echo "first: $?"
ls -A dist | grep -c iconbuild-tmp; ls dist | wc -l
mount -o remount,size=4m dist
"$@"; echo "second: $?"
ls -A dist | grep -c iconbuild-tmp; ls dist | wc -l
"""


def test_a_real_disk_that_is_full_and_then_has_room(project: Project) -> None:
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        pytest.skip("mounting a small disk needs root and unshare")
    project.write(many(12))
    (project.root / "dist").mkdir()
    done = project.run("build", "-q", prefix=["unshare", "-m", "sh", "-c", FILL, "sh"])
    if done.code == 99:
        pytest.skip("mounting is not permitted here")
    lines = [line for line in done.out.splitlines() if not line.startswith(("many", "png"))]
    assert lines[0] == "first: 7", done
    assert lines[1] == "0"
    assert 0 < int(lines[2]) < 12
    assert lines[3:] == ["second: 0", "0", "12"]
    assert "No space left on device" in done.err
    assert project.generations().total() == 12


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_ctrl_c_keeps_what_is_finished(project: Project, jobs: str) -> None:
    project.write(many(20))
    process, gate = project.held("dog", "-j", jobs)
    process.send_signal(signal.SIGINT)
    if jobs != "1":
        _stays(process)  # it waits for what is being drawn
    gate.touch()
    done = finish(process)
    assert done.code == 130, done
    assert "kept" in done.err
    assert "Traceback" not in done.err
    first = project.generations()
    assert 0 < first.total() < 20
    project.run("build").ok()
    second = project.generations()
    assert not first & second
    assert (first + second).total() == 20


def _stays(process: subprocess.Popen[bytes]) -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.2)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_terminated_it_keeps_what_is_finished(project: Project, number: signal.Signals, code: int) -> None:
    project.write(many(8))
    process, gate = project.held("cloud", "-j", "1")
    process.send_signal(number)
    gate.touch()
    done = finish(process)
    assert done.code == code
    assert "goes on from there" in done.err
    first = project.generations().total()
    assert 0 < first < 8
    assert project.build() == 8 - first


def test_an_output_never_vanishes_while_it_is_replaced(changed: tuple[Project, Expected]) -> None:
    """A reader that looks all the time sees the old bytes or the new ones, and never none."""
    project, expected = changed
    path: Path = project.root / "dist/bell-24.png"
    process = project.start("build", "-j", "2")
    seen: Counter[bytes] = Counter()
    while process.poll() is None:
        seen[path.read_bytes()] += 1
    assert finish(process).code == 0
    seen[path.read_bytes()] += 1
    name = "dist/bell-24.png"
    assert set(seen) == {expected.old[name], expected.new[name]}
