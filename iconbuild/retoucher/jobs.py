"""Picked pictures and what is asked become jobs: which files each picture makes; no two of them one file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from unicodedata import normalize

from iconbuild.errors import UsageError
from iconbuild.model.retouch import Asked, File, Picked, Retouch

OWN = {".png": "png", ".webp": "webp"}
"""The format that a picture keeps; every other becomes a PNG."""
_LONGEST_NAME = 255


def pair(pictures: Sequence[Picked], asked: Asked) -> list[Retouch]:
    """A job for each picture, in their order.

    Raises UsageError where two pictures would make one file, where a file would be written over a picture that is read
    (both with names compared without case), and where a picture cannot be replaced by one of its own format.
    """
    if asked.out_dir is None:
        jobs = [_in_place(picked) for picked in pictures]
        _refuse_rivals(jobs, str)  # these files are there already, so case does tell them apart
    else:
        jobs = [_job(picked, asked, asked.out_dir) for picked in pictures]
        _refuse_rivals(jobs, _fold)
        _refuse_overwriting(jobs)
    return jobs


def _in_place(picked: Picked) -> Retouch:
    folder, name = os.path.split(picked.path)
    own = OWN.get(os.path.splitext(name)[1].lower())
    if own is None:
        raise UsageError(
            f"`{picked.path}` cannot be replaced: only PNG and WebP can be written as what they were",
            remedy="name the files that are meant, or give an --out-dir",
        )
    return Retouch(picked.path, folder or ".", (File(name, own),))


def _job(picked: Picked, asked: Asked, out_dir: str) -> Retouch:
    return Retouch(picked.path, out_dir, tuple(_files(picked.name, asked)))


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


def _refuse_rivals(jobs: Sequence[Retouch], key: Callable[[str], str]) -> None:
    real = cache(os.path.realpath)
    owners: dict[str, str] = {}
    for job in jobs:
        for file in job.files:
            shown = os.path.join(job.root, file.path)
            _refuse_long(shown)
            other = owners.setdefault(key(os.path.join(real(job.root), file.path)), job.source)
            if other != job.source:
                raise UsageError(
                    f"`{other}` and `{job.source}` would both become `{shown}`",
                    remedy="name the folder above both, or work on them one after the other",
                )


def _refuse_overwriting(jobs: Sequence[Retouch]) -> None:
    real = cache(os.path.realpath)
    read: dict[str, str] = {}
    for job in jobs:
        folder, name = os.path.split(job.source)
        read.setdefault(_fold(os.path.join(real(folder), name)), job.source)
    for job in jobs:
        for file in job.files:
            over = read.get(_fold(os.path.join(real(job.root), file.path)))
            if over is not None:
                raise UsageError(
                    f"`{os.path.join(job.root, file.path)}` would be written over `{over}`, which is read",
                    remedy="choose another --out-dir, or --in-place",
                )


def _refuse_long(path: str) -> None:
    if len(os.fsencode(os.path.basename(path))) > _LONGEST_NAME:
        raise UsageError(f"`{path}` is too long for the name of a file", remedy="rename the picture")


def _fold(path: str) -> str:
    return path.casefold() if path.isascii() else normalize("NFC", path).casefold()
