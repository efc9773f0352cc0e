"""The first bytes of a picture become its kind and size, and its end is looked for, before any decoder sees it."""

from __future__ import annotations

from iconbuild.errors import PictureError
from iconbuild.model.artifact import JPEG, PNG, SCENE, SVG, WEBP

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_NO_SIZE_MARKERS = frozenset({0x01, *range(0xD0, 0xD8)})
_FRAME_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def sniff(data: bytes) -> str:
    """The media type that the bytes themselves show; PictureError for what is no picture."""
    if data.startswith(_PNG_SIGNATURE):
        return PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b'{"iconbuild-scene"'):
        return SCENE
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"<svg") or (head.startswith((b"<?xml", b"<!")) and b"<svg" in head):
        return SVG
    if not data:
        raise PictureError("the picture is empty: it has no bytes")
    raise PictureError("this is no picture that can be read", remedy="use SVG, PNG, WebP or JPEG")


def measure(data: bytes, media: str) -> tuple[int, int]:
    """Width and height that a PNG, WebP or JPEG declares; PictureError where it is cut short or animated."""
    try:
        if media == PNG:
            return _measure_png(data)
        return _measure_webp(data) if media == WEBP else _measure_jpeg(data)
    except IndexError:
        raise truncated() from None


def truncated() -> PictureError:
    """The error for a picture whose end is missing."""
    return PictureError("the picture is cut short or damaged", remedy="fetch or export it again")


def animated() -> PictureError:
    """The error for a picture with more than one frame."""
    return PictureError("the picture is animated", remedy="export a single frame")


def _measure_png(data: bytes) -> tuple[int, int]:
    at = len(_PNG_SIGNATURE)
    if data[at + 4 : at + 8] != b"IHDR" or len(data) < 33:
        raise truncated()
    size = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    while True:
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        at += length + 12
        if at > len(data) or len(kind) < 4:
            raise truncated()
        if kind == b"acTL":
            raise animated()
        if kind == b"IEND":
            return size


def _measure_webp(data: bytes) -> tuple[int, int]:
    if len(data) < 30 or int.from_bytes(data[4:8], "little") + 8 > len(data):
        raise truncated()
    kind = data[12:16]
    if kind == b"VP8X":
        if data[20] & 0x02:
            raise animated()
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF
    raise truncated()


def _measure_jpeg(data: bytes) -> tuple[int, int]:
    """The first frame header's size. Entropy-coded data holds no FF D9, so one after the scan's start is the end."""
    at, size = 2, None
    while True:
        while data[at] == 0xFF and data[at + 1] == 0xFF:
            at += 1
        if data[at] != 0xFF:
            raise truncated()
        marker = data[at + 1]
        if marker in _NO_SIZE_MARKERS:
            at += 2
            continue
        length = data[at + 2] << 8 | data[at + 3]
        if marker in _FRAME_MARKERS and size is None:
            size = data[at + 7] << 8 | data[at + 8], data[at + 5] << 8 | data[at + 6]
        at += 2 + length
        if marker == 0xDA:
            break
    if size is None or data.find(b"\xff\xd9", at) < 0:
        raise truncated()
    return size
