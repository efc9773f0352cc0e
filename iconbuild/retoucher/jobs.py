"""Found pictures and what is asked become jobs: which files each picture makes; no two of them one file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from unicodedata import normalize

from iconbuild.errors import UsageError
from iconbuild.model.retouch import Asked, File, Found, Job

OWN = {".png": "png", ".webp": "webp"}
"""The format that a picture keeps; every other becomes a PNG."""
_LONGEST_NAME = 255


def pair(pictures: Sequence[Found], asked: Asked) -> list[Job]:
    """A job for each picture, in their order.

    Raises UsageError where two pictures would make one file (names compared without case), where a file would be
    written over a picture that is read, and where a picture cannot be replaced by one of its own format.
    """
    made = [_in_place(found) if asked.out_dir is None else _job(found, asked, asked.out_dir) for found in pictures]
    _refuse_rivals(made, in_place=asked.out_dir is None)
    return made


def _in_place(found: Found) -> Job:
    folder, name = os.path.split(found.path)
    own = OWN.get(os.path.splitext(name)[1].lower())
    if own is None:
        raise UsageError(
            f"`{found.path}` cannot be replaced: only PNG and WebP can be written as what they were",
            remedy="name the files that are meant, or give an --out-dir",
        )
    return Job(found.path, folder or ".", (File(name, own),))


def _job(found: Found, asked: Asked, out_dir: str) -> Job:
    return Job(found.path, out_dir, tuple(_files(found.name, asked)))


def _files(name: str, asked: Asked) -> Iterator[File]:
    stem, suffix = os.path.splitext(name)
    own = OWN.get(suffix.lower())
    if not asked.formats and not asked.sizes and own:
        yield File(name, own)
        return
    for kind in asked.formats or (own or "png",):
        if kind == "ico" or not asked.sizes:  # an .ico holds all sizes in one file
            yield File(f"{stem}.{kind}", kind, asked.sizes)
        else:
            for size in asked.sizes:
                yield File(f"{stem}-{size}.{kind}", kind, (size,))


def _refuse_rivals(made: Iterable[Job], *, in_place: bool) -> None:
    real = cache(os.path.realpath)
    read: dict[str, str] = {}
    for job in made:
        folder, name = os.path.split(job.source)
        read.setdefault(_fold(os.path.join(real(folder), name)), job.source)
    owners: dict[str, str] = {}
    for job in made:
        for file in job.files:
            shown = os.path.join(job.root, file.path)
            _refuse_long(shown)
            key = _fold(os.path.join(real(job.root), file.path))
            other = owners.setdefault(key, job.source)
            if other != job.source:
                raise UsageError(
                    f"`{other}` and `{job.source}` would both become `{shown}`",
                    remedy="name the folder above both, or work on them one after the other",
                )
            if key in read and not in_place:
                raise UsageError(
                    f"`{shown}` would be written over `{read[key]}`, which is read",
                    remedy="choose another --out-dir, or --in-place",
                )


def _refuse_long(path: str) -> None:
    if len(os.fsencode(os.path.basename(path))) > _LONGEST_NAME:
        raise UsageError(f"`{path}` is too long for the name of a file", remedy="rename the picture")


def _fold(path: str) -> str:
    return path.casefold() if path.isascii() else normalize("NFC", path).casefold()
