"""Several builds at once: nothing is drawn twice, the dead block nobody, a live one is never pushed aside."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading

import pytest

from tests.system.project import ANCHORED_SET, SIX, Project, finish, many


def _ends(process: subprocess.Popen[bytes]) -> None:
    done = finish(process)
    assert done.code == 0, done


@pytest.mark.parametrize("processes", [2, 4])
def test_builds_of_one_manifest_that_start_at_once_draw_each_picture_once(project: Project, processes: int) -> None:
    project.write(ANCHORED_SET)
    for process in [project.start("build", "-j", "2") for _ in range(processes)]:
        _ends(process)
    assert project.generations() == dict.fromkeys(SIX.values(), 1)
    assert len(project.tree()) == len(SIX)
    assert project.build() == 0


def _waits(process: subprocess.Popen[bytes]) -> str:
    """What a process says while it waits for another."""
    assert process.stderr is not None
    return process.stderr.readline().decode()


def test_a_second_build_waits_says_for_whom_and_finds_all_made(project: Project) -> None:
    project.write(ANCHORED_SET)
    first, gate = project.held("house", "-j", "1")
    others = [project.start("build") for _ in range(3)]
    for other in others:
        said = _waits(other)
        assert "waiting for another build" in said
        assert f"process {first.pid}" in said
    gate.touch()
    for process in (first, *others):
        _ends(process)
    assert project.generations() == dict.fromkeys(SIX.values(), 1)


def test_a_stopped_holder_makes_the_waiter_give_up_and_name_it(project: Project) -> None:
    """K04: it cannot be told from a slow one, so it keeps the lock."""
    project.write(many(3))
    holder, gate = project.held("bell", "-j", "1")
    holder.send_signal(signal.SIGSTOP)
    try:
        done = project.run("build", env={"ICONBUILD_LOCK_TIMEOUT": "1"})
    finally:
        holder.send_signal(signal.SIGCONT)
    assert done.code == 7
    assert f"process {holder.pid}" in done.err
    assert "ICONBUILD_LOCK_TIMEOUT" in done.err
    gate.touch()
    _ends(holder)
    assert project.generations().total() == 3


def test_a_killed_holder_blocks_nobody(project: Project) -> None:
    project.write(many(3))
    holder, _ = project.held("bell", "-j", "1")
    waiter = project.start("build")
    assert f"process {holder.pid}" in _waits(waiter)
    holder.kill()
    _ends(waiter)
    assert project.generations().total() == 3


def test_a_lock_that_is_a_symbolic_link_is_refused(project: Project) -> None:
    """K05"""
    project.write(many(1))
    project.run("build").ok()
    lock = next(project.cache.glob("projects/*/lock"))
    victim = project.base / "victim"
    victim.write_text("precious")
    lock.unlink()
    lock.symlink_to(victim)
    (project.root / "dist/house-24.png").unlink()
    done = project.run("build")
    assert done.code == 7
    assert "Traceback" not in done.err
    assert "internal error" not in done.err
    assert victim.read_text() == "precious"


def test_a_lock_deleted_under_its_holder_ends_in_the_same_tree(project: Project) -> None:
    """K05: those who wait look for the file anew, so that they agree with whoever comes later."""
    project.write(many(4))
    holder, gate = project.held("bell", "-j", "1")
    waiters = [project.start("build") for _ in range(2)]
    for waiter in waiters:
        _waits(waiter)
    shutil.rmtree(project.cache / "projects")
    for waiter in waiters:
        _ends(waiter)
    assert project.generations() == {"house": 1, "bell": 1, "heart": 1, "star": 1}
    tree = project.tree()
    gate.touch()
    _ends(holder)
    assert project.tree() == tree
    assert project.build() == 0


def test_two_projects_share_one_cache_at_once(project: Project) -> None:
    other = project.sibling("other")
    project.write(many(20))
    other.write(many(24).replace("name: many", "name: other"))
    processes = [place.start("build", "-j", "2") for place in (project, other) for _ in range(2)]
    for process in processes:
        _ends(process)
    alone = project.sibling("alone", cache="alone-cache")
    alone.write(many(24))
    alone.run("build").ok()
    assert other.tree() == alone.tree()
    assert project.tree().items() <= alone.tree().items()
    assert project.run("cache", "verify", "--format", "json").ok().json["removed"] == 0


def test_a_cache_pruned_again_and_again_during_builds_harms_nothing(project: Project) -> None:
    """K07 without money: what vanishes is made anew, or the run ends with a clear error and the next one is whole."""
    project.write(many(30))
    stop = threading.Event()

    def prune() -> None:
        while not stop.is_set():
            project.run("cache", "prune").ok()

    pruner = threading.Thread(target=prune)
    pruner.start()
    try:
        codes = [project.run("build", "-j", "2").code for _ in range(4)]
    finally:
        stop.set()
        pruner.join()
    assert set(codes) <= {0, 8}, codes
    project.run("build").ok()
    tree = project.tree()
    assert len(tree) == 30
    shutil.rmtree(project.cache)
    shutil.rmtree(project.root / "dist")
    os.unlink(project.root / "icons.lock")
    project.run("build").ok()
    assert project.tree() == tree
