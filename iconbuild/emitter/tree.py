"""Relative paths become files below one root; no symbolic link is followed on the way down, nothing is half-written."""

from __future__ import annotations

import contextlib
import os
import stat
from collections import OrderedDict
from collections.abc import Iterable, Iterator

from iconbuild.disk import cannot, is_litter, temp_name
from iconbuild.errors import FilesystemError
from iconbuild.model.session import Stamp

_OPEN_FOLDERS = 64
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


def stamp_of(result: os.stat_result) -> Stamp:
    """The stamp in a stat result."""
    return (result.st_size, result.st_mtime_ns, result.st_ctime_ns)


class Tree:
    """The files below `root`. Folders are opened one component at a time and kept open while in use.

    Errors name paths as they are given, below `shown`.
    """

    def __init__(self, root: str, shown: str = "") -> None:
        self.root, self._shown = root, shown
        self._folders: OrderedDict[str, int] = OrderedDict()

    def __enter__(self) -> Tree:
        return self

    def __exit__(self, *_: object) -> None:
        while self._folders:
            os.close(self._folders.popitem()[1])

    def stamp(self, path: str) -> Stamp | None:
        """The stamp of a regular file; None where there is none. Raises FilesystemError for anything else there."""
        folder, name = os.path.split(path)
        descriptor = self._folder(folder, make=False)
        if descriptor is None:
            return None
        try:
            result = os.stat(name, dir_fd=descriptor, follow_symlinks=False)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise cannot("look at", self._named(path), error) from error
        if not stat.S_ISREG(result.st_mode):
            raise FilesystemError(
                f"{self._named(path)} is not a regular file", remedy="move it away, or give the output another path"
            )
        return stamp_of(result)

    def read(self, path: str) -> bytes:
        """The bytes of a regular file."""
        folder, name = os.path.split(path)
        descriptor = self._present(folder, make=False)
        try:
            opened = os.open(name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | os.O_CLOEXEC, dir_fd=descriptor)
            with os.fdopen(opened, "rb") as file:
                return file.read()
        except OSError as error:
            raise cannot("read", self._named(path), error) from error

    def write(self, path: str, data: bytes, *, keep_mode: bool = False) -> Stamp:
        """Write `data`, whole or not at all, and return its stamp.

        The file's mode is 0666 less the umask; with `keep_mode` that of the file which it replaces.
        """
        folder, name = os.path.split(path)
        descriptor = self._present(folder, make=True)
        temporary = temp_name()
        try:
            mode = os.stat(name, dir_fd=descriptor, follow_symlinks=False).st_mode & 0o777 if keep_mode else 0o666
            opened = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode, dir_fd=descriptor)
            try:
                with os.fdopen(opened, "wb") as file:
                    if keep_mode:
                        os.fchmod(opened, mode)  # the umask took some of it
                    file.write(data)
                os.replace(temporary, name, src_dir_fd=descriptor, dst_dir_fd=descriptor)
            except BaseException:
                with contextlib.suppress(OSError):
                    os.unlink(temporary, dir_fd=descriptor)
                raise
            return stamp_of(os.stat(name, dir_fd=descriptor, follow_symlinks=False))
        except OSError as error:
            raise cannot("write", self._named(path), error) from error

    def files(self, folders: Iterable[str]) -> Iterator[str]:
        """The paths of the regular files directly in `folders`, sorted."""
        for folder in sorted(set(folders)):
            descriptor = self._folder(folder, make=False)
            for name in sorted(os.listdir(descriptor)) if descriptor is not None else ():
                with contextlib.suppress(OSError):
                    if stat.S_ISREG(os.stat(name, dir_fd=descriptor, follow_symlinks=False).st_mode):
                        yield os.path.join(folder, name)

    def remove(self, path: str) -> None:
        """Remove a file and the folders that it leaves empty, up to the root."""
        folder, name = os.path.split(path)
        descriptor = self._folder(folder, make=False)
        if descriptor is None:
            return
        try:
            os.unlink(name, dir_fd=descriptor)
        except OSError as error:
            raise cannot("remove", self._named(path), error) from error
        while folder:
            self._close(folder)
            try:
                os.rmdir(os.path.join(self.root, folder))
            except OSError:
                return
            folder = os.path.dirname(folder)

    def sweep(self, folder: str) -> None:
        """Remove the temporary files that dead runs of ours left in `folder`."""
        descriptor = self._folder(folder, make=False)
        if descriptor is None:
            return
        for name in os.listdir(descriptor):
            if is_litter(name):
                with contextlib.suppress(OSError):
                    os.unlink(name, dir_fd=descriptor)

    def check_writable(self, folder: str) -> None:
        """Raise FilesystemError where `folder`, or the nearest parent that exists, does not take new files."""
        at = folder
        while at and not os.path.lexists(os.path.join(self.root, at)):
            at = os.path.dirname(at)
        self._folder(at, make=False)
        whole = os.path.join(self.root, at) if at else self.root
        while not os.path.lexists(whole):  # the root itself may be new
            whole = os.path.dirname(whole) or "."
        if not os.access(whole, os.W_OK | os.X_OK):
            raise FilesystemError(
                f"the output folder {self._named(at) if at else whole} cannot be written to",
                remedy="check its permissions",
            )

    def _present(self, folder: str, *, make: bool) -> int:
        """An open descriptor of `folder`; without one, names would be looked up in the working folder."""
        descriptor = self._folder(folder, make=make)
        if descriptor is None:
            raise FilesystemError(
                f"the output folder {self._folder_named(folder)} has gone while it was used",
                remedy="run the same command again",
            )
        return descriptor

    def _folder(self, folder: str, *, make: bool) -> int | None:
        """An open descriptor of `folder`; None where it does not exist and is not to be made."""
        if folder in self._folders:
            self._folders.move_to_end(folder)
            return self._folders[folder]
        try:
            if not folder:
                if make:
                    os.makedirs(self.root, exist_ok=True)
                descriptor = os.open(self.root, _FOLDER & ~getattr(os, "O_NOFOLLOW", 0))
            else:
                parent = self._folder(os.path.dirname(folder), make=make)
                if parent is None:
                    return None
                descriptor = self._step(parent, os.path.basename(folder), make=make)
        except FileNotFoundError:
            return None
        except (NotADirectoryError, OSError) as error:
            raise self._in_the_way(folder, error) from error
        self._folders[folder] = descriptor
        if len(self._folders) > _OPEN_FOLDERS:
            os.close(self._folders.popitem(last=False)[1])
        return descriptor

    @staticmethod
    def _step(parent: int, name: str, *, make: bool) -> int:
        if make:
            with contextlib.suppress(FileExistsError):
                os.mkdir(name, dir_fd=parent)
        return os.open(name, _FOLDER, dir_fd=parent)

    def _in_the_way(self, folder: str, error: OSError) -> FilesystemError:
        whole = os.path.join(self.root, folder)
        if os.path.islink(whole):
            return FilesystemError(
                f"the output folder {self._named(folder)} is a symbolic link; outputs are not written through links",
                remedy="name the real folder instead",
            )
        return cannot("open the output folder", self._folder_named(folder), error)

    def _folder_named(self, folder: str) -> str:
        return self._named(folder) if folder else self.root

    def _named(self, path: str) -> str:
        return os.path.join(self._shown, path)

    def _close(self, folder: str) -> None:
        descriptor = self._folders.pop(folder, None)
        if descriptor is not None:
            os.close(descriptor)
