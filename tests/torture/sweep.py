"""A subject becomes the list of its system calls that matter, and each of them a trial in which it dies or fails."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from tests.system.project import REPOSITORY
from tests.torture.subject import DEAD, Ended, Subject, Trial, trial
from tests.torture.till import Shop
from tests.torture.verdict import UNKNOWN, Tally, Verdict, Violation, fell_over, glimpsed, judged, leaked

WRITES = "write,pwrite64,writev,fsync,fdatasync,ftruncate,fallocate"
NAMES = "rename,renameat,renameat2,unlink,unlinkat,link,linkat,mkdir,mkdirat,openat"
NETWORK = "connect,sendto,sendmsg,recvfrom,recvmsg,poll,ppoll"
KILLED = f"{WRITES},{NAMES},{NETWORK}"
FAILING = {
    "ENOSPC": ("write", "pwrite64", "fsync", "fdatasync", "ftruncate", "fallocate", "openat", "rename", "mkdir"),
    "EIO": ("write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "unlink"),
    "EROFS": ("openat", "rename", "unlink", "mkdir"),
    "EMFILE": ("openat",),
    "ECONNRESET": ("recvfrom",),
}
LASTING = ("write", "pwrite64", "fallocate", "ftruncate")
"""A disk that was full for one of these is full for the next."""

VITAL = ("<socket:", "journal.ndjson", "/spool/", "/originals/", "/dist", "icons.lock")
BLOCK = 2000
"""How many calls a thread burns to have numbers of its own, as `numbering` has it."""
NUMBERING = Path(__file__).with_name("numbering")
_CALL = re.compile(r"^(\d+) +(\w+)\((.*)")
_THREAD = re.compile(r'"/nowhere/thread-(\d+)"')
_VARYING = re.compile(r"[0-9a-f]{6,}|\d+")


class Point(NamedTuple):
    """The `number`th call of one kind of one thread, and what it is about."""

    call: str
    number: int
    thread: str
    """Its number as `numbering` gives it; empty where the program has one thread and does not say."""
    words: str

    @property
    def name(self) -> str:
        """A short name for folders and messages."""
        return f"{self.call}-{self.number}-{self.thread}"

    @property
    def likeness(self) -> tuple[str, str]:
        """What it has in common with calls that do the same to another icon: the call, and where."""
        return self.call, _VARYING.sub("#", re.sub(r'".*?"\.*(?=, \d)', "", self.words))[:160]


def points(subject: Subject, shop: Shop, folder: Path) -> list[Point]:
    """Every call of an undisturbed run that changes a file of the trial or uses its network."""
    there = trial(subject, shop, folder)
    log = folder / "calls"
    ended = there.run("strace", "-f", "-y", "-s", "80", "-e", f"trace={KILLED}", "-o", str(log), env=_numbered())
    assert ended.code == 0, ended
    threads: dict[str, str] = {}
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for line in log.read_text(errors="replace").splitlines():
        match = _CALL.match(line)
        if match is None:
            continue
        thread, call, words = match.groups()
        seen[thread, call] += 1
        if named := _THREAD.match(words):
            threads[thread] = named[1]
        if _matters(call, words, str(folder)):
            assert thread in threads or not threads, f"a thread without a number: {line}"
            found.append(Point(call, seen[thread, call], threads.get(thread, ""), words.replace(str(folder), "")))
    assert max((point.number for point in found), default=0) < BLOCK
    shutil.rmtree(folder)
    return found


def _numbered(point: Point | None = None) -> dict[str, str]:
    """An environment in which threads say who they are, and the thread of `point` has numbers of its own."""
    chosen = {"TORTURE_CALL": point.call, "TORTURE_THREAD": point.thread} if point and point.thread else {}
    return {"PYTHONPATH": f"{NUMBERING}{os.pathsep}{REPOSITORY}", **chosen}


def _matters(call: str, words: str, folder: str) -> bool:
    if call in NETWORK.split(","):
        return "<socket:" in words or "<TCP" in words
    if call in NAMES.split(",") and "= -1 E" in words:
        return False  # it failed, and changed nothing
    if call == "openat":
        return folder in words and any(flag in words for flag in ("O_CREAT", "O_TRUNC", "O_RDWR", "O_WRONLY"))
    return folder in words


def vital(found: Iterable[Point]) -> list[Point]:
    """The calls on which money hangs: network, journal, commits, room for answers, originals, outputs and lock."""
    return [
        point
        for point in found
        if any(word in point.words for word in VITAL) or (point.call == "unlink" and "ledger.db-journal" in point.words)
    ]


def thinned(found: Sequence[Point], most: int = 1) -> list[Point]:
    """The first `most` of all calls that are alike."""
    often: Counter[tuple[str, str]] = Counter()
    kept = []
    for point in found:
        often[point.likeness] += 1
        if often[point.likeness] <= most:
            kept.append(point)
    return kept


def killed(subject: Subject, shop: Shop, base: Path, found: Iterable[Point], *, late: float = 0) -> Tally:
    """Kill it as it enters each call, look, run it again, and judge."""

    def one(point: Point) -> Verdict:
        there = trial(subject, shop, base / f"kill-{point.name}", late=late)
        ended = struck(there, point, "signal=KILL")
        return _resumed(there, point, glimpsed(there), hit=ended.code == DEAD)

    return swept(one, found)


class Failing(NamedTuple):
    """A call that fails, once or from then on."""

    point: Point
    error: str
    lasting: bool

    @property
    def name(self) -> str:
        """A short name for folders and messages."""
        return f"{self.error}-{self.point.name}{'-on' if self.lasting else ''}"


def failings(found: Iterable[Point]) -> list[Failing]:
    """Every way in which each call may fail."""
    return [
        Failing(point, error, point.call in LASTING)
        for point in found
        for error, calls in FAILING.items()
        if point.call.removesuffix("at") in calls or point.call in calls
    ]


def failed(subject: Subject, shop: Shop, base: Path, found: Iterable[Failing]) -> Tally:
    """Let each call fail, look, run it again with a sound disk, and judge."""

    def one(failing: Failing) -> Verdict:
        there = trial(subject, shop, base / f"fail-{failing.name}")
        ended = struck(there, failing.point, f"error={failing.error}", "+" if failing.lasting else "")
        return _resumed(there, failing, [*glimpsed(there), *fell_over([ended])], hit=True)

    return swept(one, found)


def struck(there: Trial, point: Point, what: str, lasting: str = "") -> Ended:
    """Run it, and do something to it at a call: `signal=KILL`, `error=EIO`; `lasting` is `+` for all after it too."""
    number = point.number + (BLOCK if point.thread else 0)
    inject = ["-e", f"trace={point.call}", "-e", f"inject={point.call}:{what}:when={number}{lasting}"]
    return there.run("strace", "-f", "-o", os.devnull, *inject, env=_numbered(point))


def _resumed(there: Trial, fault: Point | Failing, seen: list[Violation], *, hit: bool) -> Verdict:
    ended = there.run()
    verdict = Verdict(
        fault.name, tuple(dict.fromkeys([*seen, *judged(there, ended), *leaked(there)])), hit, ended.code == UNKNOWN
    )
    if not verdict.violations:
        shutil.rmtree(there.folder)
    return verdict


def swept(one: Callable[[Any], Verdict], faults: Iterable[Any]) -> Tally:
    """Judge all trials, as many at a time as there are processors."""
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as workers:
        return Tally(tuple(workers.map(one, faults)))
