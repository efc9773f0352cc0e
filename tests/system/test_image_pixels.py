"""Pictures of every kind through the real program: the right pixels come out, and nothing but pixels."""

from __future__ import annotations

import base64
import re
import struct
import zlib
from collections.abc import Iterator

from PIL import Image, features

from tests.pictures.samples import SIGNATURE, chunk, pixels, png, saved
from tests.system.artwork import importing, opened
from tests.system.project import Project

SIDE = 24
LEFT, RIGHT = slice(0, SIDE // 2), slice(SIDE // 2, SIDE)


def _halves(width: int, left: bytes, right: bytes) -> bytes:
    assert len(left) == len(right) == width
    return (left * (SIDE // 2) + right * (SIDE // 2)) * SIDE


KINDS: dict[str, tuple[bytes, tuple[int, ...], tuple[int, ...]]] = {
    "grey16.png": (
        png(SIDE, SIDE, 16, 0, _halves(2, struct.pack(">H", 257 * 9), struct.pack(">H", 257 * 200))),
        (9, 9, 9, 255),
        (200, 200, 200, 255),
    ),
    "rgba16.png": (
        png(
            SIDE,
            SIDE,
            16,
            6,
            _halves(8, struct.pack(">4H", 257, 514, 771, 65535), struct.pack(">4H", 0, 0, 0, 257 * 80)),
        ),
        (1, 2, 3, 255),
        (0, 0, 0, 80),
    ),
    "rgb16-clear.png": (
        png(SIDE, SIDE, 16, 2, _halves(6, b"\1\1\2\2\3\3", b"\7\7\x08\x08\x09\x09"), (b"tRNS", b"\1\1\2\2\3\3")),
        (0, 0, 0, 0),
        (7, 8, 9, 255),
    ),
    "palette.png": (
        png(SIDE, SIDE, 8, 3, _halves(1, b"\0", b"\1"), (b"PLTE", bytes([250, 20, 30, 4, 5, 6])), (b"tRNS", b"\x80")),
        (250, 20, 30, 128),
        (4, 5, 6, 255),
    ),
    "grey-alpha.png": (
        png(SIDE, SIDE, 8, 4, _halves(2, b"\x0a\x5a", b"\xc8\xff")),
        (10, 10, 10, 90),
        (200, 200, 200, 255),
    ),
}


def test_i07_unusual_kinds_of_pixels_become_the_colours_they_mean(project: Project) -> None:
    cmyk = Image.new("CMYK", (SIDE, SIDE), (0, 255, 255, 0))
    cmyk.paste((255, 255, 0, 0), (SIDE // 2, 0, SIDE, SIDE))
    pictures = {name: data for name, (data, _, _) in KINDS.items()}
    importing(project, {**pictures, "cmyk.jpg": saved(cmyk, "JPEG", quality=100, subsampling=0)})
    project.run("build").ok()
    for number, (_, left, right) in enumerate(KINDS.values()):
        for kind in ("png", "webp"):
            row = pixels(opened(project.tree()[f"art{number}-24.{kind}"]))[:SIDE]
            assert row[LEFT] == [left] * (SIDE // 2), (number, kind)
            assert row[RIGHT] == [right] * (SIDE // 2), (number, kind)
    shown = opened(project.tree()[f"art{len(KINDS)}-24.png"])
    for x, meant in ((3, (255, 0, 0, 255)), (20, (0, 0, 255, 255))):
        pixel = shown.getpixel((x, 12))
        assert isinstance(pixel, tuple)
        assert max(abs(one - other) for one, other in zip(pixel, meant, strict=True)) <= 2


CANARY = b"canary in a coal mine"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M0 0h24v6H0z"/></svg>'


def _noted() -> dict[str, bytes]:
    """Files whose first rows are black once they are turned as their EXIF says, with much that is no picture."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, CANARY.decode()  # the camera was held on its side
    image = Image.new("RGB", (SIDE, SIDE), "white")
    image.paste("black", (0, 0, 6, SIDE))
    notes = {"exif": exif.tobytes(), "icc_profile": CANARY * 40_000, "xmp": CANARY * 2_000}
    made = saved(image, "PNG", exif=exif.tobytes())
    bomb = zlib.compress(CANARY * (64 << 20 >> 4), 9)
    more = [
        chunk(b"zTXt", b"Comment\0\0" + bomb),
        chunk(b"iCCP", b"p\0\0" + bomb),
        chunk(b"tEXt", b"a\0" + CANARY * 9_999),
    ]
    return {
        "a.png": made[:33] + b"".join(more) + made[33:] + CANARY,
        "b.webp": saved(image, "WEBP", lossless=True, **notes),
        "c.jpg": saved(image, "JPEG", quality=100, comment=CANARY * 1_000, **notes) + CANARY,
        "d.svg": SVG.replace(b"<path", b"<!-- %b --><title>%b</title><metadata>%b</metadata><path" % ((CANARY,) * 3)),
    }


def _png_parts(data: bytes) -> Iterator[bytes]:
    at = len(SIGNATURE) if data.startswith(SIGNATURE) else len(data)
    while at < len(data):
        yield data[at + 4 : at + 8]
        at += 12 + int.from_bytes(data[at : at + 4], "big")


def _webp_parts(data: bytes) -> Iterator[bytes]:
    at = 12 if data.startswith(b"RIFF") else len(data)
    while at < len(data):
        yield data[at : at + 4]
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + length + length % 2


def test_i08_notes_are_stripped_and_the_way_up_is_heeded(project: Project) -> None:
    avif = ", avif" if features.check("avif") else ""
    formats = f"files: {{dir: dist, formats: [png, webp, ico{avif}], sizes: [24]}}"
    importing(project, _noted(), formats, "sprite: sheet.webp", "html: all.html")
    project.run("build").ok()
    found = {
        path.name: path.read_bytes() for path in project.root.rglob("*.*") if path.suffix not in (".yaml", ".lock")
    }
    outputs = {name: data for name, data in found.items() if name not in _noted()}
    embedded = re.findall(rb"data:image/[a-z+]+;base64,([A-Za-z0-9+/=]+)", outputs["all.html"])
    outputs |= {f"embedded {number}": base64.b64decode(text) for number, text in enumerate(embedded)}
    assert len(outputs) > 18
    assert any(data.startswith(b"<svg") for data in outputs.values())
    for name, data in outputs.items():
        assert b"canary" not in data, name
        assert not {b"EXIF", b"ICCP", b"XMP "} & set(_webp_parts(data)), name
        assert set(_png_parts(data)) <= {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}, name
    for number in range(3):
        shown = opened(outputs[f"art{number}-24.png"]).convert("L")
        assert max(shown.crop((0, 0, SIDE, 5)).tobytes()) < 8
        assert min(shown.crop((0, 8, SIDE, SIDE)).tobytes()) > 247
