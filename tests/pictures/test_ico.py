"""A .ico file says what is in it, and holds exactly the pictures that were handed over."""

from __future__ import annotations

import struct
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from PIL.IcoImagePlugin import IcoImageFile

from iconbuild.errors import PictureError
from iconbuild.model.artifact import MAX_ICO, Payload
from iconbuild.pictures.decode import open_picture
from iconbuild.pictures.ico import encode_ico
from iconbuild.pictures.picture import Picture, picture_of
from tests.outputs.samples import drawing

SIZES = (16, 24, 32, 48, 64, 128, 256)


def pictures(*sizes: int) -> list[Picture]:
    return [picture_of(open_picture(drawing("home"), size)) for size in sizes]


def opened(data: bytes) -> IcoImageFile:
    image = Image.open(BytesIO(data))
    assert isinstance(image, IcoImageFile)
    return image


def test_every_size_comes_back_as_it_was() -> None:
    given = pictures(*SIZES)
    icon = opened(encode_ico(given))
    assert icon.ico.sizes() == {(size, size) for size in SIZES}
    for size, picture in zip(SIZES, given, strict=True):
        back = icon.ico.getimage((size, size)).convert("RGBA")
        assert back.convert("RGBa").tobytes() == picture.rgba().convert("RGBa").tobytes()


def test_the_directory_says_where_and_how_large() -> None:
    data = encode_ico(pictures(*SIZES))
    assert struct.unpack_from("<HHH", data) == (0, 1, len(SIZES))
    at = 6 + 16 * len(SIZES)
    for place, size in enumerate(SIZES):
        width, height, palette, zero, planes, bits, length, offset = struct.unpack_from(
            "<BBBBHHII", data, 6 + 16 * place
        )
        assert (width, height) == (size % 256, size % 256)
        assert (palette, zero, planes, bits) == (0, 0, 1, 32)
        assert offset == at
        body = data[offset : offset + length]
        assert struct.unpack_from(">IIBB", body, 16) == (size, size, 8, 6)
        at += length
    assert at == len(data)


@pytest.mark.parametrize("color", [(0, 0, 0, 0), (255, 0, 0, 255), (9, 99, 199, 128)])
def test_the_smallest_and_plainest(color: tuple[int, int, int, int]) -> None:
    data = encode_ico([picture_of(Image.new("RGBA", (1, 1), color))])
    assert opened(data).convert("RGBA").getpixel((0, 0)) == color
    assert data == encode_ico([picture_of(Image.new("RGBA", (1, 1), color))])


def test_nothing_but_pixels_is_written_and_nothing_hidden() -> None:
    pixels = np.random.default_rng(3).integers(0, 256, (32, 32, 4), dtype=np.uint8)
    pixels[:16, :, 3] = 0
    quiet = Image.fromarray(pixels)
    quiet.info.update({"icc_profile": b"secret", "exif": b"Exif\0\0secret"})
    pixels[:16, :, :3] = (1, 254, 3)
    data = encode_ico([picture_of(quiet)])
    assert b"secret" not in data
    assert data == encode_ico([picture_of(Image.fromarray(pixels))])


def test_what_it_cannot_hold_is_refused() -> None:
    with pytest.raises(PictureError, match="at most 256 px, not 257"):
        encode_ico(pictures(16, 257))
    with pytest.raises(PictureError, match="at least one"):
        encode_ico([])
    assert encode_ico(pictures(MAX_ICO))


def test_a_picture_in_it_can_be_taken_out_with_nothing_but_its_place() -> None:
    data = encode_ico(pictures(48))
    length, offset = struct.unpack_from("<II", data, 14)
    assert open_picture(Payload(data[offset : offset + length], "")).size == (48, 48)
