"""Only whole, single, reasonably small pictures reach a decoder; what is not pixels costs nothing."""

from __future__ import annotations

import struct
import tracemalloc
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from iconbuild.errors import PictureError
from iconbuild.pictures.decode import MAX_BYTES, check_raster
from iconbuild.pictures.header import read_head, sniff
from iconbuild.pictures.parts import MAX_PARTS, MAX_SCANS, jpeg_parts
from tests.pictures.samples import SIGNATURE, chunk, files, gradient, opened, pixels, png, saved

FILES = files()


@pytest.mark.parametrize("name", FILES)
def test_cut_at_any_byte_is_refused(name: str) -> None:
    data = FILES[name]
    assert opened(data).size == (24, 24)
    for end in range(len(data)):
        with pytest.raises(PictureError):
            opened(data[:end])


@given(st.sampled_from(sorted(FILES)), st.data())
def test_damage_is_refused_or_harmless(name: str, draw: st.DataObject) -> None:
    """Nothing but a PictureError comes of damaged bytes, and never a picture beyond the limits."""
    data = bytearray(FILES[name])
    for _ in range(draw.draw(st.integers(1, 4))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    with suppress(PictureError):
        assert max(opened(bytes(data)).size) <= 4096


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("PNG")])
def test_a_bit_flip_in_the_pixels_of_a_png_is_found(name: str) -> None:
    """The decoder skips their checksums."""
    data = FILES[name]
    start = data.index(b"IDAT")
    for at in range(start, data.index(b"IEND") + 8):
        with pytest.raises(PictureError):
            opened(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])


@pytest.mark.parametrize(
    "size", [(4097, 1), (1, 4097), (13000, 13000), (1, 1 << 31), (0, 10), (10, 0), (0xFFFFFFFF, 0xFFFFFFFF)]
)
def test_png_too_large_or_empty_is_refused_by_its_header(size: tuple[int, int]) -> None:
    with pytest.raises(PictureError, match=f"{size[0]} x {size[1]} px"):
        opened(png(*size, 8, 6, b""))


def test_webp_bomb_is_refused_by_its_header() -> None:
    blank = saved(Image.new("RGB", (4200, 4200)), "WEBP", lossless=True)
    assert len(blank) < 20_000
    with pytest.raises(PictureError, match="4200 x 4200"):
        opened(blank)


def test_webp_canvas_beyond_its_picture_is_refused_by_its_header() -> None:
    data = bytearray(FILES["WEBP lossy with alpha"])
    data[24:30] = b"\xff" * 6
    with pytest.raises(PictureError, match="16777216 x 16777216"):
        opened(bytes(data))


def test_jpeg_too_large_is_refused_by_its_header() -> None:
    data = bytearray(saved(Image.new("RGB", (16, 16)), "JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", 60000, 60000)
    with pytest.raises(PictureError, match="60000"):
        opened(bytes(data))


def test_refusing_takes_no_memory() -> None:
    bomb = png(13000, 13000, 8, 6, b"")
    tracemalloc.start()
    try:
        with pytest.raises(PictureError):
            check_raster(bomb, sniff(bomb))
        assert tracemalloc.get_traced_memory()[1] < 100_000
    finally:
        tracemalloc.stop()


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


NOTES = {
    "zTXt": (b"zTXt", b"Comment\0\0"),
    "iCCP": (b"iCCP", b"icc\0\0"),
    "iTXt": (b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0"),
}


@pytest.mark.parametrize("name", NOTES)
def test_compressed_notes_are_never_unpacked(name: str) -> None:
    kind, head = NOTES[name]
    data = png(1, 1, 8, 6, bytes([1, 2, 3, 4]), (kind, head + zlib.compress(b"\0" * (64 << 20), 9)))
    assert pixels(opened(data)) == [(1, 2, 3, 4)]
    assert len(read_head(data, sniff(data)).data) < 100


def test_notes_of_any_length_stay_outside_the_decoder() -> None:
    data = png(1, 1, 8, 6, bytes([1, 2, 3, 4]), (b"tEXt", b"a\0" + b"b" * (8 << 20)), (b"prIv", b"c" * 999))
    assert pixels(opened(data + b"behind the end")) == [(1, 2, 3, 4)]
    assert len(read_head(data, sniff(data)).data) < 100
    plain = FILES["JPEG"]
    notes = b"".join(
        bytes([0xFF, mark]) + b"\xff\xff" + b"\xff\xd9" * 32766 + b"\0" for mark in (0xE1, 0xE2, 0xED, 0xFE)
    )
    head = read_head(plain[:2] + notes * 100 + plain[2:] + b"behind the end", sniff(plain))
    assert head.data == plain


def test_an_end_inside_a_segment_is_none() -> None:
    """Progressive files have tables and comments between their scans."""
    data = FILES["JPEG progressive"]
    second = [part for part in jpeg_parts(data) if part.kind == b"\xda"][1].start
    note = b"\xff\xfe\x00\x06\xff\xd9\xff\xd9"
    noted = data[:second] + note + data[second:]
    assert pixels(opened(noted)) == pixels(opened(data))
    for end in range(second + len(note), len(noted)):
        with pytest.raises(PictureError):
            opened(noted[:end])


def test_pieces_without_end_are_refused() -> None:
    whole = png(1, 1, 8, 6, bytes([1, 2, 3, 4]))
    at = whole.index(b"IDAT") - 4
    with pytest.raises(PictureError, match="pieces"):
        opened(whole[:at] + chunk(b"IDAT", b"") * MAX_PARTS + whole[at:])
    data = FILES["JPEG progressive"]
    last = [part for part in jpeg_parts(data) if part.kind == b"\xda"][-1]
    with pytest.raises(PictureError, match="scans"):
        opened(data[:-2] + data[last.start : last.end] * MAX_SCANS + b"\xff\xd9")


@pytest.mark.parametrize(
    "data",
    [
        SIGNATURE + chunk(b"IEND", b""),
        SIGNATURE + chunk(b"IHDR", b"\0\0\0\1") + chunk(b"IEND", b""),
        SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", 9, 9, 8, 6, 0, 0, 0)) + chunk(b"IEND", b""),
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8\xff\xe0\0\0\xff\xd9",
        b"\xff\xd8" + b"\xff" * 99_999,
        b"\xff\xd8\xff\xc0\0\x03\x08\xff\xd9",
        b"RIFF\x16\0\0\0WEBPVP8 " + b"\0" * 14,
        b"RIFF\x16\0\0\0WEBPVP8Z" + b"\0" * 14,
    ],
)
def test_files_without_a_picture_are_refused(data: bytes) -> None:
    with pytest.raises(PictureError):
        opened(data)
