"""Several paid builds at once: started, watched until they have come somewhere, and ended."""

from __future__ import annotations

import subprocess
import time
from collections import Counter
from collections.abc import Callable, Mapping

from tests.system.paid import Shop
from tests.system.project import TIMEOUT, Project, Run, finish
from tests.system.rows import asked

GENERATE = "generate-icon"


def start(
    shop: Shop, *arguments: str, project: Project | None = None, env: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start the program as a buyer, in the shop's project or in another, and leave it running."""
    there = project or shop.project
    process = subprocess.Popen(
        there.command(arguments, "iconbuild"),
        cwd=there.root,
        env={**there.env, **shop.env, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    there.started.append(process)
    return process


def run_in(project: Project, shop: Shop, *arguments: str, env: Mapping[str, str] | None = None) -> Run:
    """Run the program to its end as a buyer in another project."""
    return finish(start(shop, *arguments, project=project, env=env))


def watched(process: subprocess.Popen[bytes], reached: Callable[[], bool]) -> None:
    """Wait until the process has come as far as `reached` says; fails if it ends before that."""
    deadline = time.monotonic() + TIMEOUT
    while not reached():
        assert process.poll() is None, finish(process)
        assert time.monotonic() < deadline, "it never came there"
        time.sleep(0.01)


def is_flying(shop: Shop, count: int = 1) -> Callable[[], bool]:
    """Whether the account was charged for so many orders that the server has not answered."""
    return lambda: _open(shop) >= count and len(shop.charges()) >= count


def _open(shop: Shop) -> int:
    return sum(each["status"] == "open" for each in asked(shop))


def slow(seconds: float, *, subject: str = "", path: str = GENERATE, times: int = -1) -> dict[str, object]:
    """A server that charges at once and takes so long for its answer."""
    return {"path": path, "subject": subject, "delay": seconds, "times": times}


def sold(shop: Shop) -> Counter[str]:
    """How often the account was charged for each subject."""
    return Counter(charge["subject"] for charge in shop.charges())
