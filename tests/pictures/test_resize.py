"""Resizing keeps coverage and colour, fits what is not square, and never shows hidden colour."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from iconbuild.errors import PictureError
from iconbuild.pictures.decode import open_picture
from iconbuild.pictures.plain import flat, one_color
from iconbuild.pictures.resize import resize
from iconbuild.providers.local import LocalProvider
from tests.providers.local.support import drawn, icon

PROVIDER = LocalProvider()


def disc(size: int, color: tuple[int, int, int], hidden: tuple[int, int, int] = (0, 0, 0)) -> Image.Image:
    y, x = np.mgrid[:size, :size] - (size - 1) / 2
    alpha = np.clip(size * 0.35 - np.hypot(x, y) + 0.5, 0, 1)
    pixels = np.empty((size, size, 4), np.uint8)
    pixels[..., :3] = np.where(alpha[..., None] > 0, color, hidden)
    pixels[..., 3] = np.rint(alpha * 255)
    return Image.fromarray(pixels)


def two_tone(size: int, hidden: tuple[int, int, int]) -> Image.Image:
    image = disc(size, (250, 10, 10), hidden)
    pixels = np.asarray(image).copy()
    left = pixels[:, : size // 2]
    left[left[..., 3] > 0, :3] = (10, 10, 250)
    return Image.fromarray(pixels)


@pytest.mark.parametrize("source", [97, 256, 512])
@pytest.mark.parametrize("size", [16, 24, 48, 64, 200])
def test_the_sum_of_alpha_stays(source: int, size: int) -> None:
    for image in (disc(source, (1, 2, 3)), two_tone(source, (0, 0, 0))):
        before = np.asarray(image)[..., 3].sum() / source**2
        after = np.asarray(resize(image, size))[..., 3].sum() / size**2
        assert after == pytest.approx(before, rel=0.01)


@pytest.mark.parametrize("look", ["line", "outline", "duotone", "flat"])
@pytest.mark.parametrize("size", [16, 24, 48, 64, 256])
def test_thin_lines_are_neither_denser_nor_fainter(look: str, size: int) -> None:
    for subject in ("bar chart", "bicycle"):
        source = open_picture(drawn(PROVIDER, icon(subject, look)), 512)
        before, after = (np.asarray(image)[..., 3].mean() for image in (source, resize(source, size)))
        assert after == pytest.approx(before, rel=0.01)


@pytest.mark.parametrize("size", [16, 24, 31, 48, 64, 100, 128, 200])
def test_the_pyramid_is_as_good_as_the_whole_picture(size: int) -> None:
    for look in ("line", "duotone"):
        alpha = open_picture(drawn(PROVIDER, icon("shopping cart", look)), 512).getchannel("A")
        direct = np.asarray(alpha.resize((size, size), Image.Resampling.LANCZOS)).astype(float)
        ours = np.asarray(resize(flat((9, 9, 9), alpha), size))[..., 3].astype(float)
        # Below 31 px hairlines are balanced, so they differ from what plain Lanczos makes too dense.
        assert np.sqrt(((ours - direct) ** 2).mean()) < (2 if size >= 31 else 6)


@given(st.integers(1, 90), st.integers(1, 60))
@settings(max_examples=40, deadline=None)
def test_one_colour_stays_exact(source: int, size: int) -> None:
    result = resize(disc(source, (59, 130, 246), (0, 255, 0)), size)
    assert result.size == (size, size)
    assert one_color(result) in {(59, 130, 246), None}
    assert result.getchannel("A").getbbox() is None or one_color(result) is not None


@pytest.mark.parametrize("size", [16, 24, 48, 150, 300])
def test_hidden_colour_never_leaks(size: int) -> None:
    plain, loud = (resize(two_tone(200, hidden), size) for hidden in ((0, 0, 0), (0, 255, 0)))
    seen = np.asarray(plain)[..., 3] > 0
    assert (np.asarray(plain)[seen] == np.asarray(loud)[seen]).all()
    # Eight premultiplied bits hold a colour at alpha 64 to within 4 levels.
    solid = np.asarray(loud)[np.asarray(loud)[..., 3] >= 64]
    assert np.abs(solid[:, 1].astype(int) - 10).max() <= 10


@pytest.mark.parametrize(("shape", "box"), [((200, 100), (0, 16, 64, 48)), ((100, 200), (16, 0, 48, 64))])
def test_what_is_not_square_is_fitted_and_centred(shape: tuple[int, int], box: tuple[int, int, int, int]) -> None:
    image = Image.new("RGBA", shape, (9, 9, 9, 255))
    result = resize(image, 64)
    assert result.getchannel("A").getbbox() == box
    assert result.getpixel((32, 32)) == (9, 9, 9, 255)


def test_extreme_shapes_keep_a_pixel() -> None:
    assert resize(Image.new("RGBA", (4000, 1), (9, 9, 9, 255)), 16).getchannel("A").getbbox() == (0, 7, 16, 8)


def test_the_same_size_is_the_same_picture() -> None:
    image = disc(64, (1, 2, 3), (1, 2, 3))
    assert resize(image, 64).tobytes() == image.tobytes()


@pytest.mark.parametrize("size", [0, -3, 4097])
def test_sizes_out_of_range(size: int) -> None:
    with pytest.raises(PictureError, match="4096"):
        resize(disc(8, (1, 2, 3)), size)
