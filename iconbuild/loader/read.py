"""A path becomes the manifest's text: one regular file of at most 1 MiB, strict UTF-8; nothing here can hang."""

from __future__ import annotations

import os
import stat

from iconbuild.errors import FilesystemError, ManifestError, Problem, Where

MAX_BYTES = 1 << 20
_BREAKS = {"\x85": "U+0085", "\u2028": "U+2028", "\u2029": "U+2029"}
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISSOCK, "a socket"),
)


def read_manifest(path: str) -> tuple[bytes, str]:
    """The bytes, and their text without a byte order mark; raises ManifestError, FilesystemError for a bad disk."""
    data = _read_bytes(path)
    return data, _decode(path, data)


def _read_bytes(path: str) -> bytes:
    try:
        # Looked at before it is opened, since opening some devices already does something; and again after that,
        # since the path may have been swapped in between.
        _check(path, os.stat(path))
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            _check(path, os.fstat(handle))
            data = file.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise _refused(path, "M001", "there is no such manifest", "make one with: iconbuild init") from None
    except ValueError:
        raise _refused(path, "M001", "the path holds a NUL character") from None
    except OSError as error:
        raise FilesystemError(f"cannot read {path}: {error.strerror or error}") from error
    if len(data) > MAX_BYTES:
        raise _too_large(path)
    return data


def _check(path: str, info: os.stat_result) -> None:
    for test, kind in _KINDS:
        if test(info.st_mode):
            raise _refused(path, "M001", f"the manifest is {kind}, not a file", "name a regular YAML file")
    if info.st_size > MAX_BYTES:
        raise _too_large(path)


def _decode(path: str, data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _refused(path, "M004", "the manifest is UTF-16 (byte 0), not UTF-8", "save it as UTF-8")
    nul = data.find(b"\0")
    if nul >= 0:
        raise _at(path, data, nul, f"NUL at byte {nul}", "a manifest is text; save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Python counts from behind a byte order mark.
        start = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        raise _at(path, data, start, f"not UTF-8 at byte {start} (0x{data[start]:02x})", "save it as UTF-8") from None
    for character, name in _BREAKS.items():
        # YAML 1.1 takes these for the end of a line, YAML 1.2 and editors do not: the places in errors would be wrong.
        if character in text:
            offset = len(text[: text.index(character)].encode())
            raise _at(path, data, offset, f"line separator {name} at byte {offset}", "use plain line breaks")
    return text


def _at(path: str, data: bytes, offset: int, message: str, remedy: str) -> ManifestError:
    before = data[:offset].decode("utf-8-sig", "replace").splitlines(keepends=True)
    line = before[-1] if before and not before[-1].endswith(("\n", "\r")) else ""
    where = Where(path, len(before) + (not line), len(line) + 1)
    return ManifestError([Problem("M004", message, where, remedy=remedy)])


def _too_large(path: str) -> ManifestError:
    return _refused(
        path, "M001", f"the manifest is larger than {MAX_BYTES:,} bytes", "split the set into two manifests"
    )


def _refused(path: str, code: str, message: str, remedy: str = "") -> ManifestError:
    return ManifestError([Problem(code, message, Where(path, 1, 1), remedy=remedy)])
