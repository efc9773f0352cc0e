"""Every kind of pixel becomes the right RGBA, the right way up; no other module lets a decoder see bytes."""

from __future__ import annotations

import ast
import struct
import warnings
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageFile

import iconbuild
from iconbuild.errors import PictureError
from iconbuild.model.artifact import JPEG, PNG, SVG, WEBP
from iconbuild.pictures import decode
from iconbuild.pictures.decode import sniff
from tests.pictures.samples import files, gradient, opened, pixels, png, saved

SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4H0z"/></svg>'

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


def test_sizes_asked_for() -> None:
    assert opened(SQUARE).size == (512, 512)
    assert opened(SQUARE, 48).size == (48, 48)
    data = saved(gradient(), "PNG")
    assert opened(data).size == (16, 16)
    assert opened(data, 48).size == (48, 48)


@pytest.mark.parametrize("name", files())
def test_notes_have_no_influence_on_pixels(name: str) -> None:
    """What stands in metadata, ICC profiles included, is left aside; only the way up is heeded."""
    data = files()[name]
    own = opened(data)
    with Image.open(BytesIO(data)) as plain:
        if "16 bits" in name:
            return
        expected = plain.convert("RGB" if plain.mode == "CMYK" else plain.mode).convert("RGBA")
        if "notes" in name:
            expected = expected.transpose(Image.Transpose.ROTATE_270)
    assert pixels(own) == pixels(expected)


def test_memory_that_runs_out_is_not_the_pictures_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_memory(_: str) -> object:
        raise MemoryError

    monkeypatch.setattr(decode, "_reader", no_memory)
    with pytest.raises(MemoryError):
        opened(saved(gradient(), "PNG"))


def test_pillows_own_guards_are_in_force() -> None:
    """Its warning of bombs cannot come, since our limit is the stricter; damaged files are not to be filled up."""
    assert Image.MAX_IMAGE_PIXELS is not None
    assert decode.MAX_SIDE**2 <= 16 << 20 < Image.MAX_IMAGE_PIXELS
    assert not ImageFile.LOAD_TRUNCATED_IMAGES
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert opened(png(4096, 4096, 1, 0, bytes(4096 * 512))).size == (4096, 4096)


def _decoders(source: str) -> list[str]:
    """Names by which a module could let Pillow decode something."""
    found = []
    for node in ast.walk(ast.parse(source)):
        names = [alias.name for alias in node.names] if isinstance(node, (ast.Import, ast.ImportFrom)) else []
        if isinstance(node, ast.Attribute):
            names = [f"{ast.unparse(node.value)}.{node.attr}"]
        room = f"{node.module}." if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PIL") else ""
        full = [room + name for name in names]
        found += [n for n in full if n.endswith("Image.open") or "ImagePlugin" in n or "LOAD_TRUNCATED" in n]
    return found


def test_every_decoder_stands_behind_the_guard() -> None:
    """`svg` reads what our own renderer hands over; nothing else decodes, and nobody loosens Pillow's rules."""
    folder = Path(iconbuild.__file__).parent
    using = {str(path.relative_to(folder)) for path in folder.rglob("*.py") if _decoders(path.read_text())}
    assert using == {"pictures/decode.py", "pictures/svg.py"}
