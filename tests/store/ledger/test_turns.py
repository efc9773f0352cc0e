from __future__ import annotations

import sqlite3
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iconbuild.errors import StoreError
from iconbuild.model.ports import Limit
from iconbuild.model.purchase import Turn
from iconbuild.store.ledger.moments import age, now
from iconbuild.store.ledger.turns import SqliteTurns
from tests.store.ledger.orders import Clock, outputs, run_python

LIMIT = Limit(3, 60.0, 1.0)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def turns(tmp_path: Path, clock: Clock) -> SqliteTurns:
    return SqliteTurns(str(tmp_path), clock=clock)


def send(turns: SqliteTurns, count: int = 1, pool: str = "generation") -> None:
    for _ in range(count):
        turn = turns.take("account", pool, LIMIT)
        assert turn.wait == 0
        turns.sent(turn)


def wait(turns: SqliteTurns, pool: str = "generation") -> float:
    """How long one has to wait; takes no place."""
    turn = turns.take("account", pool, LIMIT)
    assert turn.wait > 0
    assert turn.id == 0
    return turn.wait


def test_as_many_as_the_limit_and_then_one_window(turns: SqliteTurns, clock: Clock) -> None:
    send(turns)
    clock.pass_by(10)
    send(turns, 2)
    assert wait(turns) == pytest.approx(51)
    clock.pass_by(50.5)
    assert wait(turns) == pytest.approx(0.5)
    clock.pass_by(0.5)
    send(turns)
    assert wait(turns) == pytest.approx(10)


def test_accounts_and_pools_do_not_meet(turns: SqliteTurns) -> None:
    send(turns, 3)
    send(turns, 3, pool="upload")
    assert turns.take("other", "generation", LIMIT).wait == 0
    wait(turns)


def test_the_window_begins_when_a_request_leaves(turns: SqliteTurns, clock: Clock) -> None:
    turn = turns.take("account", "generation", LIMIT)
    send(turns, 2)
    clock.pass_by(61)
    turns.sent(turn)
    send(turns, 2)
    assert wait(turns) == pytest.approx(61)


def test_a_place_that_was_never_used_comes_back(turns: SqliteTurns, clock: Clock) -> None:
    for _ in range(3):
        turns.take("account", "generation", LIMIT)
    clock.pass_by(80)
    wait(turns)
    clock.pass_by(11)
    send(turns, 3)


def test_other_runs_know(turns: SqliteTurns, clock: Clock, tmp_path: Path) -> None:
    send(turns, 3)
    assert wait(SqliteTurns(str(tmp_path), clock=clock)) == pytest.approx(61)


@pytest.mark.parametrize("jump", [-86_400, -1, 1, 86_400, 3e9])
def test_the_wall_clock_may_jump(turns: SqliteTurns, clock: Clock, jump: float) -> None:
    send(turns, 3)
    turns.barrier("account", "upload", 5)
    clock.wall += jump
    assert wait(turns) == pytest.approx(61)
    assert wait(turns, "upload") == pytest.approx(5)


@pytest.mark.parametrize(("passed", "left"), [(-86_400, 61), (0, 61), (40, 21)])
def test_after_a_restart_the_wall_clock_has_to_do(turns: SqliteTurns, clock: Clock, passed: float, left: float) -> None:
    send(turns, 3)
    clock.wall, clock.uptime, clock.boot = clock.wall + passed, 3.0, "second"
    assert wait(turns) == pytest.approx(left)


@pytest.mark.parametrize(("before", "after"), [("first", "second"), ("first", ""), ("", "second"), ("", "")])
def test_a_clock_that_is_set_back_costs_one_window_at_most(
    turns: SqliteTurns, clock: Clock, before: str, after: str
) -> None:
    clock.boot = before
    send(turns, 3)
    turns.barrier("account", "upload", 5)
    clock.wall, clock.uptime, clock.boot = clock.wall - 86_400, 3.0, after
    assert wait(turns) == pytest.approx(61)
    assert wait(turns, "upload") == pytest.approx(5)
    clock.wall, clock.uptime = clock.wall + 61, clock.uptime + 61
    send(turns)
    send(turns, pool="upload")


def test_nobody_passes_a_barrier(turns: SqliteTurns, clock: Clock) -> None:
    turns.barrier("account", "generation", 20)
    turns.barrier("account", "generation", 5)
    assert wait(turns) == pytest.approx(20)
    assert turns.take("account", "upload", LIMIT).wait == 0
    clock.pass_by(15)
    turns.barrier("account", "generation", 6)
    assert wait(turns) == pytest.approx(6)
    clock.pass_by(6)
    send(turns, 3)


@pytest.mark.parametrize("damage", [b"", b"x" * 9000])
def test_after_damage_a_whole_window_is_waited_for(
    turns: SqliteTurns, clock: Clock, tmp_path: Path, damage: bytes
) -> None:
    send(turns)
    (tmp_path / "limits.db").write_bytes(damage)
    (tmp_path / "limits.db-journal").write_bytes(b"old")
    assert wait(turns) == pytest.approx(61)
    assert (tmp_path / "limits.db.damaged").read_bytes() == damage
    clock.pass_by(61)
    send(turns, 3)


def test_a_newer_log_is_left_alone(turns: SqliteTurns, tmp_path: Path) -> None:
    send(turns)
    db = sqlite3.connect(tmp_path / "limits.db")
    db.execute("PRAGMA user_version = 9")
    db.close()
    with pytest.raises(StoreError, match="newer"):
        send(turns)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 40), st.floats(0, 8), st.integers(-100, 100)), min_size=1, max_size=30))
def test_no_window_ever_holds_more(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[float, float, int]]
) -> None:
    """Requests that are sent late, waits that are obeyed or not, and a wall clock that wanders."""
    clock = Clock()
    turns = SqliteTurns(str(tmp_path_factory.mktemp("turns")), clock=clock)
    sent: list[float] = []
    pending: list[tuple[float, Turn]] = []

    def leave(until: float) -> None:
        for when, turn in sorted(each for each in pending if each[0] <= until):
            clock.uptime = max(clock.uptime, when)
            turns.sent(turn)
            sent.append(clock.uptime)
            pending.remove((when, turn))

    for pause, delay, jump in steps:
        leave(clock.uptime + pause)
        clock.uptime += pause
        clock.wall += jump
        turn = turns.take("account", "generation", LIMIT)
        if turn.wait:
            assert turn.wait <= 61
            leave(clock.uptime + turn.wait)
            clock.uptime += turn.wait
        else:
            pending.append((clock.uptime + delay, turn))
    leave(float("inf"))
    for first, last in zip(sent, sent[LIMIT.calls :], strict=False):
        assert last - first >= 61 - 1e-6


CALLER = """
import sys, time
from iconbuild.model.ports import Limit
from iconbuild.store.ledger.turns import SqliteTurns
turns, limit = SqliteTurns(sys.argv[1], margin=0.05), Limit(4, 0.4, 0.1)
for _ in range(5):
    while (turn := turns.take("a", "p", limit)).wait:
        time.sleep(turn.wait)
    before = time.monotonic()
    turns.sent(turn)
    print(before, time.monotonic())
"""


def test_processes_share_one_window(tmp_path: Path) -> None:
    processes: list[subprocess.Popen[str]] = [run_python(CALLER, tmp_path) for _ in range(4)]
    lines = [line.split() for text in outputs(processes) for line in text.splitlines()]
    before, after = (sorted(float(line[place]) for line in lines) for place in (0, 1))
    assert len(before) == 20
    assert all(last - first >= 0.45 for first, last in zip(before, after[4:], strict=False))


def test_this_machine_has_two_clocks() -> None:
    first, second = now(), now()
    assert first.boot == second.boot
    assert 0 <= age(first, second) < 60
    assert age(second, first) == 0
