"""The contour moves by the pixels asked for, measured on discs of known radius and on any outline."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from iconbuild.pictures.picture import Picture, picture_of
from iconbuild.steps.registry import STEPS
from tests.steps.scenes import NOISE, SCENES, SHAPES, Shape, drawing, scene
from tests.steps.shapes import (
    BLUE,
    alpha,
    disc,
    disc_coverage,
    on_ground,
    picture,
    radius_of,
    run,
    two_colors,
)

AMOUNTS = (-10, -6, -2.5, -1, -0.2, 0, 0.2, 1, 2.5, 6, 10)
SOME = st.sampled_from([amount for amount in AMOUNTS if amount])
SIZES = st.sampled_from((16, 64))
DISCS = [(5.3, 16), (20.2, 64), (40, 512), (100.3, 512), (180.7, 512), (300.4, 1024)]
few = settings(max_examples=25, deadline=None)
OPAQUE = "thickness leaves a picture without transparency as it is: take its background away first (remove-bg)"


def premultiplied(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("RGBa")).astype(int)


@pytest.mark.parametrize(("radius", "size"), DISCS)
@pytest.mark.parametrize("amount", [-3, -2.2, -1.5, -1, 1, 1.5, 2.2, 3])
def test_a_disc_grows_by_what_is_asked(radius: float, size: int, amount: float) -> None:
    image = disc(radius, size)
    grown = radius_of(run("thickness", image, amount)) - radius_of(image)
    assert grown == pytest.approx(amount * size / 512, abs=0.05)


@pytest.mark.parametrize("amount", [-7.3, 7.3, -10, 10, 0.3, -0.3])
@pytest.mark.parametrize(("radius", "size"), [(20.2, 64), (100.3, 512), (300.4, 1024)])
def test_far_and_near_moves(radius: float, size: int, amount: float) -> None:
    image = disc(radius, size)
    grown = radius_of(run("thickness", image, amount)) - radius_of(image)
    assert grown == pytest.approx(amount * size / 512, abs=0.05)


@pytest.mark.parametrize(("radius", "size"), DISCS)
def test_moves_add_up_and_come_back(radius: float, size: int) -> None:
    image = disc(radius, size)
    twice, once = run("thickness", run("thickness", image, 2), 1), run("thickness", image, 3)
    assert radius_of(twice) == pytest.approx(radius_of(once), abs=0.05)
    back = run("thickness", run("thickness", image, 3), -3)
    # On few pixels a round contour is a polygon, whose sides lie a little inside.
    assert radius_of(back) == pytest.approx(radius_of(image), abs=0.01 if size >= 512 else 0.02)


def apart(one: Image.Image, other: Image.Image) -> float:
    """How far the contours of two pictures lie apart, in pixels on average: the area between them by their length."""
    inside = alpha(other) >= 128
    steps = np.count_nonzero(np.diff(inside, axis=0)) + np.count_nonzero(np.diff(inside, axis=1))
    # A contour of any direction crosses 4 / pi grid lines a pixel on average.
    return float(np.abs(alpha(one) - alpha(other)).sum() / 255 / max(1, steps * np.pi / 4))


@given(SHAPES, st.sampled_from((64, 160)))
@few
def test_moves_add_up_on_any_outline(shape: Shape, size: int) -> None:
    image = scene([shape._replace(tone=255, shadow=0)], size)
    assert apart(run("thickness", run("thickness", image, 2), 1), run("thickness", image, 3)) <= 0.05


@pytest.mark.parametrize("opacity", [0.6, 0.9])
def test_moves_add_up_on_a_translucent_shape(opacity: float) -> None:
    image = picture(disc_coverage(60.3, 256) * opacity)
    assert apart(run("thickness", run("thickness", image, 2), 1), run("thickness", image, 3)) <= 0.05


@pytest.mark.parametrize("look", ["line", "duotone", "flat", "glyph", "tone"])
def test_moves_add_up_on_icons(look: str) -> None:
    image = drawing(look, 512)
    assert apart(run("thickness", run("thickness", image, 2), 1), run("thickness", image, 3)) <= 0.05


def check_growing(image: Image.Image, amounts: tuple[float, ...] = AMOUNTS) -> None:
    planes = [alpha(run("thickness", image, amount)) for amount in amounts]
    for thinner, thicker in pairwise(planes):
        assert (thicker >= thinner).all()


FAINT = [
    Shape("disc", 0.25, 0.25, 0.12, 0, BLUE, 255, 0),
    Shape("disc", 0.25, 0.29, 0.15, 0, BLUE, 160, 0.05),
    Shape("ring", 0.33, 0.49, 0.13, 0, BLUE, 51, 0.05),
]
BLOTS = [
    Shape("disc", 0.25, 0.25, 0.12, 0, BLUE, 255, 0),
    Shape("disc", 0.25, 0.33, 0.12, 0, BLUE, 51, 0.05),
    Shape("disc", 0.33, 0.5, 0.12, 0, BLUE, 51, 0.05),
]


@given(SCENES, SIZES)
@example(FAINT, 64)
@example(BLOTS, 64)
@few
def test_alpha_only_grows_with_the_amount(shapes: list[Shape], size: int) -> None:
    check_growing(scene(shapes, size))


@given(NOISE)
@few
def test_alpha_of_noise_only_grows_with_the_amount(pixels: np.ndarray) -> None:
    check_growing(Image.fromarray(pixels))


@pytest.mark.parametrize("look", ["line", "duotone", "flat", "clay-3d", "tone", "two-tones"])
@pytest.mark.parametrize("size", [16, 64, 512])
def test_alpha_of_icons_only_grows_with_the_amount(look: str, size: int) -> None:
    check_growing(drawing(look, size))


def test_alpha_of_a_large_icon_only_grows_with_the_amount() -> None:
    check_growing(drawing("tone", 1024), (-10, -1.5, 0, 0.4, 3))


@given(st.one_of(SCENES.map(lambda shapes: scene(shapes, 48)), NOISE.map(Image.fromarray)), SOME)
@few
def test_hidden_colour_and_the_form_of_the_picture_do_not_matter(image: Image.Image, amount: float) -> None:
    expected = premultiplied(run("thickness", image, amount))
    pixels = np.array(image)
    hidden = pixels[..., 3] == 0
    pixels[hidden, :3] = np.random.default_rng(1).integers(0, 256, (np.count_nonzero(hidden), 3))
    step = STEPS["thickness"]
    found = step.run(Picture(Image.fromarray(pixels)), step.bind(amount)).rgba()
    assert (premultiplied(found) == expected).all()


@pytest.mark.parametrize("look", ["line", "tone"])
@pytest.mark.parametrize("amount", [-4, 4])
def test_one_colour_gives_the_same_with_its_colour_or_without(look: str, amount: float) -> None:
    image, step = drawing(look, 96), STEPS["thickness"]
    assert picture_of(image).color
    found = step.run(Picture(image), step.bind(amount)).rgba()
    assert (premultiplied(found) == premultiplied(run("thickness", image, amount))).all()


def check_mirrored(image: Image.Image, amount: float, share: float) -> None:
    result = premultiplied(run("thickness", image, amount))
    for turn in (Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.FLIP_TOP_BOTTOM, Image.Transpose.TRANSPOSE):
        back = premultiplied(run("thickness", image.transpose(turn), amount).transpose(turn))
        assert np.count_nonzero((back != result).any(axis=2)) <= share * image.width * image.height


@given(SCENES, st.sampled_from((64, 128)), SOME)
@few
def test_mirrored_pictures_come_out_mirrored(shapes: list[Shape], size: int, amount: float) -> None:
    check_mirrored(scene(shapes, size), amount, 0.001)


@pytest.mark.parametrize(("look", "size"), [("line", 16), ("clay-3d", 64), ("flat", 512), ("two-tones", 512)])
@pytest.mark.parametrize("amount", [-3, 7.3])
def test_mirrored_icons_come_out_mirrored(look: str, size: int, amount: float) -> None:
    check_mirrored(drawing(look, size), amount, 0.001)


@pytest.mark.parametrize("level", [0, 90, 255])
def test_pictures_without_a_contour_stay(level: int) -> None:
    image = Image.new("RGBA", (64, 64), (1, 2, 3, level))
    assert run("thickness", image, 5).convert("RGBa").tobytes() == image.convert("RGBa").tobytes()


@pytest.mark.parametrize("color", ["red", "#0000"])
def test_a_single_pixel_stays(color: str) -> None:
    image = Image.new("RGBA", (1, 1), color)
    assert run("thickness", image, 5).convert("RGBa").tobytes() == image.convert("RGBa").tobytes()


@given(NOISE)
@few
def test_nothing_asked_changes_nothing(pixels: np.ndarray) -> None:
    picture_before = picture_of(Image.fromarray(pixels))
    step = STEPS["thickness"]
    assert step.run(picture_before, step.bind(0)) is picture_before


@pytest.mark.parametrize("amount", [-3, 3])
def test_an_opaque_picture_stays_and_that_is_remarked(amount: float) -> None:
    image, step = on_ground(two_colors(64), (255, 255, 255)), STEPS["thickness"]
    assert run("thickness", image, amount).tobytes() == image.tobytes()
    assert step.remark(picture_of(image), step.bind(amount)) == OPAQUE
    assert not step.remark(picture_of(image), step.bind(0))
    assert not step.remark(picture_of(two_colors(64)), step.bind(amount))


@pytest.mark.parametrize("name", sorted(set(STEPS) - {"thickness"}))
def test_other_steps_have_no_remarks(name: str) -> None:
    value = {"recolor": "#ff0000", "smart-remove-bg": None}.get(name, 3)
    step = STEPS[name]
    assert not step.remark(picture_of(Image.new("RGBA", (8, 8), "white")), step.bind(value))


@pytest.mark.parametrize("ground", [(255, 0, 0), (0, 0, 0), (255, 255, 255)])
@pytest.mark.parametrize("amount", [-3, -1, 1, 3])
def test_an_edge_lies_between_the_shape_and_its_ground(ground: tuple[int, int, int], amount: float) -> None:
    seen = np.asarray(on_ground(run("thickness", disc(60.3, 256), amount), ground))[..., :3].astype(int)
    least, most = np.minimum(ground, BLUE), np.maximum(ground, BLUE)
    assert ((seen >= least) & (seen <= most)).all()
