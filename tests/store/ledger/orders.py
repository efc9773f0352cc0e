"""Orders and moments for tests of the ledger, and other processes that use it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from iconbuild.model.purchase import Claimed, Order
from iconbuild.model.values import ActionKey, Digest
from iconbuild.store.ledger.ledger import SqliteLedger
from iconbuild.store.ledger.moments import Moment
from tests.system.project import REPOSITORY

PROJECT = "/sets/icons.yaml"
DIGEST = Digest("d" * 64)


def key_of(name: str) -> ActionKey:
    return ActionKey(sha256(name.encode()).hexdigest())


def order(name: str = "home", *, worst: int = 6, project: str = PROJECT, open_price: bool = False) -> Order:
    """An order of an icon called `name`."""
    return Order(
        key=key_of(name),
        label=name,
        provider="iconly",
        account="0123456789abcdef",
        task="generate",
        recipe=f'{{"subject":"{name}"}}',
        project=project,
        originals="/sets/.iconbuild/originals",
        unit="token",
        planned=None if open_price else Decimal(worst),
        worst=Decimal(worst),
    )


def claimed(ledger: SqliteLedger, name: str = "home", worst: int = 6) -> str:
    """A claim that succeeds: the attempt."""
    claim = ledger.claim(order(name, worst=worst), budget=None, retry_unknown=False)
    assert isinstance(claim, Claimed)
    return claim.attempt


class Clock:
    """Two clocks that tests turn."""

    def __init__(self) -> None:
        self.wall, self.uptime, self.boot = 1_800_000_000.0, 5_000.0, "first"

    def __call__(self) -> Moment:
        return Moment(self.wall, self.uptime, self.boot)

    def pass_by(self, seconds: float) -> None:
        self.wall += seconds
        self.uptime += seconds


def tree(folder: Path) -> dict[str, bytes]:
    """All files of a folder by name."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run_python(script: str, *arguments: str | Path, stdin: int | None = None) -> subprocess.Popen[str]:
    """Another process that runs `script`."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", script, *map(str, arguments)],
        cwd=REPOSITORY,
        stdin=stdin,
        stdout=subprocess.PIPE,
        text=True,
    )


def outputs(processes: Sequence[subprocess.Popen[str]]) -> list[str]:
    """What processes printed, once all have ended well."""
    found = [process.communicate(timeout=120)[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes)
    return found
