"""Alpha stays byte for byte; solid paints one colour, tint keeps black, white and the colour itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from iconbuild.errors import PictureError
from iconbuild.pictures.picture import Picture, picture_of
from iconbuild.steps.recolor import Recolor
from tests.steps.scenes import LOOKS, NOISE, SCENES, Shape, drawing, scene
from tests.steps.shapes import run, two_colors

NUMBERS = st.integers(0, 0xFFFFFF)
COLORS = NUMBERS.map(lambda number: f"#{number:06x}")
MODES = ["solid", "tint"]
SIZES = [16, 64, 512, 1024]


def recolor(image: Image.Image, color: str, mode: str = "solid") -> Image.Image:
    return run("recolor", image, {"color": color, "mode": mode})


def seen(image: Image.Image) -> np.ndarray:
    """The RGB of what is seen, n x 3."""
    pixels = np.asarray(image)
    return pixels[pixels[..., 3] > 0][:, :3].astype(int)


def greys() -> Image.Image:
    return Image.merge("RGB", [Image.linear_gradient("L")] * 3).convert("RGBA")


@given(SCENES, st.sampled_from([16, 64]), COLORS, st.sampled_from(MODES))
@settings(max_examples=40, deadline=None)
def test_alpha_stays(shapes: list[Shape], size: int, color: str, mode: str) -> None:
    image = scene(shapes, size)
    if image.getchannel("A").getextrema()[0] < 255:
        assert recolor(image, color, mode).getchannel("A").tobytes() == image.getchannel("A").tobytes()


@given(NOISE, COLORS, st.sampled_from(MODES))
@settings(max_examples=40, deadline=None)
def test_alpha_of_noise_stays(pixels: np.ndarray, color: str, mode: str) -> None:
    image = Image.fromarray(np.pad(pixels, ((1, 1), (1, 1), (0, 0))))
    assert recolor(image, color, mode).getchannel("A").tobytes() == image.getchannel("A").tobytes()


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("size", SIZES)
def test_alpha_of_icons_stays(size: int, mode: str) -> None:
    for look in LOOKS if size < 512 else ("line", "duotone"):
        image = drawing(look, size)
        assert recolor(image, "#e11d48", mode).getchannel("A").tobytes() == image.getchannel("A").tobytes()


@given(COLORS)
@settings(max_examples=25, deadline=None)
def test_solid_is_exactly_the_colour_and_idempotent(color: str) -> None:
    result = recolor(two_colors(48), color)
    assert bytes(np.unique(seen(result), axis=0).astype(np.uint8)) == bytes.fromhex(color[1:])
    assert recolor(result, color).tobytes() == result.tobytes()


@pytest.mark.parametrize("size", [*SIZES, 2])
def test_solid_refuses_an_opaque_picture(size: int) -> None:
    for image in (Image.new("RGBA", (size, size), "red"), greys().resize((size, size))):
        with pytest.raises(PictureError) as caught:
            recolor(image, "#000000")
        assert "remove-bg" in caught.value.remedy
        assert "tint" in caught.value.remedy
        assert recolor(image, "#102030", "tint").size == image.size


def test_pictures_of_nothing_and_of_one_pixel_pass() -> None:
    assert recolor(Image.new("RGBA", (7, 5)), "#ff0000").getchannel("A").getextrema() == (0, 0)
    assert recolor(Image.new("RGBA", (1, 1), "red"), "#00ff00").getpixel((0, 0)) == (0, 255, 0, 255)


@given(COLORS)
@settings(max_examples=40, deadline=None)
def test_tint_keeps_black_white_and_itself(color: str) -> None:
    image = Image.new("RGBA", (3, 1), "black")
    image.putpixel((1, 0), (255, 255, 255, 255))
    image.putpixel((2, 0), (*bytes.fromhex(color[1:]), 255))  # type: ignore[arg-type]
    result = recolor(image, color, "tint")
    assert result.getpixel((0, 0)) == (0, 0, 0, 255)
    assert result.getpixel((1, 0)) == (255, 255, 255, 255)
    itself = result.getpixel((2, 0))
    light = Image.new("RGB", (1, 1), color).convert("L").getpixel((0, 0))
    if light not in (0, 255):
        assert itself == (*bytes.fromhex(color[1:]), 255)


@given(NUMBERS)
@settings(max_examples=30, deadline=None)
def test_tint_is_two_straight_lines(number: int) -> None:
    """From black to the colour, at the colour's own luminance, and on to white; so light never turns dark."""
    rgb = np.array([number >> 16, number >> 8 & 255, number & 255])
    middle = min(254, max(1, round(float(rgb @ [0.299, 0.587, 0.114]))))
    tinted = np.asarray(recolor(greys(), f"#{number:06x}", "tint")).astype(int)[:, 0, :3]
    level = np.arange(256)[:, None]
    wanted = np.where(level <= middle, level * rgb / middle, rgb + (level - middle) * (255 - rgb) / (255 - middle))
    # Luminance is rounded before it is the middle: where the lines are steep, that is several levels.
    slope = np.maximum(rgb / middle, (255 - rgb) / (255 - middle)).max()
    assert np.abs(tinted - wanted).max() <= 1.5 + slope
    assert (np.diff(tinted, axis=0) >= 0).all()


@given(NUMBERS, COLORS)
@settings(max_examples=40, deadline=None)
def test_the_form_of_the_picture_means_nothing(paint: int, color: str) -> None:
    image = drawing("line", 16).copy()
    image.paste((paint >> 16, paint >> 8 & 255, paint & 255), (0, 0, 16, 16))
    image.putalpha(drawing("line", 16).getchannel("A"))
    step = Recolor()
    for mode in MODES:
        params = step.bind({"color": color, "mode": mode})
        one, other = step.run(picture_of(image), params), step.run(Picture(image), params)
        assert one.rgba().convert("RGBa").tobytes() == other.rgba().convert("RGBa").tobytes()
        assert (seen(one.rgba()) == seen(other.rgba())).all()


@given(SCENES, COLORS, COLORS)
@settings(max_examples=20, deadline=None)
def test_what_is_hidden_has_no_influence(shapes: list[Shape], hidden: str, color: str) -> None:
    image = scene(shapes, 24)
    pixels = np.asarray(image).copy()
    pixels[pixels[..., 3] == 0, :3] = tuple(bytes.fromhex(hidden[1:]))
    assert (seen(recolor(image, color, "tint")) == seen(recolor(Image.fromarray(pixels), color, "tint"))).all()
