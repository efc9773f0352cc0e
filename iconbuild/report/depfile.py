"""What a build read becomes a stamp and a depfile, so that Make and Ninja know when to run it again."""

from __future__ import annotations

import os
from collections.abc import Iterable

from iconbuild.disk import sweep, write_atomic
from iconbuild.errors import FilesystemError
from iconbuild.model.manifest import Manifest


def write_stamp(stamp: str, depfile: str | None, manifest: Manifest, read: Iterable[str] = ()) -> None:
    """Write the depfile first, then the stamp with a new time; both whole or not at all.

    `read` are absolute paths of what else the build hangs on, such as the files of artwork packs.
    """
    for folder in {os.path.dirname(path) for path in (stamp, depfile) if path}:
        sweep(folder)
    if depfile:
        write_atomic(depfile, os.fsencode(depfile_text(stamp, inputs(manifest, read))))
    write_atomic(stamp, b"")


def inputs(manifest: Manifest, read: Iterable[str] = ()) -> list[str]:
    """Absolute paths of everything that was read: the manifest, artwork and `read`, each once."""
    artwork = (os.path.join(manifest.root, path) for path in manifest.artwork)
    return list(dict.fromkeys([manifest.file, *map(os.path.normpath, (*artwork, *read))]))


def depfile_text(target: str, paths: list[str]) -> str:
    """Make's syntax, as gcc writes it: the target as given, absolute inputs, and an empty rule for each of them.

    The empty rules let a deleted artwork file reach us, who can say what is wrong, instead of stopping Make. A path
    with a percent sign has none: as a target it would be a pattern. Raises FilesystemError for a path with a newline.
    """
    escaped = [_escape(path) for path in paths]
    rule = f"{_escape(target)}: " + " \\\n  ".join(escaped)
    return "\n".join([rule, "", *(f"{path}:" for path in escaped if "%" not in path)]) + "\n"


def _escape(path: str) -> str:
    if "\n" in path:
        raise FilesystemError(f"a depfile cannot hold {path!r}", remedy="rename it: Make knows no newlines in names")
    return path.replace("$", "$$").replace("#", "\\#").replace(" ", "\\ ")
