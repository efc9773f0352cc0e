"""Changes become lines of `journal.ndjson`, durable before they count, and lines become changes again.

The first line names the format; each other one is a change of one attempt, or a reading of a balance:

    {"journal":1}
    {"attempt":"3f...","n":7,"set":{"state":"sending","sent":7}}
    {"n":8,"reading":{"account":"...","at":1790000000.0,"total":"2491"}}

`n` counts the transactions. The ledger remembers how long the journal was when it was last in step.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from iconbuild.disk import write_atomic
from iconbuild.errors import StoreError
from iconbuild.model.values import canonical

FORMAT = 1
_HEAD = canonical({"journal": FORMAT}).encode() + b"\n"
Cell: TypeAlias = str | int | float | None


class Change(NamedTuple):
    """What changes in one attempt (`id`), or a reading of a balance (`id` is empty)."""

    id: str
    cells: Mapping[str, Cell]


class Entry(NamedTuple):
    """A change as it stands in the journal: the number of its transaction and the line, counted from 1."""

    n: int
    line: int
    change: Change


def begin(path: str, entries: Iterable[tuple[int, Change]] = ()) -> int:
    """Write a whole journal, durable and at once; its length in bytes. Raises FilesystemError."""
    data = _HEAD + b"".join(_line(n, change) for n, change in entries)
    write_atomic(path, data, mode=0o600, durable=True)
    return len(data)


def append(path: str, size: int, n: int, changes: Iterable[Change]) -> int:
    """Add the changes of transaction `n` at `size`, where the last one in step ended; the new length. Raises OSError.

    What stands behind `size` was written by somebody who died before it counted, and is cut off.
    """
    data = b"".join(_line(n, change) for change in changes)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        if os.fstat(descriptor).st_size != size:
            os.ftruncate(descriptor, size)
        written = os.write(descriptor, data)
        while written < len(data):  # a signal, or a disk that is filling up: the next call says which
            written += os.write(descriptor, data[written:])
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return size + len(data)


def _line(n: int, change: Change) -> bytes:
    body = {"attempt": change.id, "set": change.cells} if change.id else {"reading": change.cells}
    return canonical({"n": n, **body}).encode() + b"\n"


def is_ahead(path: str, size: int, n: int) -> bool:
    """Whether more than one transaction stands behind `size`, so that the ledger (at transaction `n`) is an old one."""
    with open(path, "rb") as file:
        file.seek(size)
        tail = file.read()
    return any(_number(line) > n + 1 for line in tail.split(b"\n")[:-1])


def _number(line: bytes) -> int:
    """The transaction of a line; 0 for what a power cut left of one."""
    try:
        return int(json.loads(line)["n"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return 0


def whole_length(path: str) -> int:
    """Bytes up to the end of the last whole line."""
    with open(path, "rb") as file:
        return file.read().rfind(b"\n") + 1


def entries(path: str) -> Iterator[Entry]:
    """Every change; a last line without its end was never acted upon and is left out.

    Raises StoreError for any other line that cannot be read, because what was spent is then uncertain.
    """
    with open(path, "rb") as file:
        data = file.read()
    head, _, rest = data.partition(b"\n")
    _check_head(path, head, complete=b"\n" in data)
    yield from _entries(path, rest, first=2)


def _check_head(path: str, head: bytes, *, complete: bool) -> None:
    if not complete and _HEAD.startswith(head):
        return
    try:
        version = json.loads(head)["journal"]
    except (ValueError, TypeError, KeyError):
        raise damaged(path, 1) from None
    if version != FORMAT:
        raise StoreError(
            f"{path} was written by a newer iconbuild", remedy="update iconbuild; nothing was spent by this run"
        )


def _entries(path: str, data: bytes, first: int) -> Iterator[Entry]:
    for number, line in enumerate(data.split(b"\n")[:-1], first):
        try:
            found = json.loads(line)
            cells = found["set"] if "attempt" in found else found["reading"]
            yield Entry(int(found["n"]), number, Change(str(found.get("attempt", "")), dict(cells)))
        except (ValueError, TypeError, KeyError, RecursionError):
            raise damaged(path, number) from None


def damaged(path: str, line: int) -> StoreError:
    """The error for a line that cannot be read."""
    return StoreError(
        f"{path}:{line}: this line of the ledger's journal is damaged, so what was spent is uncertain",
        remedy="restore it from a backup, or move it and the ledger aside and begin anew; look at the account first",
    )
