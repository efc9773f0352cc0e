"""A folder becomes the path of the manifest in it, or in the nearest folder above it up to the repository's root."""

from __future__ import annotations

import os

from iconbuild.errors import UsageError

NAMES = ("iconbuild.yaml", "iconbuild.yml", "icons.yaml", "icons.yml")


def find_manifest(start: str) -> str:
    """The path of the nearest manifest, as short as `start` allows; raises UsageError where there is none, or two."""
    folder = start
    while True:
        found = [name for name in NAMES if os.path.lexists(os.path.join(folder, name))]
        if len(found) > 1:
            raise UsageError(
                f"two manifests in one folder: {' and '.join(os.path.join(folder, name) for name in found)}",
                remedy=f"name the one you mean: iconbuild build {os.path.join(folder, found[0])}",
            )
        if found:
            return os.path.normpath(os.path.join(folder, found[0]))
        above = os.path.join(folder, os.pardir)
        if os.path.lexists(os.path.join(folder, ".git")) or os.path.realpath(above) == os.path.realpath(folder):
            raise UsageError(f"no manifest found from {start} upwards", remedy="make one with: iconbuild init")
        folder = above
