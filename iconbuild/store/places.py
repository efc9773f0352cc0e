"""Where things are kept: environment variables and the platform become folder names; standard library only.

Written by hand because the null build may not import anything heavy: a dozen lines against six milliseconds.
"""

from __future__ import annotations

import os
import sys
from binascii import crc32

from iconbuild.errors import FilesystemError

CACHE_VARIABLE = "ICONBUILD_CACHE_DIR"
STATE_VARIABLE = "ICONBUILD_STATE_DIR"


def cache_dir() -> str:
    """The absolute folder of everything that can be made again for free."""
    chosen = os.environ.get(CACHE_VARIABLE)
    if chosen:
        return os.path.abspath(chosen)
    return os.path.join(_platform_cache(), "iconbuild")


def state_dir() -> str:
    """The absolute folder of the ledger, unfinished answers and rate windows: what must not be lost."""
    chosen = os.environ.get(STATE_VARIABLE)
    if chosen:
        return os.path.abspath(chosen)
    base = os.environ.get("XDG_STATE_HOME")
    if base and os.path.isabs(base) and sys.platform not in ("win32", "darwin"):
        return os.path.join(base, "iconbuild")
    home = _home("the ledger", STATE_VARIABLE)
    if sys.platform == "darwin":
        return os.path.join(home, "Library", "Application Support", "iconbuild")
    return os.path.join(home, ".local", "state", "iconbuild")


def _platform_cache() -> str:
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        if base:
            return base
    elif sys.platform != "darwin":
        base = os.environ.get("XDG_CACHE_HOME")
        if base and os.path.isabs(base):
            return base
    home = _home("the cache", CACHE_VARIABLE)
    if sys.platform == "darwin":
        return os.path.join(home, "Library", "Caches")
    return os.path.join(home, "AppData", "Local") if sys.platform == "win32" else os.path.join(home, ".cache")


def _home(what: str, variable: str) -> str:
    """The absolute home folder, in which `what` lies unless `variable` names another place."""
    home = os.path.expanduser("~")
    if not os.path.isabs(home):
        raise FilesystemError(
            f"no home folder is known, so there is no place for {what}", remedy=f"set HOME, or {variable} to a folder"
        )
    return home


def project_dir(cache: str, manifest: str, out_dir: str | None = None) -> str:
    """The folder of what is remembered about one manifest (absolute path) and one place for its outputs.

    The name is only a hash bucket: what lies inside says whose it is.
    """
    identity = f"{manifest}\n{out_dir or ''}"
    near = os.path.basename(os.path.dirname(manifest)) or "root"
    safe = "".join(char if char.isalnum() and char.isascii() else "-" for char in near)[:40]
    return os.path.join(cache, "projects", f"{safe}-{crc32(os.fsencode(identity)):08x}")
