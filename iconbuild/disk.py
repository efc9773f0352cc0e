"""Bytes become a file, whole or not at all: a temporary file in the same folder, then a rename."""

from __future__ import annotations

import contextlib
import errno
import os
import stat

from iconbuild.errors import FilesystemError

TEMP_PREFIX = ".iconbuild-tmp-"
_REMEDIES = {
    errno.ENOSPC: "free some disk space and run the same command again; nothing is lost",
    errno.EACCES: "check the permissions of the folder",
    errno.EROFS: "the file system is read-only",
    errno.ENOTDIR: "a file stands where a folder is needed",
    errno.EISDIR: "a folder stands where a file is needed",
    errno.EMFILE: "too many open files: raise `ulimit -n` or lower -j",
}


def write_atomic(path: str, data: bytes, *, mode: int = 0o666, durable: bool = False) -> None:
    """Write `data` to `path` (mode `mode` less the umask); `durable` also survives a power cut.

    Raises FilesystemError; the file at `path` is then what it was before.
    """
    folder = os.path.dirname(path)
    temporary = os.path.join(folder, temp_name())
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                if durable:
                    file.flush()
                    os.fsync(descriptor)
            os.replace(temporary, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise
        if durable:
            sync_folder(folder or ".")
    except OSError as error:
        raise cannot("write", path, error) from error


def temp_name() -> str:
    """A name no other process uses; it carries our process id, so that litter of the dead can be told."""
    return f"{TEMP_PREFIX}{os.getpid()}-{os.urandom(4).hex()}"


def is_litter(name: str) -> bool:
    """Whether `name` is a temporary file of ours whose process is dead."""
    if not name.startswith(TEMP_PREFIX):
        return False
    number = name[len(TEMP_PREFIX) :].split("-", maxsplit=1)[0]
    if not number.isdigit() or int(number) == os.getpid():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def sweep(folder: str) -> None:
    """Remove the temporary files that dead processes of ours left in `folder`; one that cannot be listed is empty."""
    try:
        names = os.listdir(folder or ".")
    except OSError:
        return
    for name in names:
        if is_litter(name):
            with contextlib.suppress(OSError):
                os.unlink(os.path.join(folder, name))


def sync_folder(folder: str) -> None:
    """Make the names in `folder` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(path: str, *, mode: int = 0o777) -> None:
    """Create `path` and its parents; raises FilesystemError where something is in the way."""
    try:
        os.makedirs(path, mode=mode, exist_ok=True)
    except OSError as error:
        raise cannot("create the folder", path, error) from error


def make_lasting_folder(path: str, *, mode: int = 0o777) -> None:
    """Create `path` and its parents, so that new names survive a power cut; raises FilesystemError."""
    if os.path.isdir(path):
        return
    parent = os.path.dirname(path) or "."
    if parent != path:
        make_lasting_folder(parent)
    make_folder(path, mode=mode)
    try:
        with contextlib.suppress(PermissionError):  # a folder that may be written and not read cannot be opened
            sync_folder(parent)
    except OSError as error:
        raise cannot("create the folder", path, error) from error


def read_file(path: str, most: int) -> bytes:
    """The bytes of a file that may come from a stranger; ValueError for a device, a pipe or too many bytes, OSError."""
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or found.st_size > most:
            raise ValueError("not a file of ours")
        return file.read()


def cannot(verb: str, path: str, error: OSError) -> FilesystemError:
    """The error for people behind an OSError."""
    remedy = _REMEDIES.get(error.errno or 0, "")
    return FilesystemError(f"cannot {verb} {path}: {error.strerror or error}", remedy=remedy)
