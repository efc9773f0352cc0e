"""A file that holds a key becomes its text, unless somebody else could have read or changed it."""

from __future__ import annotations

import os
import stat
from shlex import quote

from iconbuild.errors import CredentialError
from iconbuild.model.inert import inert
from iconbuild.model.masking import masked

_LONGEST = 64 << 10


def guarded_text(path: str, source: str, *, mounted: bool = False) -> str:
    """The text of the file at `path`, which the variable `source` names.

    It is a regular file of ours with mode 0600 or less, in a folder that nobody else may change; its parents are not
    looked at. `mounted` allows what secret mounts of containers look like, too: a symbolic link, and a file of root
    that its group may read (0440). Raises CredentialError, with the line that repairs it, before a byte is read.
    """
    _check_folder(os.path.dirname(os.path.abspath(path)), source)
    descriptor = _opened(path, source, mounted)
    try:
        _check_file(os.fstat(descriptor), path, source, mounted)
        data = os.read(descriptor, _LONGEST + 1)
    finally:
        os.close(descriptor)
    if len(data) > _LONGEST:
        raise _refused(source, path, "is longer than 64 KiB", f"correct or unset {source}")
    # Bytes that are no UTF-8 are refused with the rest of what no key may hold; an exception would carry them all.
    return data.decode("utf-8-sig", "replace")


def _opened(path: str, source: str, mounted: bool) -> int:
    try:
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | (0 if mounted else os.O_NOFOLLOW))
    except OSError as error:
        reason = os.strerror(error.errno or 0).lower()
    if os.path.islink(path) and not mounted:
        remedy = f"name the file that it leads to; {_line('chmod 600', os.path.realpath(path))}"
        raise _refused(source, path, "is a symbolic link", remedy)
    raise _refused(source, path, f"cannot be opened: {reason}", f"correct or unset {source}")


def _check_file(found: os.stat_result, path: str, source: str, mounted: bool) -> None:
    mode, owner = stat.S_IMODE(found.st_mode), found.st_uid
    if not stat.S_ISREG(found.st_mode):
        raise _refused(source, path, "is no regular file", f"correct or unset {source}")
    if mounted and owner == 0 and not mode & 0o037:
        return
    if owner != os.geteuid():
        remedy = f"{_line(f'sudo chown {os.geteuid()}', path)} && chmod 600 {_shown(quote(path))}"
        raise _refused(source, path, "belongs to somebody else", remedy)
    if mode & 0o077:
        raise _refused(source, path, f"can be read by others (mode {mode:04o})", _line("chmod 600", path))


def _check_folder(folder: str, source: str) -> None:
    try:
        found = os.stat(folder)
    except OSError:
        return  # the file is not there either, which is told better
    mode = stat.S_IMODE(found.st_mode)
    if found.st_uid not in (0, os.geteuid()):
        raise _refused(source, folder, "is a folder of somebody else", "keep the key in a folder of your own")
    if mode & 0o022 and not mode & stat.S_ISVTX:  # with the sticky bit nobody else can put another file in its place
        raise _refused(
            source, folder, f"is a folder that others may change (mode {mode:04o})", _line("chmod go-w", folder)
        )


def _line(command: str, path: str) -> str:
    return f"run: {command} {_shown(quote(path))}"


def _shown(path: str) -> str:
    """A path as it may be printed: somebody may have put a key where the path of a file belongs."""
    return masked(inert(path, 4096))


def _refused(source: str, path: str, why: str, remedy: str) -> CredentialError:
    return CredentialError(f"{source}: {_shown(path)} {why}; it was not read, and nothing was sent", remedy=remedy)
