"""A writer that is killed, stopped or refused in the middle."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from iconbuild.errors import FilesystemError
from iconbuild.model.purchase import Attempt
from iconbuild.store.ledger import gate
from iconbuild.store.ledger.ledger import SqliteLedger
from tests.store.ledger.orders import claimed, outputs, run_python, tree
from tests.system.project import REPOSITORY

WRITER = """
import sys
from iconbuild.store.ledger.ledger import SqliteLedger
from tests.store.ledger.orders import claimed
ledger = SqliteLedger(sys.argv[1])
ledger.sending(claimed(ledger, "first"))
print("ready", flush=True)
ledger.sending(claimed(ledger, "second"))
"""


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
@pytest.mark.parametrize(
    ("call", "fault"),
    [
        *((call, "signal=KILL") for call in ("fsync", "fdatasync", "unlink", "pwrite64", "rename", "write")),
        *((call, "error=ENOSPC") for call in ("fsync", "unlink", "rename", "write")),
    ],
)
def test_whoever_is_killed_or_stopped_anywhere_leaves_a_ledger(tmp_path: Path, call: str, fault: str) -> None:
    """At every call of one kind: looking neither fails nor writes, and the next writer goes on."""
    for number in range(1, 1000, 5 if call == "pwrite64" else 1):
        state = tmp_path / f"{call}-{number}"
        names = ("", "ledger.db", "ledger.db-journal", "ledger.db.new", "ledger.db.new-journal", "journal.ndjson")
        strace = ["strace", "-f", "-o", "/dev/null", *(f"-P{state / name}" for name in names)]
        kill = ["-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={number}"]
        done = subprocess.run(
            [*strace, *kill, sys.executable, "-W", "error", "-c", WRITER, str(state)],
            cwd=REPOSITORY,
            capture_output=True,
            check=False,
        )
        ledger, before = SqliteLedger(str(state)), tree(state)
        looked = _states(ledger.attempts())
        assert tree(state) == before
        known = _states(ledger.orphans())
        assert not done.stdout or known["first"] == "sending"
        # Who only looks may see the one step that the dead process had written down and not yet taken.
        assert sum(known.get(label) != state for label, state in looked.items()) <= 1
        claimed(ledger, "third")
        assert _states(ledger.attempts()) == {**known, "third": "intent"}
        ledger.close()
        if done.returncode == 0:
            assert number > 1
            return
        assert done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL) or b"FilesystemError: cannot" in done.stderr


def _states(attempts: list[Attempt]) -> dict[str, str]:
    return {each.order.label: each.state for each in attempts}


HOLDER = """
import sys
from iconbuild.store.ledger.gate import passing
with passing(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_holder_that_stands_still_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(tmp_path / "lock")
    process = run_python(HOLDER, path, stdin=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    process.send_signal(signal.SIGSTOP)
    with (
        pytest.raises(FilesystemError, match=rf"process {process.pid} has held .* for 0\.1 seconds"),
        gate.passing(path, wait=0.1),
    ):
        pytest.fail("two hold one lock")
    process.send_signal(signal.SIGCONT)
    outputs([process])
    with gate.passing(path, wait=0):
        pass
