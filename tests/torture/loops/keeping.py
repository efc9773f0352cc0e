"""What a careful loop remembers: whole files, a journal and a lock for each icon, and a sum of what was spent."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

PRICE = 6
ROOM = 64 * 1024
"""Bytes that are reserved for an answer."""


def publish(path: str, data: bytes) -> None:
    """Write a file so that it is there whole and for good, or not at all."""
    folder = os.path.dirname(os.path.abspath(path))
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        with open(temporary, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.rename(temporary, path)
    finally:
        if os.path.exists(temporary):
            os.unlink(temporary)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def locked(path: str) -> Iterator[None]:
    """Hold a lock that dies with the process."""
    with open(path, "ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class Journal:
    """What is known of one icon: its state and the answer that came, each in a file."""

    def __init__(self, subject: str) -> None:
        state = os.environ["ICONBUILD_STATE_DIR"]
        self.folder = os.path.join(state, sha256(subject.encode()).hexdigest()[:12])
        self.answer = os.path.join(self.folder, "answer")
        os.makedirs(self.folder, exist_ok=True)

    @property
    def state(self) -> str:
        """The last mark, or nothing."""
        try:
            with open(os.path.join(self.folder, "state"), encoding="utf-8") as file:
                return file.read()
        except FileNotFoundError:
            return ""

    def mark(self, state: str) -> None:
        """Write down a state, for good."""
        publish(os.path.join(self.folder, "state"), state.encode())

    def reserve(self) -> None:
        """Take room on the disk for the answer."""
        with open(self.answer, "wb") as file:
            os.posix_fallocate(file.fileno(), 0, ROOM)
            os.fsync(file.fileno())

    def keep(self, answer: bytes) -> None:
        """Put an answer into the room that was taken for it."""
        with open(self.answer, "r+b") as file:
            file.write(answer)
            file.flush()
            os.fsync(file.fileno())

    def kept(self) -> bytes:
        """The answer as far as it came."""
        try:
            with open(self.answer, "rb") as file:
                return file.read()
        except FileNotFoundError:
            return b""

    def lock(self) -> object:
        """Nobody else buys this icon."""
        return locked(os.path.join(self.folder, "lock"))


class Books:
    """What was spent, a line for each icon."""

    def __init__(self) -> None:
        state = os.environ["ICONBUILD_STATE_DIR"]
        os.makedirs(state, exist_ok=True)
        self.path = os.path.join(state, "books")
        self.lock = locked(self.path + ".lock")

    def room(self, subject: str) -> bool:
        """Whether the budget allows for one more icon."""
        lines = self._lines() | {subject}
        return len(lines) * PRICE <= int(os.environ.get("BUDGET", "1000000"))

    def enter(self, subject: str) -> None:
        """Write down that an icon is paid for, or will be."""
        publish(self.path, "".join(f"{line}\n" for line in sorted(self._lines() | {subject})).encode())

    def _lines(self) -> set[str]:
        try:
            with open(self.path, encoding="utf-8") as file:
                return set(file.read().splitlines())
        except FileNotFoundError:
            return set()
