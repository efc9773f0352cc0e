"""The crash harness: a program is killed as it enters call N of one kind, and what can be seen then is checked."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from tests.system.project import Project, contents

WRITING = "rename,renameat,renameat2,write,mkdir,mkdirat,unlink,unlinkat,openat"
CALL = re.compile(r"^\d+ +(\w+)\((.*)")


@dataclass(frozen=True)
class Point:
    """The `number`th call of one kind, and what it is about."""

    call: str
    number: int
    words: str


@dataclass
class Harness:
    """A program that is killed; before each kill the folder is put back to how it was."""

    project: Project
    program: Sequence[str]

    def __post_init__(self) -> None:
        self._saved = self.project.base / "saved"
        shutil.copytree(self.project.root, self._saved / "project")
        if self.project.cache.exists():
            shutil.copytree(self.project.cache, self._saved / "cache")

    def reset(self) -> None:
        """Put project and cache back."""
        for name, place in (("project", self.project.root), ("cache", self.project.cache)):
            shutil.rmtree(place, ignore_errors=True)
            if (self._saved / name).exists():
                shutil.copytree(self._saved / name, place)

    def run(self, *strace: str) -> subprocess.CompletedProcess[bytes]:
        """Run the program, under strace where options are given."""
        prefix = ["strace", "-f", *strace] if strace else []
        return subprocess.run(
            [*prefix, *self.program],
            cwd=self.project.root,
            env={**self.project.env, "PYTHONHASHSEED": "0"},
            capture_output=True,
            timeout=60,
            check=False,
        )

    def points(self) -> list[Point]:
        """Every call of an undisturbed run that changes something below the project or the cache."""
        self.reset()
        log = self.project.base / "trace"
        done = self.run("-y", "-s", "256", "-e", f"trace={WRITING}", "-o", str(log))
        assert done.returncode == 0, done.stderr
        numbers: Counter[str] = Counter()
        found = []
        for line in log.read_text(errors="replace").splitlines():
            match = CALL.match(line)
            if match is None:
                continue
            call, words = match.groups()
            numbers[call] += 1
            changes = call != "openat" or "O_CREAT" in words
            if changes and str(self.project.base) in words and str(self.project.count_file) not in words:
                found.append(Point(call, numbers[call], words))
        return found

    def kill_at(self, point: Point) -> bool:
        """Kill the program as it enters a call; whether it died of that."""
        inject = f"inject={point.call}:signal=KILL:when={point.number}"
        done = self.run("-o", os.devnull, "-e", f"trace={point.call}", "-e", inject)
        return done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)


def thinned(points: Sequence[Point]) -> list[Point]:
    """Fewer of the many calls inside the cache's store, which are all alike; all of the others."""
    alike = [point for point in points if "/cache/v1/" in point.words]
    others = [point for point in points if "/cache/v1/" not in point.words]
    return others + alike[:: max(1, len(alike) // 16)]


@dataclass(frozen=True)
class Expected:
    """What may be seen after a kill, and what must be there after the next run."""

    old: dict[str, bytes]
    new: dict[str, bytes]

    def check_now(self, tree: dict[str, bytes]) -> None:
        """Each file that can be seen is one of the old state or of the new, whole."""
        for name, data in tree.items():
            if ".iconbuild-tmp-" not in name:
                assert data in (self.old.get(name), self.new.get(name)), f"{name} is half-written"
                if name.endswith(".png"):
                    with Image.open(BytesIO(data)) as picture:
                        picture.load()

    def check_after(self, tree: dict[str, bytes]) -> None:
        """Exactly the new state: the same bytes, no litter."""
        assert tree.keys() == self.new.keys()
        assert tree == self.new


def crash(harness: Harness, points: Sequence[Point], expected: Expected, again: Callable[[], object]) -> int:
    """Kill at each point, look, run again, look again; returns how often the program died."""
    killed = 0
    for point in points:
        harness.reset()
        killed += harness.kill_at(point)
        expected.check_now(contents(harness.project.root))
        again()
        expected.check_after(contents(harness.project.root))
    return killed
