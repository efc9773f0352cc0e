"""Names of files and folders become the pictures meant by them, and a picture's path its bytes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from iconbuild.disk import cannot
from iconbuild.errors import PictureError, UsageError
from iconbuild.model.retouch import Picked
from iconbuild.pictures.artwork import read_picture

SUFFIXES = (".png", ".webp", ".jpg", ".jpeg", ".svg")
"""What is looked for in folders, in any case."""


def find(words: Sequence[str], out_dir: str | None) -> tuple[list[Picked], int]:
    """The pictures that `words` name, and how many symbolic links inside folders were left out.

    A file is meant as it is. A folder means the pictures below it, sorted, but for hidden ones, links, and what lies in
    `out_dir`. Raises UsageError for a name that leads nowhere, and where there is no picture; FilesystemError for a
    folder that cannot be listed.
    """
    _refuse_missing([word for word in words if not os.path.lexists(word)])
    out = _stat(out_dir)
    found: dict[tuple[str, str], Picked] = {}
    links = 0
    for word in words:
        if not os.path.isdir(word):
            pictures = [Picked(word, os.path.basename(word))]
        elif out and os.path.samestat(os.stat(word), out):
            raise UsageError(
                f"`{word}` is both read and written: the next run would take its files for pictures to work on",
                remedy="choose another --out-dir, or --in-place",
            )
        else:
            pictures, left = _below(word, out)
            links += left
        for picture in pictures:
            # The same file may be named twice, by itself and by its folder; in place it has one name only.
            found.setdefault((os.path.abspath(picture.path), picture.name if out_dir else ""), picture)
    if not found:
        raise UsageError("there is no picture in " + _listed(words), remedy="looked for " + ", ".join(SUFFIXES))
    return list(found.values()), links


def bytes_of(path: str) -> bytes:
    """The bytes of a picture, in bounds. Raises PictureError, also for symbolic links and devices; nothing can hang."""
    try:
        if os.path.islink(path):
            raise PictureError("it is a symbolic link", remedy="name the file that it leads to")
        return read_picture(path, "it")[0]
    except OSError as error:
        raise PictureError(f"it cannot be read: {error.strerror}") from error


def _refuse_missing(missing: Sequence[str]) -> None:
    if missing:
        raise UsageError("there is no file or folder " + _listed(missing))


def _listed(words: Sequence[str]) -> str:
    more = f" and {len(words) - 3} more" if len(words) > 3 else ""
    return ", ".join(f"`{word}`" for word in words[:3]) + more


def _below(folder: str, out: os.stat_result | None) -> tuple[list[Picked], int]:
    pictures, links = [], 0
    waiting = [""]
    while waiting:
        at = waiting.pop()
        folders = []
        for entry in _entries(os.path.join(folder, at)):
            name = os.path.join(at, entry.name)
            if entry.is_symlink():
                links += entry.name.lower().endswith(SUFFIXES) or entry.is_dir()
            elif entry.is_dir():
                if not (out and os.path.samestat(entry.stat(), out)):
                    folders.append(name)
            elif entry.name.lower().endswith(SUFFIXES) and entry.is_file():
                pictures.append(Picked(os.path.join(folder, name), name))
        waiting += reversed(folders)
    return pictures, links


def _entries(folder: str) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
    except OSError as error:
        raise cannot("read the folder", folder, error) from error
    return (entry for entry in entries if not entry.name.startswith("."))


def _stat(path: str | None) -> os.stat_result | None:
    try:
        return os.stat(path) if path else None
    except OSError:
        return None
