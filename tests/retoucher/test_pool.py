"""Jobs are shared out among real processes, which may die."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence

import pytest

from iconbuild.model.retouch import File, Reply, Retouch
from iconbuild.retoucher.pool import Crew, work
from tests.retoucher.crew import do

CODE = "from tests.retoucher.crew import main; main()"


def jobs(*names: str) -> list[Retouch]:
    return [Retouch(name, "out", ()) for name in names]


def run(todo: Sequence[Retouch], count: int, order: str = "work", code: str = CODE, until: int = 1000) -> list[Reply]:
    begun: list[str] = []
    done: list[Reply] = []
    crew = Crew(do, code, order)
    done.extend(work(todo, crew, count, lambda job: begun.append(job.source), lambda: len(done) >= until))
    assert {one.source for one in done} == set(begun)
    return done


def hands(done: Sequence[Reply]) -> set[str]:
    """The processes that did it."""
    return {made.path for one in done for made in one.files}


ROW = [f"job {number}" for number in range(40)]


@pytest.mark.parametrize("count", [1, 2, 5])
def test_many_jobs_are_done_elsewhere(count: int) -> None:
    done = run(jobs(*ROW), count)
    assert sorted(one.source for one in done) == sorted(ROW)
    assert str(os.getpid()) not in hands(done)
    assert len(hands(done)) <= count


def test_all_processes_are_used() -> None:
    assert len(hands(run(jobs(*(f"slow {number}" for number in range(16))), 2))) == 2


def test_few_jobs_are_done_here() -> None:
    assert hands(run(jobs(*ROW[:7]), 8)) == {str(os.getpid())}


@pytest.mark.parametrize("count", [1, 3])
def test_who_kills_a_process_fails_alone(count: int) -> None:
    names = ["die first", *ROW[:9], "die 2", "die 3", *ROW[9:], "die last"]
    done = {one.source: one for one in run(jobs(*names), count)}
    assert done.keys() == set(names)
    assert sorted(name for name in names if done[name].error) == ["die 2", "die 3", "die first", "die last"]
    assert all("exit code 7" in one.error for name, one in done.items() if name.startswith("die"))


@pytest.mark.parametrize(("order", "code"), [("vanish", CODE), ("work", "import nothing_of_that_name")])
def test_without_other_processes_all_is_done_here(order: str, code: str, capfd: pytest.CaptureFixture[str]) -> None:
    done = run(jobs(*ROW), 2, order, code)
    assert sorted(one.source for one in done) == sorted(ROW)
    assert hands(done) == {str(os.getpid())}
    capfd.readouterr()


@pytest.mark.parametrize("count", [0, 2])
def test_nothing_is_begun_after_the_stop_and_all_begun_is_told(count: int) -> None:
    done = run(jobs(*ROW), count, until=5)
    assert 5 <= len(done) <= 5 + 2 * count


def test_odd_names_and_settings_survive_the_way_there_and_back() -> None:
    names = ["new\nline", "quote\"'", "byte\udcff", "図", *ROW]
    assert {one.source for one in run(jobs(*names), 1)} == set(names)


def test_lines_longer_than_a_pipe_block_nobody() -> None:
    long = [Retouch(name, "out", (File("n" * 200, "png", (16,)),) * 4000) for name in ROW[:16]]
    signal.signal(signal.SIGALRM, lambda *_: pytest.fail("parent and child wait for each other"))
    signal.alarm(60)
    try:
        done = run(long, 2)
    finally:
        signal.alarm(0)
    assert [len(one.files) for one in done] == [4000] * 16


def test_eight_jobs_use_all_processes_and_come_back_as_they_were() -> None:
    done = run(jobs(*(f"slow {number}" for number in range(8))), 3)
    assert len(hands(done)) == 3
    assert {one.remarks for one in done} == {("done",)}
