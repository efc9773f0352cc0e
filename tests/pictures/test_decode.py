"""Only whole, single, reasonably small pictures are decoded, and every kind of pixel becomes the right RGBA."""

from __future__ import annotations

import struct
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from PIL import Image

from iconbuild.errors import PictureError
from iconbuild.model.artifact import JPEG, PNG, SVG, WEBP, Payload
from iconbuild.pictures.decode import MAX_BYTES, open_picture, sniff

SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4H0z"/></svg>'


def saved(image: Image.Image, fmt: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, fmt, **options)
    return out.getvalue()


def png(width: int, height: int, depth: int, kind: int, rows: bytes, *more: tuple[bytes, bytes]) -> bytes:
    """A PNG written by hand; `rows` without filter bytes."""
    stride = max(1, len(rows) // max(1, height))
    raw = b"".join(b"\0" + rows[at : at + stride] for at in range(0, len(rows), stride))
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    chunks = [(b"IHDR", header), *more, (b"IDAT", zlib.compress(raw)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def opened(data: bytes, size: int | None = None) -> Image.Image:
    return open_picture(Payload(data, "application/octet-stream"), size)


def pixels(image: Image.Image) -> list[tuple[int, ...]]:
    raw = image.tobytes()
    return [tuple(raw[at : at + 4]) for at in range(0, len(raw), 4)]


def gradient(size: int = 16) -> Image.Image:
    image = Image.new("RGBA", (size, size))
    for y in range(size):
        for x in range(size):
            image.putpixel((x, y), (x * 16 % 256, y * 16 % 256, 99, 255 - x))
    return image


GOLDEN = [
    ("grey 8", png(3, 1, 8, 0, bytes([0, 128, 255])), [(0, 0, 0, 255), (128, 128, 128, 255), (255, 255, 255, 255)]),
    (
        "grey 16 scales",
        png(3, 1, 16, 0, struct.pack(">HHH", 0, 257 * 100, 65535)),
        [(0, 0, 0, 255), (100, 100, 100, 255), (255, 255, 255, 255)],
    ),
    (
        "grey 16 with tRNS",
        png(2, 1, 16, 0, struct.pack(">HH", 5000, 5001), (b"tRNS", struct.pack(">H", 5000))),
        [(19, 19, 19, 0), (19, 19, 19, 255)],
    ),
    ("grey 1", png(2, 1, 1, 0, b"\x40"), [(0, 0, 0, 255), (255, 255, 255, 255)]),
    ("grey 8 with tRNS", png(2, 1, 8, 0, b"\x07\x08", (b"tRNS", b"\0\x07")), [(7, 7, 7, 0), (8, 8, 8, 255)]),
    ("grey + alpha", png(2, 1, 8, 4, bytes([10, 0, 20, 90])), [(10, 10, 10, 0), (20, 20, 20, 90)]),
    ("grey + alpha 16", png(1, 1, 16, 4, struct.pack(">HH", 257 * 9, 257 * 77)), [(9, 9, 9, 77)]),
    ("rgb 8", png(1, 1, 8, 2, bytes([1, 2, 3])), [(1, 2, 3, 255)]),
    ("rgb 16", png(1, 1, 16, 2, struct.pack(">HHH", 257, 514, 771)), [(1, 2, 3, 255)]),
    (
        "rgb 16 with tRNS",
        png(2, 1, 16, 2, struct.pack(">6H", 257, 514, 771, 0, 0, 0), (b"tRNS", struct.pack(">HHH", 257, 514, 771))),
        [(1, 2, 3, 0), (0, 0, 0, 255)],
    ),
    ("rgba 8", png(1, 1, 8, 6, bytes([1, 2, 3, 4])), [(1, 2, 3, 4)]),
    ("rgba 16", png(1, 1, 16, 6, struct.pack(">4H", 257, 514, 771, 1028)), [(1, 2, 3, 4)]),
    (
        "palette with tRNS",
        png(3, 1, 8, 3, bytes([0, 1, 2]), (b"PLTE", bytes(range(9))), (b"tRNS", bytes([0, 128]))),
        [(0, 1, 2, 0), (3, 4, 5, 128), (6, 7, 8, 255)],
    ),
]


@pytest.mark.parametrize(("data", "expected"), [case[1:] for case in GOLDEN], ids=[case[0] for case in GOLDEN])
def test_golden_pixels(data: bytes, expected: list[tuple[int, ...]]) -> None:
    image = opened(data)
    assert image.mode == "RGBA"
    assert pixels(image) == expected


def test_cmyk_becomes_the_colours_it_means() -> None:
    red = opened(saved(Image.new("CMYK", (16, 16), (0, 255, 255, 0)), "JPEG", quality=95)).getpixel((8, 8))
    assert isinstance(red, tuple)
    assert red[0] > 245
    assert max(red[1:3]) < 10
    assert red[3] == 255


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("fmt", ["PNG", "WEBP", "JPEG"])
def test_exif_orientation(fmt: str, turn: int) -> None:
    from PIL import ImageOps

    image = Image.new("RGB", (16, 8), "white")
    image.paste("black", (0, 0, 8, 4))
    exif = Image.Exif()
    exif[0x0112] = turn
    options = {"lossless": True} if fmt == "WEBP" else {}
    data = saved(image, fmt, exif=exif.tobytes(), **options)
    expected = ImageOps.exif_transpose(Image.open(BytesIO(data))).convert("RGBA")
    assert pixels(opened(data)) == pixels(expected)


@pytest.mark.parametrize("exif", [b"", b"II", b"MM\0*\xff\xff\xff\xff", b"II*\0\x08\0\0\0\xff\xff" + b"\x12\x01" * 9])
def test_damaged_exif_is_left_alone(exif: bytes) -> None:
    data = saved(gradient().convert("RGB"), "PNG")
    chunk = b"eXIf" + exif
    damaged = data[:33] + struct.pack(">I", len(exif)) + chunk + struct.pack(">I", zlib.crc32(chunk)) + data[33:]
    assert pixels(opened(damaged)) == pixels(opened(data))


def test_kinds_are_told_by_their_bytes() -> None:
    image = gradient()
    assert sniff(saved(image, "PNG")) == PNG
    assert sniff(saved(image, "WEBP")) == WEBP
    assert sniff(saved(image.convert("RGB"), "JPEG")) == JPEG
    for head in (b"", b"\xef\xbb\xbf", b"\n ", b'<?xml version="1.0"?>\n', b"<!-- made by hand -->"):
        assert sniff(head + SQUARE) == SVG


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a" + b"\0" * 40, b"BM" + b"\0" * 60, b"<html><svg></svg></html>", b"%PDF-1.7", b"RIFF1234WAVE"]
)
def test_other_kinds_are_refused(data: bytes) -> None:
    with pytest.raises(PictureError):
        sniff(data)
    with pytest.raises(PictureError):
        opened(data)


@pytest.mark.parametrize("fmt", ["PNG", "WEBP", "JPEG", "WEBP lossy", "PNG palette", "JPEG progressive"])
def test_cut_anywhere_is_refused(fmt: str) -> None:
    image = gradient(24)
    kind, _, variant = fmt.partition(" ")
    if kind == "JPEG":
        data = saved(image.convert("RGB"), kind, progressive=bool(variant))
    elif kind == "WEBP":
        data = saved(image, kind, lossless=not variant)
    else:
        data = saved(image.quantize() if variant else image, kind)
    assert opened(data).size == (24, 24)
    for end in sorted({*range(min(80, len(data))), *range(0, len(data), 7), *range(len(data) - 8, len(data))}):
        with pytest.raises(PictureError):
            opened(data[:end])


@pytest.mark.parametrize(
    "size", [(4097, 1), (1, 4097), (13000, 13000), (1, 1 << 31), (0, 10), (0xFFFFFFFF, 0xFFFFFFFF)]
)
def test_png_too_large_is_refused_by_its_header(size: tuple[int, int]) -> None:
    with pytest.raises(PictureError, match="px"):
        opened(png(*size, 8, 6, b""))


def test_webp_bomb_is_refused_by_its_header() -> None:
    blank = saved(Image.new("RGB", (4200, 4200)), "WEBP", lossless=True)
    assert len(blank) < 20_000
    with pytest.raises(PictureError, match="4200 x 4200"):
        opened(blank)


def test_jpeg_too_large_is_refused_by_its_header() -> None:
    data = bytearray(saved(Image.new("RGB", (16, 16)), "JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", 60000, 60000)
    with pytest.raises(PictureError, match="60000"):
        opened(bytes(data))


def test_the_limit_itself_is_allowed() -> None:
    assert opened(saved(Image.new("L", (4096, 16)), "PNG")).size == (4096, 16)


@pytest.mark.parametrize("fmt", ["PNG", "WEBP"])
def test_animations_are_refused(fmt: str) -> None:
    frames = [Image.new("RGBA", (8, 8), color) for color in ("red", "blue")]
    data = saved(frames[0], fmt, save_all=True, append_images=frames[1:], duration=50)
    with pytest.raises(PictureError, match="animated"):
        opened(data)


def test_too_many_bytes_are_refused() -> None:
    with pytest.raises(PictureError, match="limit"):
        opened(saved(gradient(), "PNG") + b"\0" * MAX_BYTES)


def test_compressed_text_and_profile_bombs_do_no_harm() -> None:
    bomb = zlib.compress(b"\0" * (64 << 20), 9)
    rows = bytes([1, 2, 3, 4])
    for name, head in ((b"zTXt", b"Comment\0\0"), (b"iCCP", b"icc\0\0"), (b"iTXt", b"a\0\1\0\0\0")):
        with suppress(PictureError):
            assert pixels(opened(png(1, 1, 8, 6, rows, (name, head + bomb)))) == [(1, 2, 3, 4)]


@pytest.mark.parametrize("at", range(8, 56))
def test_a_damaged_header_never_ends_as_another_error(at: int) -> None:
    for fmt, options in (("PNG", {}), ("WEBP", {"lossless": True}), ("JPEG", {})):
        image = gradient() if fmt != "JPEG" else gradient().convert("RGB")
        data = bytearray(saved(image, fmt, **options))
        for value in (0x00, 0x7F, 0xFF):
            data[at] = value
            with suppress(PictureError):
                assert max(opened(bytes(data)).size) <= 4096


def test_sizes_asked_for() -> None:
    assert opened(SQUARE).size == (512, 512)
    assert opened(SQUARE, 48).size == (48, 48)
    data = saved(gradient(), "PNG")
    assert opened(data).size == (16, 16)
    assert opened(data, 48).size == (48, 48)
