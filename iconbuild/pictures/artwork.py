"""A path below the project becomes the bytes of somebody's artwork: a regular file, small enough; nothing can hang."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from hashlib import sha256

from iconbuild.errors import FilesystemError, PictureError
from iconbuild.model.values import Digest

MAX_BYTES = 25_000_000
"""What is taken from the project; the decoder's own limit is higher, for what providers draw."""


def outside(real: str, root: str) -> tuple[str, str] | None:
    """What is wrong with where a file is, and a remedy; None where it is below `root`, both without symbolic links."""
    if os.path.commonpath([real, root]) != root:
        return "leads out of the project by a symbolic link", "copy the file into the project"
    return None


def refusal(info: os.stat_result) -> tuple[str, str] | None:
    """What is wrong with a file of artwork by its kind and size, and a remedy; None where it may be read."""
    if not stat.S_ISREG(info.st_mode):
        return "is not a regular file", "name a picture"
    if info.st_size > MAX_BYTES:
        return f"has {info.st_size:,} bytes, more than {MAX_BYTES:,}", "make it smaller"
    return None if info.st_size else ("is empty", "name a picture")


def read_artwork(root: str, path: str) -> tuple[bytes, os.stat_result]:
    """The bytes of `path` (relative to `root`, POSIX slashes), and its stat from before they were read.

    Raises as `read_picture` does, and PictureError where the path leads out of `root`.
    """
    real = os.path.realpath(os.path.join(root, *path.split("/")), strict=True)
    _refuse(path, outside(real, os.path.realpath(root)))
    return read_picture(real, path)


def read_picture(real: str, name: str) -> tuple[bytes, os.stat_result]:
    """The bytes of the file at `real`, which people know by `name`, and its stat from before they were read.

    Raises PictureError for what `refusal` finds, by now: it may have been replaced since somebody looked at it; and
    OSError where it cannot be read, or is a symbolic link, so that nobody leads elsewhere after links were followed.
    """
    # Opening some devices already does something, so a file is looked at before that, and once more as it was opened.
    _refuse(name, refusal(os.stat(real)))
    handle = os.open(real, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        info = os.fstat(handle)
        _refuse(name, refusal(info))
        data = file.read(MAX_BYTES + 1)
    if len(data) != info.st_size:
        _refuse(name, ("changed while it was read", "run the same command again"))
    return data, info


def name_artwork(root: str, paths: Iterable[str]) -> tuple[dict[str, Digest], dict[str, os.stat_result]]:
    """The digest of each file, and its stat by absolute path, from before it was read.

    Raises as `read_artwork` does, but FilesystemError where a file cannot be read.
    """
    digests: dict[str, Digest] = {}
    stats: dict[str, os.stat_result] = {}
    for path in paths:
        try:
            data, info = read_artwork(root, path)
        except OSError as error:
            raise FilesystemError(f"cannot read {path}: {error.strerror}") from error
        digests[path], stats[os.path.join(root, path)] = Digest(sha256(data).hexdigest()), info
    return digests, stats


def _refuse(name: str, reason: tuple[str, str] | None) -> None:
    if reason:
        raise PictureError(f"{name} {reason[0]}", remedy=reason[1])
