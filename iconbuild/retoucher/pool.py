"""Jobs become words about them: a few in this process, many shared out among others; Ctrl-C loses nothing.

Processes and not threads, because steps hold the interpreter's lock for a good part of their time: two threads are 1.5
times as fast as one, two processes 1.74 times. And what brings a decoder down takes one picture with it, not all.
"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from queue import SimpleQueue
from threading import Thread
from typing import IO, NamedTuple

from iconbuild.model.retouch import File, Placed, Reply, Retouch

_AHEAD = 2
"""Jobs that a process holds: one in work and one that waits, so that it never does. On Ctrl-C both are done."""
_WORTH_IT = 8
"""Pictures from which processes pay, each of which takes a tenth of a second to begin."""
_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(32 << 20), "MALLOC_TRIM_THRESHOLD_": str(128 << 20)}
"""Bytes. The C library of Linux would hand every picture's memory back and ask for it anew: a sixth of the time."""


class Crew(NamedTuple):
    """How to do a job here, and how to start a process that does them elsewhere: Python code, and its first line."""

    here: Callable[[Retouch], Reply]
    code: str
    order: str


def work(
    jobs: Sequence[Retouch], crew: Crew, count: int, started: Callable[[Retouch], None], stopping: Callable[[], bool]
) -> Iterator[Reply]:
    """What came of each job, as it comes. No new one is begun once `stopping` says so; those begun are told."""
    left = deque(jobs)
    if count > 0 and len(jobs) >= _WORTH_IT and sys.executable:
        with _Others(crew, min(count, len(jobs))) as others:
            yield from others.work(left, started, stopping)
    while left and not stopping():
        job = left.popleft()
        started(job)
        yield crew.here(job)


def serve(do: Callable[[Retouch], Reply], lines: Iterable[str], out: IO[str]) -> None:
    """The other side: it says that it is there; then a line is a job, its answer a line, until there are no more."""
    out.write("ready\n")
    out.flush()
    for line in _as_they_come(lines):
        source, root, files = json.loads(line)
        done = do(Retouch(source, root, tuple(File(path, kind, tuple(sizes)) for path, kind, sizes in files)))
        out.write(json.dumps(done[1:]) + "\n")
        out.flush()


def _as_they_come(lines: Iterable[str]) -> Iterator[str]:
    """`lines`, always read on: who writes them never waits for one who waits for an answer to be read."""
    waiting: SimpleQueue[str | None] = SimpleQueue()

    def listen() -> None:
        try:
            for line in lines:
                waiting.put(line)
        finally:
            waiting.put(None)

    Thread(target=listen, daemon=True).start()
    while (line := waiting.get()) is not None:
        yield line


class _Other:
    """Another process and what it has to do, in order."""

    def __init__(self, crew: Crew) -> None:
        # Modules come from where ours do, never from the working folder. A group of its own: Ctrl-C is for us alone.
        code = f"import sys; sys.path[:] = {sys.path!r}; {crew.code}"
        self.process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**_MEMORY, **os.environ},
            process_group=0,
        )
        assert self.process.stdin
        assert self.process.stdout
        self.orders, self.answers = self.process.stdin, self.process.stdout
        self.jobs: deque[Retouch] = deque()
        self.ready = False
        self._rest = b""
        self._send(crew.order)

    def give(self, job: Retouch) -> None:
        self.jobs.append(job)
        self._send(json.dumps(job))

    def heard(self) -> list[Reply] | None:
        """What it has answered since; None once it is gone."""
        data = self.answers.read1(1 << 16)  # type: ignore[attr-defined]
        if not data:
            return None
        *lines, self._rest = (self._rest + data).split(b"\n")
        if lines and not self.ready:
            self.ready = bool(lines.pop(0))
        return [_done(self.jobs.popleft(), line) for line in lines]

    def end(self) -> int:
        """Its exit code; it ends as soon as it hears no more."""
        for stream in (self.orders, self.answers):
            try:
                stream.close()
            except OSError:  # what was still to be sent to a process that is gone
                continue
        return self.process.wait()

    def _send(self, line: str) -> None:
        try:
            self.orders.write(line.encode() + b"\n")
            self.orders.flush()
        except OSError:  # it is gone, and will be found so when it is listened to
            return


class _Others:
    """All other processes."""

    def __init__(self, crew: Crew, count: int) -> None:
        self._crew, self._count = crew, count
        self._known: list[_Other] = []
        self._selector = selectors.DefaultSelector()

    def __enter__(self) -> _Others:
        for _ in range(self._count):
            self._start()
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        for other in self._known:
            if kind is not None:
                other.process.kill()
            other.end()
        self._selector.close()

    def work(
        self, left: deque[Retouch], started: Callable[[Retouch], None], stopping: Callable[[], bool]
    ) -> Iterator[Reply]:
        """Until all is done that can be; what nobody could be found for stays in `left`."""
        while True:
            for other in self._known:
                while left and len(other.jobs) < _AHEAD and not stopping():
                    started(left[0])
                    other.give(left.popleft())
            if not any(other.jobs for other in self._known):
                return
            for key, _ in self._selector.select():
                other = key.data
                done = other.heard()
                yield from self._lost(other, left) if done is None else done

    def _start(self) -> None:
        try:
            other = _Other(self._crew)
        except OSError:  # the system gives no more
            return
        self._known.append(other)
        self._selector.register(other.answers, selectors.EVENT_READ, other)

    def _lost(self, other: _Other, left: deque[Retouch]) -> Iterator[Reply]:
        """A process that ended before its work did: the job that it was at has failed, another one does the rest."""
        self._selector.unregister(other.answers)
        self._known.remove(other)
        code = other.end()
        if other.ready and other.jobs:
            yield Reply(other.jobs.popleft().source, error=f"the process that worked on it ended ({_ended(code)})")
        left.extendleft(reversed(other.jobs))
        if other.ready and left:
            self._start()


def _ended(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def _done(job: Retouch, line: bytes) -> Reply:
    files, error, remedy, fatal, remarks = json.loads(line)
    return Reply(job.source, tuple(Placed(*file) for file in files), error, remedy, fatal, tuple(remarks))
