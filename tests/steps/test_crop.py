"""Content comes to the middle, grows by what is asked, and is never cut."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from iconbuild.pictures.picture import picture_of
from iconbuild.steps.registry import STEPS
from tests.steps.scenes import LOOKS, NOISE, SCENES, Shape, drawing, scene
from tests.steps.shapes import BLUE, alpha, disc, on_ground, ring, run

PERCENT = st.one_of(st.integers(0, 50), st.floats(0, 50))
GROUND = (250, 246, 220)


def box_of(image: Image.Image) -> tuple[int, int, int, int]:
    box = image.getchannel("A").point([0] * 8 + [255] * 248).getbbox()
    assert box is not None
    return box


def off_middle(image: Image.Image) -> float:
    """How far the middle of what is seen is from that of the picture, in pixels."""
    left, top, right, bottom = box_of(image)
    return max(abs(left + right - image.width), abs(top + bottom - image.height)) / 2


def block(left: int, top: int, width: int, height: int, size: tuple[int, int] = (120, 120)) -> Image.Image:
    image = Image.new("RGBA", size)
    image.paste((*BLUE, 255), (left, top, left + width, top + height))
    return image


def moved(image: Image.Image, x: int, y: int, size: int) -> Image.Image:
    sheet = Image.new("RGBA", (size, size))
    sheet.paste(image, (x, y))
    return sheet


def opaque(box: tuple[int, int, int, int], color: tuple[int, ...], size: int = 60) -> Image.Image:
    """A block of `color` (RGBA) on an opaque ground, which its pixels replace."""
    image = Image.new("RGBA", (size, size), (*GROUND, 255))
    image.paste(color, box)
    return image


@given(st.integers(0, 90), st.integers(0, 90), st.integers(1, 30), st.integers(1, 30), PERCENT)
@settings(max_examples=60, deadline=None)
def test_the_middle_is_the_middle(left: int, top: int, width: int, height: int, percent: float) -> None:
    result = run("crop", block(left, top, width, height), percent)
    assert off_middle(result) <= 0.5
    pixels = np.asarray(result)
    assert (pixels[pixels[..., 3] > 0][:, :3] == BLUE).all()


@given(SCENES, st.sampled_from([16, 64]), st.integers(0, 40), st.integers(0, 40), PERCENT)
@settings(max_examples=60, deadline=None)
def test_the_middle_of_layers_and_shadows(shapes: list[Shape], size: int, x: int, y: int, percent: float) -> None:
    image = moved(scene(shapes, size), x, y, size + 40)
    if image.getchannel("A").getextrema()[1] >= 8:
        assert off_middle(run("crop", image, percent)) <= 0.5


@given(NOISE, st.integers(0, 20), st.integers(0, 20), PERCENT)
@settings(max_examples=80, deadline=None)
def test_the_middle_of_noise(pixels: np.ndarray, x: int, y: int, percent: float) -> None:
    image = moved(Image.fromarray(pixels), x, y, 40)
    if image.getchannel("A").getextrema()[1] >= 64:  # a faint pixel alone would fade away
        assert off_middle(run("crop", image, percent)) <= 0.5


@pytest.mark.parametrize("percent", [0, 5, 20, 50])
@pytest.mark.parametrize("size", [16, 64, 512])
def test_icons_come_to_the_middle_whole(size: int, percent: int) -> None:
    for look in LOOKS if size < 512 else ("line", "clay-3d"):
        icon = drawing(look, size)
        image = Image.new("RGBA", icon.size)
        image.paste(icon, (size // 8, -size // 16))
        result = run("crop", image, percent)
        assert off_middle(result) <= 0.5, look
        assert grown(image, result, percent) == pytest.approx(1, abs=0.08 if size == 16 else 0.02), look


def grown(image: Image.Image, result: Image.Image, percent: float) -> float:
    """How much more alpha there is than the scale of the window makes of what was there."""
    left, top, right, bottom = box_of(image)
    scale = max(1 - percent / 100, (right - left) / image.width, (bottom - top) / image.height)
    return float(alpha(result).sum() * scale**2 / alpha(image).sum())


def test_a_large_picture_comes_to_the_middle() -> None:
    image = Image.new("RGBA", (1024, 1024))
    image.paste(disc(200.4, 512), (31, 17))
    for percent in (0, 30):
        result = run("crop", image, percent)
        assert off_middle(result) <= 0.5
        assert grown(image, result, percent) == pytest.approx(1, abs=0.002)


@given(SCENES, st.sampled_from([16, 64]), st.integers(-20, 20), st.integers(-20, 20))
@settings(max_examples=40, deadline=None)
def test_zero_moves_by_whole_pixels_and_is_idempotent(shapes: list[Shape], size: int, x: int, y: int) -> None:
    image = moved(scene(shapes, size), x, y, size)
    if image.getchannel("A").getextrema()[1] >= 8:
        zero_only_moves(image)


@given(NOISE)
@settings(max_examples=60, deadline=None)
def test_zero_moves_noise_by_whole_pixels(pixels: np.ndarray) -> None:
    image = moved(Image.fromarray(pixels), 3, 1, 24)
    if image.getchannel("A").getextrema()[1] >= 8:
        zero_only_moves(image)


def zero_only_moves(image: Image.Image) -> None:
    once = run("crop", image, 0)
    one, other = image.crop(box_of(image)).convert("RGBa"), once.crop(box_of(once)).convert("RGBa")
    assert one.size == other.size
    assert one.tobytes() == other.tobytes()
    assert run("crop", once, 0).tobytes() == once.tobytes()


@pytest.mark.parametrize("percent", [10, 25, 50])
def test_content_grows_by_the_window(percent: int) -> None:
    result = run("crop", block(20, 30, 40, 40), percent)
    assert np.sqrt(alpha(result).sum() / 255) == pytest.approx(40 / (1 - percent / 100), abs=0.2)


@given(st.integers(0, 40), st.integers(20, 80), st.integers(0, 40), st.integers(20, 80), PERCENT)
@settings(max_examples=60, deadline=None)
def test_what_does_not_fit_is_not_cut(left: int, width: int, top: int, height: int, percent: float) -> None:
    image = block(left, top, width, height)
    result = run("crop", image, percent)
    scale = max(1 - percent / 100, width / 120, height / 120)
    found = box_of(result)
    assert width / scale - 1 <= found[2] - found[0] <= width / scale + 3
    assert height / scale - 1 <= found[3] - found[1] <= height / scale + 3
    assert grown(image, result, percent) == pytest.approx(1, abs=0.03)


@given(st.integers(8, 247), st.sampled_from([5, 20, 50]))
@settings(max_examples=15, deadline=None)
def test_layers_of_tone_keep_their_alpha_up_to_the_line(tone: int, percent: int) -> None:
    """No ghost line runs along an edge: nothing is thinner than the layer or denser than the line."""
    levels = alpha(run("crop", ring(96, tone), percent))
    middle = len(levels) // 2
    row = levels[middle, middle:]
    assert (np.diff(row[: int(row.argmax()) + 1]) >= 0).all()
    assert row[0] == tone


def test_opaque_borders_are_background() -> None:
    result = run("crop", on_ground(block(10, 10, 30, 30), GROUND), 20)
    assert alpha(result).min() == 255
    pixels = np.asarray(result).astype(int)
    ys, xs = np.nonzero(np.abs(pixels[..., :3] - GROUND).max(axis=2) > 40)
    assert abs((xs.min() + xs.max() + 1) / 2 - 60) <= 0.5
    assert abs((ys.min() + ys.max() + 1) / 2 - 60) <= 0.5
    assert tuple(pixels[0, 0, :3]) == GROUND


@given(
    st.integers(1, 30),
    st.integers(1, 30),
    st.integers(1, 28),
    st.sampled_from([(0, 0, 0, 0), (*GROUND, 0), (255, 0, 0, 0), (*GROUND, 200), (90, 90, 90, 128)]),
    st.sampled_from([0, 0, 12.5, 50]),
)
@settings(max_examples=50, deadline=None)
def test_holes_in_an_opaque_ground_are_content(
    left: int, top: int, side: int, color: tuple[int, ...], percent: float
) -> None:
    """Whatever colour is hidden under them."""
    image = opaque((left, top, left + side, top + side), color)
    result = run("crop", image, percent)
    hole = alpha(result) < 248
    ys, xs = np.nonzero(hole)
    assert abs(xs.min() + xs.max() + 1 - 60) / 2 <= 0.5
    assert abs(ys.min() + ys.max() + 1 - 60) / 2 <= 0.5
    assert alpha(result)[0, 0] == 255
    if percent == 0:
        assert hole.sum() == side**2
        assert run("crop", result, 0).tobytes() == result.tobytes()


@given(st.integers(1, 30), st.integers(1, 30), st.integers(0, 2**31))
@settings(max_examples=20, deadline=None)
def test_a_ground_may_be_noisy(left: int, top: int, seed: int) -> None:
    noise = np.random.default_rng(seed).integers(-3, 4, (60, 60, 3))
    pixels = np.asarray(opaque((left, top, left + 20, top + 9), (20, 40, 60, 255))).copy()
    pixels[..., :3] = np.clip(pixels[..., :3] + noise, 0, 255)
    once = run("crop", Image.fromarray(pixels), 0)
    ys, xs = np.nonzero(np.asarray(once)[..., 0] < 128)
    assert (xs.min(), xs.max(), ys.min(), ys.max()) in {(20, 39, y, y + 8) for y in (25, 26)}
    assert run("crop", once, 0).tobytes() == once.tobytes()


@given(SCENES, st.sampled_from([16, 64]), st.integers(-20, 20), PERCENT)
@settings(max_examples=30, deadline=None)
def test_the_shape_is_that_of_the_whole(shapes: list[Shape], size: int, x: int, percent: float) -> None:
    crop = STEPS["crop"]
    picture, params = picture_of(moved(scene(shapes, size), x, 3, size + 10)), crop.bind(percent)
    shape = crop.shape(picture, params)
    if picture.color:
        assert shape is None
    else:
        assert shape is not None
        assert shape.color == (0, 0, 0)
        assert shape.pixels.tobytes() == crop.run(picture, params).alpha().tobytes()


def test_the_shape_alone_does_not_say_what_lies_on_a_ground() -> None:
    assert STEPS["crop"].shape(picture_of(on_ground(ring(64), GROUND)), STEPS["crop"].bind(10)) is None


def test_a_picture_of_one_colour_throughout_stays() -> None:
    for image in (Image.new("RGBA", (9, 9), BLUE), Image.new("RGBA", (9, 9)), Image.new("RGBA", (1, 1), BLUE)):
        for percent in (0, 50):
            assert run("crop", image, percent).tobytes() == image.tobytes()


def test_pictures_that_are_not_square() -> None:
    result = run("crop", block(4, 4, 20, 20, (160, 80)), 25)
    left, top, right, bottom = box_of(result)
    assert result.size == (160, 80)
    assert (left + right) / 2 == pytest.approx(80, abs=0.5)
    assert (top + bottom) / 2 == pytest.approx(40, abs=0.5)
    assert right - left == pytest.approx(bottom - top, abs=1)
