"""Real processes and threads at one ledger."""

from __future__ import annotations

import os
import signal
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest

from iconbuild.errors import BudgetError
from iconbuild.model.purchase import Claimed, Held, Unresolved
from iconbuild.store.ledger.ledger import SqliteLedger
from iconbuild.store.ledger.runs import Runs
from tests.store.ledger.orders import DIGEST, PROJECT, claimed, order, outputs, run_python

RACER = """
import sys
from decimal import Decimal
from iconbuild.errors import BudgetError
from iconbuild.model.purchase import Claimed
from iconbuild.store.ledger.ledger import SqliteLedger
from tests.store.ledger.orders import DIGEST, order
ledger, me = SqliteLedger(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
sys.stdin.read()
for number in range(4):
    try:
        claim = ledger.claim(order(f"{me}-{number}"), budget=Decimal(100), retry_unknown=False)
    except BudgetError:
        print("budget")
        continue
    ledger.sending(claim.attempt)
    print("sold")
    ledger.received(claim.attempt)
    ledger.settled(claim.attempt, DIGEST, None)
"""

SAME = """
import sys
from iconbuild.model.purchase import Claimed
from iconbuild.store.ledger.ledger import SqliteLedger
from tests.store.ledger.orders import DIGEST, order
ledger = SqliteLedger(sys.argv[1])
print("ready", flush=True)
sys.stdin.read()
for number in range(5):
    claim = ledger.claim(order(str(number)), budget=None, retry_unknown=True)
    if isinstance(claim, Claimed):
        ledger.sending(claim.attempt)
        print("sold", number)
        ledger.settled(claim.attempt, DIGEST, None)
"""

BUYER = """
import sys
from iconbuild.store.ledger.ledger import SqliteLedger
from tests.store.ledger.orders import claimed
ledger = SqliteLedger(sys.argv[1])
claimed(ledger, "intent")
ledger.sending(claimed(ledger, "sending"))
print("ready", flush=True)
sys.stdin.read()
"""


def started(script: str, *arguments: list[str | Path]) -> list[subprocess.Popen[str]]:
    """Processes that wait for their input to end, all ready."""
    processes = [run_python(script, *each, stdin=subprocess.PIPE) for each in arguments]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    return processes


def released(processes: list[subprocess.Popen[str]]) -> list[str]:
    for process in processes:
        assert process.stdin is not None
        process.stdin.close()
        process.stdin = None
    return "".join(outputs(processes)).splitlines()


def test_eight_processes_keep_within_one_budget(tmp_path: Path) -> None:
    lines = released(started(RACER, *([tmp_path, str(number)] for number in range(8))))
    assert Counter(lines) == {"sold": 16, "budget": 16}
    ledger = SqliteLedger(str(tmp_path))
    assert ledger.spent(PROJECT) == 96
    assert len(ledger.attempts()) == 16
    with pytest.raises(BudgetError):
        ledger.claim(order(), budget=Decimal(100), retry_unknown=False)
    ledger.close()


def test_processes_that_want_the_same_buy_it_once(tmp_path: Path) -> None:
    lines = released(started(SAME, *([tmp_path] for _ in range(6))))
    assert sorted(lines) == [f"sold {number}" for number in range(5)]


def test_threads_that_want_the_same_buy_it_once(tmp_path: Path) -> None:
    ledger = SqliteLedger(str(tmp_path))

    def buy(number: int) -> bool:
        claim = ledger.claim(order(str(number % 5)), budget=None, retry_unknown=False)
        if isinstance(claim, Claimed):
            ledger.sending(claim.attempt)
            ledger.settled(claim.attempt, DIGEST, None)
        return isinstance(claim, Claimed)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(buy, range(40))) == 5
    assert len(os.listdir(tmp_path / "runs")) == 1
    ledger.close()


def test_a_killed_process_holds_nothing_and_a_stopped_one_all(tmp_path: Path) -> None:
    (process,) = started(BUYER, [tmp_path])
    ledger = SqliteLedger(str(tmp_path))
    process.send_signal(signal.SIGSTOP)
    held = Held(f"process {process.pid}")
    for name in ("intent", "sending"):
        assert ledger.claim(order(name), budget=None, retry_unknown=True) == held
    assert ledger.orphans() == []
    process.kill()
    process.communicate()
    assert [each.order.label for each in ledger.orphans()] == ["intent", "sending"]
    assert isinstance(ledger.claim(order("intent"), budget=None, retry_unknown=False), Claimed)
    assert isinstance(ledger.claim(order("sending"), budget=None, retry_unknown=True), Unresolved)
    ledger.close()


def test_files_of_dead_runs_go_and_those_of_live_ones_stay(tmp_path: Path) -> None:
    (process,) = started(BUYER, [tmp_path])
    first, second = Runs(str(tmp_path / "runs")), Runs(str(tmp_path / "runs"))
    first.own()
    assert len(os.listdir(tmp_path / "runs")) == 2
    process.kill()
    process.communicate()
    assert second.lives(first.own())
    second.own()
    assert sorted(os.listdir(tmp_path / "runs")) == sorted(f"{each.own().run}.lock" for each in (first, second))
    first.close()
    assert not second.lives(first.own()._replace(run=f"{os.getpid()}-00000000"))
    first.close()
    second.close()


def test_a_run_ends_with_its_ledger(tmp_path: Path) -> None:
    ledger = SqliteLedger(str(tmp_path))
    attempt = claimed(ledger)
    del ledger
    other = SqliteLedger(str(tmp_path))
    assert [each.id for each in other.orphans()] == [attempt]


@pytest.mark.parametrize("change", [{"host": "elsewhere"}, {"boot": "earlier"}, {"run": "../runs/x"}, {"run": "gone"}])
def test_runs_of_other_machines_and_times_are_dead(tmp_path: Path, change: dict[str, str]) -> None:
    runs = Runs(str(tmp_path / "runs"))
    assert runs.lives(runs.own())
    assert not runs.lives(runs.own()._replace(**change))
    runs.close()


def test_whoever_looks_does_not_look_alive(tmp_path: Path) -> None:
    """Many ask at once whether a dead run lives: nobody's question is another one's answer."""
    gone = Runs(str(tmp_path / "runs"))
    run = gone.own()
    (tmp_path / "kept").write_bytes(b"")
    os.link(tmp_path / "runs" / f"{run.run}.lock", tmp_path / "again")
    gone.close()
    runs = Runs(str(tmp_path / "runs"))
    with ThreadPoolExecutor(8) as pool:
        assert not any(pool.map(lambda _: runs.lives(run), range(400)))


def test_a_fork_is_another_run(tmp_path: Path) -> None:
    runs = Runs(str(tmp_path / "runs"))
    parent = runs.own()
    script = """
import os, sys
from iconbuild.store.ledger.runs import Runs
runs = Runs(sys.argv[1])
mine = runs.own()
child = os.fork()
if child == 0:
    print(runs.own() != mine, runs.lives(mine), flush=True)
    os._exit(0)
os.waitpid(child, 0)
print(runs.own() == mine, runs.lives(mine))
"""
    (printed,) = outputs([run_python(script, tmp_path / "runs")])
    assert printed.split() == ["True"] * 4
    assert runs.lives(parent)
    runs.close()
