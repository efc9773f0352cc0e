"""The bytes of a PNG or JPEG become its parts, each with its kind and place, and its end is looked for."""

from __future__ import annotations

import re
import zlib
from typing import NamedTuple

from iconbuild.errors import PictureError

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
MAX_PARTS = 1 << 16
"""Parts of one file; large pictures have some thousands. Readers take microseconds for each, empty ones included."""
MAX_SCANS = 64
"""Passes of one JPEG over all its pixels; encoders make some ten. A few bytes can ask for one more."""

_MARKER = re.compile(rb"\xff+([^\x00\xff])")
_SCAN_END = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
_SCAN, _END = 0xDA, 0xD9


class Part(NamedTuple):
    """One chunk of a PNG or segment of a JPEG: `kind` is its four letters or its marker, `start:end` all its bytes."""

    kind: bytes
    start: int
    end: int


def truncated() -> PictureError:
    """The error for a picture whose end is missing."""
    return PictureError("the picture is cut short or damaged", remedy="fetch or export it again")


def png_parts(data: bytes) -> list[Part]:
    """The chunks up to and with IEND; what stands behind them is none of the picture.

    Raises PictureError where the end is missing, and where the checksum of a chunk that pixels hang on is wrong:
    the decoder does not look at it.
    """
    parts: list[Part] = []
    at = len(PNG_SIGNATURE)
    while not parts or parts[-1].kind != b"IEND":
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if at + 12 > len(data) or end > len(data):
            raise truncated()
        kind = data[at + 4 : at + 8]
        if (kind[:1].isupper() or kind == b"tRNS") and not _checked(data, at, end):
            raise truncated()
        parts.append(Part(kind, at, end))
        _check_count(parts)
        at = end
    return parts


def _checked(data: bytes, start: int, end: int) -> bool:
    return zlib.crc32(memoryview(data)[start + 4 : end - 4]) == int.from_bytes(data[end - 4 : end], "big")


def jpeg_parts(data: bytes) -> list[Part]:
    """The segments between start and end of the image, each scan with its data; an FF D9 elsewhere is no end.

    Raises PictureError where the end is missing.
    """
    parts: list[Part] = []
    at, scans = 2, 0
    while True:
        found = _MARKER.match(data, at)
        if found is None:
            raise truncated()
        marker, start, at = found[1][0], found.end() - 2, found.end()
        if marker == _END:
            return parts
        if marker in _WITHOUT_LENGTH:
            continue
        length = int.from_bytes(data[at : at + 2], "big")
        at += length
        if length < 2 or at > len(data):
            raise truncated()
        if marker == _SCAN:
            scans += 1
            stop = _SCAN_END.search(data, at)
            if stop is None:
                raise truncated()
            at = stop.start()
        parts.append(Part(found[1], start, at))
        _check_count(parts)
        if scans > MAX_SCANS:
            raise PictureError(f"the picture has more than {MAX_SCANS} scans", remedy="export it again")


def _check_count(parts: list[Part]) -> None:
    if len(parts) > MAX_PARTS:
        raise PictureError(f"the picture is in more than {MAX_PARTS:,} pieces", remedy="export it again")
