"""A file that a command writes beside the set is refused where it would replace the manifest, an input or an output."""

from __future__ import annotations

import os
from collections.abc import Iterable

from iconbuild.errors import UsageError
from iconbuild.model.manifest import Manifest


def refuse_side_file(
    path: str, manifest: Manifest, targets: Iterable[str], option: str, read: Iterable[str] = ()
) -> None:
    """Raise UsageError where writing `path`, the value of `option`, would destroy something of the project.

    `targets` are the absolute paths of the outputs, `read` those of all else the build hangs on, such as
    packs. A stamp of ours is empty, so that --stamp refuses anything else.
    """
    artwork = [os.path.join(manifest.root, name) for name in manifest.artwork]
    folders: dict[str, str] = {}
    where = os.path.realpath(path)
    what = ""
    if where == os.path.realpath(manifest.file):
        what = "the manifest"
    elif where == os.path.realpath(manifest.lock):
        what = "the lock"
    elif where in {os.path.realpath(name) for name in (*artwork, *read)}:
        what = "a file that the set is made of"
    elif where in {_placed(target, folders) for target in targets}:
        what = "an output of the set"
    elif os.path.exists(where) and not os.path.isfile(where):
        what = "no regular file"
    elif option == "--stamp" and os.path.exists(where) and os.path.getsize(where):
        what = "no stamp: it is not empty"
    if what:
        raise UsageError(f"{option} {path}: that is {what}", remedy="name a file of its own; nothing was written")


def _placed(target: str, folders: dict[str, str]) -> str:
    """Where an output really lies; its own name is never a link, so that each folder is followed once."""
    folder, name = os.path.split(target)
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    return os.path.join(folders[folder], name)
