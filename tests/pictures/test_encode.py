"""Files hold exactly the visible pixels, nothing else, and the same bytes whatever is hidden."""

from __future__ import annotations

from io import BytesIO
from typing import Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from iconbuild.errors import PictureError
from iconbuild.model.artifact import Payload
from iconbuild.pictures.decode import open_picture, sniff
from iconbuild.pictures.encode import MEDIA, encode, encode_deep, encode_fast
from iconbuild.pictures.picture import Picture, picture_of
from tests.threads import in_threads


def picture(kind: str, size: int = 33) -> Image.Image:
    random = np.random.default_rng(7)
    pixels = random.integers(0, 256, (size, size + 4, 4), dtype=np.uint8)
    if kind == "few":
        pixels = (pixels // 128 * 255).astype(np.uint8)
    elif kind == "256 colours":
        pixels[..., :3], pixels[..., 3] = pixels[..., 1:2], 255 - pixels[..., 1] // 2
    elif kind == "one colour":
        pixels[..., :3] = (59, 130, 246)
    elif kind == "opaque":
        pixels[..., 3] = 255
    elif kind == "empty":
        pixels[..., 3] = 0
    return Image.fromarray(pixels)


KINDS = ["noise", "few", "256 colours", "one colour", "opaque", "empty"]
LOSSLESS = ["png", "webp"]


def same_where_seen(image: Image.Image, data: bytes) -> bool:
    before, after = np.asarray(image), np.asarray(open_picture(Payload(data, "")))
    seen = before[..., 3] > 0
    return bool((before[..., 3] == after[..., 3]).all() and (before[seen] == after[seen]).all())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fmt", LOSSLESS)
def test_what_is_seen_comes_back(kind: str, fmt: str) -> None:
    image = picture(kind)
    data = encode(image, fmt)
    assert sniff(data) == MEDIA[fmt]
    assert same_where_seen(image, data)


@pytest.mark.parametrize("kind", KINDS)
def test_fast_files_too(kind: str) -> None:
    assert same_where_seen(picture(kind), encode_fast(picture_of(picture(kind))))


@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9), st.just(4))))
@settings(max_examples=60, deadline=None)
def test_any_small_picture_comes_back(pixels: np.ndarray) -> None:
    image = Image.fromarray(pixels)
    deep = encode_deep(picture_of(image))
    assert deep[24:26] == b"\x08\x06"
    for data in (encode(image, "png"), encode(image, "webp"), encode_fast(picture_of(image)), deep):
        assert same_where_seen(image, data)


@pytest.mark.parametrize("kind", KINDS)
def test_hidden_colour_has_no_influence(kind: str) -> None:
    image = picture(kind)
    pixels = np.asarray(image).copy()
    pixels[pixels[..., 3] < 60, 3] = 0
    image = Image.fromarray(pixels)
    pixels[pixels[..., 3] == 0, :3] = (1, 254, 3)
    loud = Image.fromarray(pixels)
    for fmt in MEDIA:
        assert encode(image, fmt) == encode(loud, fmt)
    assert encode_fast(picture_of(image)) == encode_fast(picture_of(loud))


def test_few_colours_are_indexed_and_many_are_not() -> None:
    kind_of = {kind: encode(picture(kind), "png")[25] for kind in KINDS}
    assert kind_of == {"noise": 6, "few": 3, "256 colours": 3, "one colour": 3, "opaque": 6, "empty": 3}


def test_indexed_is_smaller() -> None:
    image = picture("one colour", 120)
    assert len(encode(image, "png")) < 0.5 * len(encode(picture("noise", 120), "png"))


def test_nothing_but_pixels_is_written() -> None:
    image = picture("noise")
    image.info.update({"exif": b"Exif\0\0secret", "icc_profile": b"secret", "xmp": b"secret", "dpi": (72, 72)})
    image.info["Comment"] = "secret"
    pngs = encode(image, "png"), encode_deep(picture_of(image)), encode_fast(picture_of(image))
    for data in (*pngs, *(encode(image, fmt) for fmt in MEDIA)):
        assert b"secret" not in data
    assert [chunks(data, 8, "big") for data in pngs] == [[b"IHDR", b"IDAT", b"IEND"]] * 3


def chunks(data: bytes, start: int, order: Literal["big", "little"]) -> list[bytes]:
    """The kinds of the chunks of a PNG (length, kind, data, checksum) or a WebP (kind, length, data, to even)."""
    found, at = [], start
    while at < len(data):
        if order == "big":
            found.append(data[at + 4 : at + 8])
            at += 12 + int.from_bytes(data[at : at + 4], order)
        else:
            found.append(data[at : at + 4])
            at += 8 + (int.from_bytes(data[at + 4 : at + 8], order) + 1) // 2 * 2
    assert at == len(data)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_webp_is_one_lossless_chunk(kind: str) -> None:
    data = encode(picture(kind), "webp")
    assert chunks(data, 12, "little") == [b"VP8L"]
    assert int.from_bytes(data[4:8], "little") == len(data) - 8


@pytest.mark.parametrize(("kind", "indexed"), [("one colour", True), ("256 colours", True), ("noise", False)])
def test_a_png_has_a_palette_where_it_can(kind: str, indexed: bool) -> None:
    found = chunks(encode(picture(kind), "png"), 8, "big")
    assert found == [b"IHDR", *([b"PLTE", b"tRNS"] if indexed else []), b"IDAT", b"IEND"]


def test_a_picture_in_one_colour_keeps_it_also_where_nothing_is_seen() -> None:
    image = picture("one colour")
    image.putalpha(image.getchannel("A").point(lambda level: level if level > 128 else 0))
    with Image.open(BytesIO(encode(image, "webp"))) as back:
        assert back.convert("RGB").getcolors() == [(image.width * image.height, (59, 130, 246))]


def test_what_is_hidden_in_a_picture_of_many_colours_is_black() -> None:
    image = picture("noise")
    pixels = np.asarray(image).copy()
    pixels[:9, :, 3] = 0
    for fmt in LOSSLESS:
        with Image.open(BytesIO(encode(Image.fromarray(pixels), fmt))) as back:
            assert not np.asarray(back.convert("RGBA"))[:9].any()


def test_the_same_bytes_from_many_threads() -> None:
    images = [picture(kind) for kind in KINDS]
    expected = [encode(image, fmt) for image in images for fmt in MEDIA]
    assert in_threads(lambda: [encode(image, fmt) for image in images for fmt in MEDIA], 4) == [expected] * 4


def test_another_format_is_refused() -> None:
    with pytest.raises(PictureError, match="gif"):
        encode(picture("few"), "gif")


@pytest.mark.parametrize("tops", [(), (255,)])
def test_every_list_of_few_alphas_comes_back(tops: tuple[int, ...]) -> None:
    """A list of alphas in a PNG that ends in 10, a line's end, has been taken for the place of one clear colour."""
    for level in range(1, 255):
        levels = bytes((0, level, *tops, *[0] * (3 - len(tops)), level))[:4]
        start = Picture(Image.frombytes("L", (2, 2), levels), (220, 40, 30))
        for data in (encode_fast(start), encode(start.rgba(), "png")):
            assert picture_of(open_picture(Payload(data, "image/png"))) == start
