"""What a build left in the user's tree becomes files and bytes of each format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from iconbuild.model.session import Built
from iconbuild.model.work import Target
from iconbuild.report.numbers import count, size_words


class Size(NamedTuple):
    """Files of one format, and the bytes of all of them."""

    files: int
    bytes: int


def asked_for(built: Built) -> list[Target]:
    """The files that a build was about: all, or those of the icons named on the command line."""
    plan, names = built.preview.plan, {verdict.name for verdict in built.preview.worklist.verdicts}
    if len(names) == len(plan.icons):
        return list(plan.targets)
    return [target for target in plan.targets if target.icon in names]


def sizes(built: Built) -> dict[str, Size]:
    """By extension, in the order of the manifest: what was asked for and is in place now, written or left as it was.

    Files that somebody edited and files that could not be made are not counted; nothing is after `--check`.
    """
    absent = {*built.emitted.kept, *built.emitted.missing}
    stamps = ((target.path, built.stamps.get(target.path)) for target in asked_for(built))
    return summed((path.rpartition(".")[2], stamp[0]) for path, stamp in stamps if stamp and path not in absent)


def summed(files: Iterable[tuple[str, int]]) -> dict[str, Size]:
    """Files, each by its format and its bytes, by format in the order in which they come first."""
    found: dict[str, Size] = {}
    for kind, size in files:
        before = found.get(kind, Size(0, 0))
        found[kind] = Size(before.files + 1, before.bytes + size)
    return found


def sizes_line(found: Mapping[str, Size]) -> str:
    """`webp: 42 files, 31 KiB · png: 42 files, 58 KiB`."""
    return " · ".join(f"{kind}: {count(size.files, 'file')}, {size_words(size.bytes)}" for kind, size in found.items())
