"""Commands become CPU seconds and peak memory as the operating system booked them, and ratios within one run."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]


class Spent(NamedTuple):
    """What a process and those it waited for took."""

    cpu: float
    """User and system, in seconds."""
    wall: float
    """Seconds."""
    memory: float
    """The peak of the largest process, in MiB. As Linux books it, never less than that of the one that measures."""


def environment(cache: Path) -> dict[str, str]:
    """A clean environment in which compiled Python files may be kept, as on a user's machine."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "ICONBUILD_CACHE_DIR": str(cache)}


def once(command: Sequence[str], folder: Path, env: dict[str, str]) -> tuple[float, float]:
    """CPU milliseconds (user and system) and peak memory in MiB of one whole process."""
    taken = spent(command, folder, env)
    return taken.cpu * 1000, taken.memory


def spent(command: Sequence[str], folder: Path, env: dict[str, str]) -> Spent:
    """Run `command` in `folder` to its end; where it fails, so does the benchmark, with its complaint."""
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        complaint = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed: {complaint.decode(errors='replace')}")
    return Spent(usage.ru_utime + usage.ru_stime, time.perf_counter() - began, usage.ru_maxrss / 1024)


def paired(
    commands: dict[str, Sequence[str]],
    folder: Path,
    env: dict[str, str],
    *,
    runs: int,
    before: Callable[[str, int], None] = lambda name, run: None,
) -> dict[str, tuple[float, float]]:
    """Median CPU and largest memory per command; the commands take turns, so that a drifting machine hits all alike."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for run in range(runs + 1):
        for name, command in commands.items():
            before(name, run)
            figures = once(command, folder, env)
            if run:  # the first round warms the file system
                taken[name].append(figures)
    return {
        name: (statistics.median(cpu for cpu, _ in figures), max(memory for _, memory in figures))
        for name, figures in taken.items()
    }
