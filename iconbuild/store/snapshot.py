"""What a finished build looked like: if nothing it saw has changed, the next one has nothing to do.

A cache and never the truth. Whoever looks at it falls through to the full plan on any doubt. Only built-in modules are
imported here, because this is all that a null build runs: one read, one marshal, one stat a file.

A snapshot belongs to one command line in one folder; it holds the manifest's bytes themselves, the stamps of every
other file that was read, names that must not exist, and the stamps of every output, folder by folder.
"""

from __future__ import annotations

import marshal
import os
import sys
from binascii import crc32

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing and collections cost a third of a bare interpreter
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    Stamp = tuple[int, int, int]
    Identity = tuple[Any, ...]
_FORMAT = 1


def slot(cache: str, who: Identity) -> str:
    """The file for one command line; what is inside says whether it is really the one."""
    return os.path.join(cache, "snapshots", f"{crc32(marshal.dumps(who, 2)):08x}")


def identity(version: str, arguments: Sequence[str], folder: str, environment: Mapping[str, str]) -> Identity:
    """Everything outside the files that decides what a build does; keys do not, and are never written anywhere."""
    settings = {name: value for name, value in environment.items() if name.startswith("ICONBUILD_")}
    chosen = sorted(f"{name}={value}" for name, value in settings.items() if not name.endswith("_KEY"))
    return (_FORMAT, version, sys.version, folder, *arguments, *chosen, "CI" in environment)


def answer(path: str, wanted: Identity) -> str | None:
    """What the build would say, if nothing has changed since the snapshot was taken; None on any doubt."""
    try:
        with open(path, "rb") as file:
            raw = file.read()
        if crc32(raw[4:]) != int.from_bytes(raw[:4], "big"):
            return None
        who, manifest, text, inputs, absent, outputs, words = marshal.loads(raw[4:])  # noqa: S302
        if who != wanted:
            return None
        with open(manifest, "rb") as file:
            if file.read() != text:
                return None
        for name, stamp in inputs:
            seen = os.stat(name)
            if (seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns) != stamp:
                return None
        if any(os.path.lexists(name) for name in absent):
            return None
        if not all(_in_place(folder, names, stamps) for folder, names, stamps in outputs):
            return None
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return str(words)


def _in_place(folder: str, names: Sequence[str], stamps: Sequence[int]) -> bool:
    """Whether every file of a folder has the stamp it had; `stamps` is flat: size, mtime, ctime, size, ..."""
    if os.stat not in os.supports_dir_fd:
        return False
    descriptor = os.open(folder, os.O_RDONLY)
    stat, numbers = os.stat, iter(stamps)
    try:
        for name in names:
            seen = stat(name, dir_fd=descriptor, follow_symlinks=False)
            if seen.st_size != next(numbers) or seen.st_mtime_ns != next(numbers) or seen.st_ctime_ns != next(numbers):
                return False
    finally:
        os.close(descriptor)
    return True


class Sight:
    """What a finished build saw: the manifest's bytes, other inputs, names that were not there, and its outputs."""

    __slots__ = ("absent", "inputs", "manifest", "outputs", "text")

    def __init__(
        self,
        manifest: str,
        text: bytes,
        inputs: Mapping[str, Stamp],
        absent: Iterable[str],
        outputs: Mapping[str, Stamp],
    ) -> None:
        self.manifest, self.text = manifest, text
        self.inputs, self.absent, self.outputs = tuple(inputs.items()), tuple(absent), outputs


def take(path: str, wanted: Identity, sight: Sight, words: str) -> None:
    """Write the snapshot of a finished build that the next one answers with `words`; all paths are absolute.

    The stamps have to be from before the inputs were read, and must not be younger than the clock's grain.
    """
    folders: dict[str, tuple[list[str], list[int]]] = {}
    for name, stamp in sight.outputs.items():
        folder, base = os.path.split(name)
        names, stamps = folders.setdefault(folder, ([], []))
        names.append(base)
        stamps.extend(stamp)
    flat = tuple((folder, tuple(names), tuple(stamps)) for folder, (names, stamps) in folders.items())
    body = marshal.dumps((wanted, sight.manifest, sight.text, sight.inputs, sight.absent, flat, words), 2)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    temporary = f"{path}.{os.getpid()}"
    with open(temporary, "wb") as file:
        file.write(crc32(body).to_bytes(4, "big") + body)
    os.replace(temporary, path)
