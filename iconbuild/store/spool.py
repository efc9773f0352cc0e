"""An answer on its way becomes a file in room that was reserved before anything was sent.

    <state>/spool/<attempt>     one JSON line (status, headers), the body, and NULs up to the reserved size

A body is text, so that NULs at its end are room that was not needed.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import weakref
from collections.abc import Mapping

from iconbuild.disk import cannot, make_lasting_folder, sync_folder
from iconbuild.errors import FilesystemError
from iconbuild.model.purchase import Reply
from iconbuild.model.values import canonical

SIZE = 8 * 1024 * 1024 + 64 * 1024
"""Bytes: the longest answer that is taken, and its head."""
_FLAGS = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC
_NOT_SUPPORTED = (errno.EINVAL, errno.EOPNOTSUPP, errno.ENOSYS)
_BLOCK = bytes(1024 * 1024)


class Spool:
    """The folder of answers that are not yet kept elsewhere."""

    def __init__(self, state_dir: str, *, size: int = SIZE) -> None:
        self._folder = os.path.join(state_dir, "spool")
        self._size = size
        self._sinks: dict[str, _FileSink] = {}

    def reserve(self, attempt: str) -> _FileSink:
        """A sink with room for the longest answer, empty; raises FilesystemError, and then nothing may be sent.

        Room that an attempt has already is kept and emptied.
        """
        path = self.path(attempt)
        for folder in (os.path.dirname(self._folder), self._folder):
            make_lasting_folder(folder, mode=0o700)
        try:
            sink = self._sinks.get(attempt) or _opened(path)
            try:
                sink.clear()
                sink.take_room(self._size)
                sync_folder(self._folder)
            except BaseException:
                sink.close()
                self._sinks.pop(attempt, None)
                with contextlib.suppress(OSError):
                    os.unlink(path)
                raise
        except OSError as error:
            why = cannot("reserve room for an answer in", path, error)
            raise FilesystemError(f"{why.message}; nothing was sent or spent for it", remedy=why.remedy) from error
        self._sinks[attempt] = sink
        return sink

    def secure(self, attempt: str) -> None:
        """Make all that arrived survive a power cut; raises FilesystemError."""
        sink = self._sinks.get(attempt)
        try:
            if sink:
                sink.sync()
        except OSError as error:
            raise cannot("write", self.path(attempt), error) from error

    def reply(self, attempt: str) -> Reply | None:
        """What arrived, whole or not; None where no whole head did. Raises FilesystemError."""
        path = self.path(attempt)
        try:
            with open(path, "rb") as file:
                return _reply(file.read())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise cannot("read", path, error) from error

    def path(self, attempt: str) -> str:
        """Where the raw answer lies."""
        if not (attempt.isalnum() and attempt.isascii()):
            raise ValueError("no attempt has such a name")
        return os.path.join(self._folder, attempt)

    def drop(self, attempt: str) -> None:
        """Forget an answer; it may be gone already."""
        sink = self._sinks.pop(attempt, None)
        if sink:
            sink.close()
        path = self.path(attempt)
        try:
            os.unlink(path)
        except FileNotFoundError:
            return
        except OSError as error:
            raise cannot("remove", path, error) from error

    def left(self) -> list[str]:
        """The attempts of which something lies here; raises FilesystemError."""
        try:
            return sorted(name for name in os.listdir(self._folder) if name.isalnum())
        except FileNotFoundError:
            return []
        except OSError as error:
            raise cannot("list", self._folder, error) from error


class _FileSink:
    """A Sink in a file that stays open, so that no answer is lost for want of a descriptor."""

    def __init__(self, descriptor: int, used: int) -> None:
        self._descriptor, self._at, self._used = descriptor, 0, used
        self.close = weakref.finalize(self, os.close, descriptor)

    def head(self, status: int, headers: Mapping[str, str]) -> None:
        """Begin the answer."""
        if self._at:
            self.clear()
        self.write(canonical({"status": status, "headers": dict(headers)}).encode() + b"\n")

    def write(self, data: bytes) -> None:
        """The next piece of the body; raises OSError where it cannot be kept."""
        rest = memoryview(data)
        while rest:
            written = os.pwrite(self._descriptor, rest, self._at)
            self._at += written
            rest = rest[written:]
        self._used = max(self._used, self._at)

    def reply(self) -> Reply:
        """All that arrived; raises OSError where nothing did."""
        reply = _reply(os.pread(self._descriptor, self._at, 0))
        if reply is None:
            raise OSError(errno.ENODATA, os.strerror(errno.ENODATA))
        return reply

    def clear(self) -> None:
        """Forget what arrived, and keep the room."""
        self._at = 0
        self.write(bytes(self._used))
        self._at = self._used = 0

    def take_room(self, size: int) -> None:
        """Make the file `size` bytes long, on the disk and not only by name."""
        try:
            os.posix_fallocate(self._descriptor, 0, size)
        except (OSError, AttributeError) as error:  # macOS has no such call, and some file systems do not know it
            if isinstance(error, OSError) and error.errno not in _NOT_SUPPORTED:
                raise
            for start in range(os.fstat(self._descriptor).st_size, size, len(_BLOCK)):
                self._at = start
                self.write(_BLOCK[: size - start])
            self._at = self._used = 0
        os.fsync(self._descriptor)

    def sync(self) -> None:
        """Make what arrived durable."""
        os.fsync(self._descriptor)


def _opened(path: str) -> _FileSink:
    """A new file, or the one of an earlier process with all that it holds."""
    try:
        return _FileSink(os.open(path, _FLAGS | os.O_CREAT | os.O_EXCL, 0o600), 0)
    except FileExistsError:
        descriptor = os.open(path, _FLAGS)
    return _FileSink(descriptor, os.fstat(descriptor).st_size)


def _reply(raw: bytes) -> Reply | None:
    """The answer in a spool's bytes; None without a whole head."""
    line, end, body = raw.partition(b"\n")
    try:
        head = json.loads(line)
        status, headers = int(head["status"]), dict(head["headers"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return Reply(status, headers, body.rstrip(b"\0")) if end else None
