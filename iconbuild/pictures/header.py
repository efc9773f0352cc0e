"""A picture's bytes become its kind, its size and the bytes that its pixels hang on, before any decoder sees them."""

from __future__ import annotations

from typing import NamedTuple

from iconbuild.errors import PictureError
from iconbuild.model.artifact import JPEG, PNG, SCENE, SVG, WEBP
from iconbuild.pictures.parts import PNG_SIGNATURE, Part, jpeg_parts, png_parts, truncated

_PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_NOTES = frozenset({*range(0xE1, 0xEE), 0xEF, 0xFE})
"""APP1 to APP15 and comments, but not Adobe's APP14, which says how colours are meant."""
_EXIF = b"Exif\0\0"


class Head(NamedTuple):
    """What a raster picture declares: width and height in pixels, and the bytes to decode.

    `data` has no metadata where a decoder would read it: compressed text and profiles can be larger than any picture.
    `exif` is that of a PNG or JPEG; a WebP's stays in `data`, where it costs nothing. `clear` is a PNG's tRNS.
    """

    width: int
    height: int
    data: bytes
    exif: bytes | None = None
    clear: bytes | None = None


def sniff(data: bytes) -> str:
    """The media type that the bytes themselves show; PictureError for what is no picture."""
    if data.startswith(PNG_SIGNATURE):
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
    raise _unreadable()


def sniff_artwork(data: bytes) -> str:
    """The media type of somebody's artwork, as `sniff`; a scene is ours alone, and not made for strangers' bytes."""
    media = sniff(data)
    if media == SCENE:
        raise _unreadable()
    return media


def _unreadable() -> PictureError:
    return PictureError("this is no picture that can be read", remedy="use SVG, PNG, WebP or JPEG")


def read_head(data: bytes, media: str) -> Head:
    """What a PNG, WebP or JPEG declares; PictureError where it is cut short or animated."""
    try:
        if media == PNG:
            return _png(data)
        return _webp(data) if media == WEBP else _jpeg(data)
    except IndexError:
        raise truncated() from None


def animated() -> PictureError:
    """The error for a picture with more than one frame."""
    return PictureError("the picture is animated", remedy="export a single frame")


def _png(data: bytes) -> Head:
    parts = png_parts(data)
    if parts[0].kind != b"IHDR" or parts[0].end != 33:
        raise truncated()
    if any(part.kind == b"acTL" for part in parts):
        raise animated()
    exif, clear = (
        next((data[part.start + 8 : part.end - 4] for part in parts if part.kind == kind), None)
        for kind in (b"eXIf", b"tRNS")
    )
    kept = [part for part in parts if part.kind in _PNG_KEPT]
    size = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    return Head(*size, _joined(data, PNG_SIGNATURE, kept), exif, clear)


def _webp(data: bytes) -> Head:
    if len(data) < 30 or int.from_bytes(data[4:8], "little") + 8 > len(data):
        raise truncated()
    kind = data[12:16]
    if kind == b"VP8X":
        if data[20] & 0x02:
            raise animated()
        return Head(int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1, data)
    if kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return Head((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, data)
    if kind == b"VP8 ":
        size = int.from_bytes(data[26:28], "little"), int.from_bytes(data[28:30], "little")
        return Head(size[0] & 0x3FFF, size[1] & 0x3FFF, data)
    raise truncated()


def _jpeg(data: bytes) -> Head:
    """By the first frame header."""
    parts = jpeg_parts(data)
    frame = next((part.start for part in parts if part.kind[0] in _JPEG_FRAMES), None)
    if frame is None or not any(part.kind == b"\xda" for part in parts):
        raise truncated()
    height, width = data[frame + 5] << 8 | data[frame + 6], data[frame + 7] << 8 | data[frame + 8]
    notes = (data[part.start + 4 : part.end] for part in parts if part.kind == b"\xe1")
    exif = next((note for note in notes if note.startswith(_EXIF)), None)
    kept = [part for part in parts if part.kind[0] not in _JPEG_NOTES]
    return Head(width, height, _joined(data, b"\xff\xd8", kept, b"\xff\xd9"), exif)


def _joined(data: bytes, start: bytes, parts: list[Part], end: bytes = b"") -> bytes:
    return start + b"".join([memoryview(data)[part.start : part.end] for part in parts]) + end
