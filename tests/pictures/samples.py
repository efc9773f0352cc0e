"""Picture files for tests: saved by a library, written by hand, and damaged on purpose."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image

from iconbuild.model.artifact import Payload
from iconbuild.pictures.decode import open_picture

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def saved(image: Image.Image, fmt: str, **options: object) -> bytes:
    """The file of `image` by Pillow."""
    out = BytesIO()
    image.save(out, fmt, **options)
    return out.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    """One chunk of a PNG with its checksum."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, depth: int, kind: int, rows: bytes, *more: tuple[bytes, bytes]) -> bytes:
    """A PNG written by hand; `rows` without filter bytes."""
    stride = max(1, len(rows) // max(1, height))
    raw = b"".join(b"\0" + rows[at : at + stride] for at in range(0, len(rows), stride))
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    chunks = [(b"IHDR", header), *more, (b"IDAT", zlib.compress(raw)), (b"IEND", b"")]
    return SIGNATURE + b"".join(chunk(name, data) for name, data in chunks)


def gradient(size: int = 16) -> Image.Image:
    """Many colours and alphas."""
    image = Image.new("RGBA", (size, size))
    for y in range(size):
        for x in range(size):
            image.putpixel((x, y), (x * 16 % 256, y * 16 % 256, 99, 255 - x))
    return image


def files() -> dict[str, bytes]:
    """One whole file of each kind that can be read."""
    image = gradient(24)
    plain = image.convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6
    notes = {"icc_profile": b"profile" * 40, "exif": exif.tobytes()}
    return {
        "PNG": saved(image, "PNG"),
        "PNG with notes": saved(image, "PNG", **notes),
        "PNG palette": saved(image.quantize(), "PNG"),
        "PNG 16 bits": png(24, 24, 16, 6, bytes(range(256)) * 18),
        "WEBP lossless": saved(image, "WEBP", lossless=True),
        "WEBP lossy": saved(plain, "WEBP", quality=80),
        "WEBP lossy with alpha": saved(image, "WEBP", quality=80),
        "WEBP with notes": saved(image, "WEBP", lossless=True, **notes),
        "JPEG": saved(plain, "JPEG"),
        "JPEG progressive": saved(plain, "JPEG", progressive=True),
        "JPEG CMYK": saved(plain.convert("CMYK"), "JPEG"),
        "JPEG with notes": saved(plain, "JPEG", comment=b"\xff\xd9 no end", **notes),
    }


def opened(data: bytes, size: int | None = None) -> Image.Image:
    """What the guard makes of a file."""
    return open_picture(Payload(data, "application/octet-stream"), size)


def pixels(image: Image.Image) -> list[tuple[int, ...]]:
    """All pixels of an RGBA picture in rows."""
    raw = image.tobytes()
    return [tuple(raw[at : at + 4]) for at in range(0, len(raw), 4)]
