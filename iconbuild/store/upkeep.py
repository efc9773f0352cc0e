"""The cache is counted, checked and cleared; originals are no part of it and are never touched."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from iconbuild.disk import sweep
from iconbuild.store.cache import Cache, names_in

_DAY = 86_400


class Census(NamedTuple):
    """How many recipes and results there are, and their size in bytes."""

    actions: int
    blobs: int
    size: int


def census(cache: Cache) -> Census:
    """Count everything."""
    actions = sum(1 for _ in cache.entries())
    sizes = [_size(path) for path, _ in cache.blobs()]
    return Census(actions, len(sizes), sum(sizes))


def verify(cache: Cache) -> tuple[int, int]:
    """Read every entry and remove what is damaged; returns (checked, removed)."""
    checked, damaged = 0, []
    digests = set()
    for path, digest in cache.blobs():
        checked += 1
        with contextlib.suppress(OSError), open(path, "rb") as file:
            if sha256(file.read()).hexdigest() == digest:
                digests.add(str(digest))
                continue
        damaged.append(path)
    for path, _ in cache.entries():
        checked += 1
        if _points_to(path) not in digests:
            damaged.append(path)
    for path in damaged:
        with contextlib.suppress(OSError):
            os.unlink(path)
    _sweep(cache)
    return checked, len(damaged)


def prune(cache: Cache, older_than_days: float) -> tuple[int, int]:
    """Remove what was not written for so many days; returns (files, bytes freed).

    Files go, folders stay: a build that runs beside it may be about to write into them.
    """
    limit = time.time() - older_than_days * _DAY
    removed = freed = 0
    for path in [*_paths(cache), *_derived(cache)]:
        with contextlib.suppress(OSError):
            result = os.stat(path)
            if result.st_mtime <= limit:
                os.unlink(path)
                removed += 1
                freed += result.st_size
    _sweep(cache)
    return removed, freed


def _sweep(cache: Cache) -> None:
    """What runs that were killed left behind."""
    for folder, _, _ in os.walk(cache.folder):
        sweep(folder)


def _paths(cache: Cache) -> Iterator[str]:
    yield from (path for path, _ in cache.entries())
    yield from (path for path, _ in cache.blobs())


def _derived(cache: Cache) -> Iterator[str]:
    """Snapshots of finished builds, verdicts on manifests, and what was read from artwork packs."""
    for kind in ("snapshots", "valid", "packs"):
        folder = os.path.join(cache.folder, kind)
        yield from (os.path.join(folder, name) for name in names_in(folder))


def _points_to(path: str) -> str | None:
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError), open(path, "rb") as file:
        return str(json.loads(file.read())["digest"])
    return None


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0
