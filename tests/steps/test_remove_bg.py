"""A flat background goes, its colour goes out of the edges, and what it encloses stays."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from iconbuild.pictures.picture import Picture, picture_of
from iconbuild.steps.registry import STEPS
from tests.steps.scenes import NOISE, SHAPES, Shape, cut_hard, drawing, scene
from tests.steps.shapes import BLUE, RED, alpha, disc, disc_coverage, on_ground, picture, ring, run, two_colors

Color = tuple[int, int, int]
GROUNDS = [(255, 255, 255), (250, 246, 220), (12, 40, 20)]
PAIRS = [
    ((0, 0, 0), (255, 255, 255)),
    ((255, 255, 255), (15, 23, 42)),
    ((250, 204, 21), (20, 30, 90)),
    ((220, 40, 30), (30, 160, 70)),
    ((200, 200, 200), (255, 255, 255)),
    ((90, 90, 90), (130, 130, 130)),
]
"""Dark on white, light on dark, colour on colour, and pairs that are alike."""
few = settings(max_examples=25, deadline=None)


def over(image: Image.Image, color: Color) -> np.ndarray:
    return np.asarray(on_ground(image, color)).astype(float)[..., :3]


def premultiplied(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("RGBa")).astype(int)


def edge_error(image: Image.Image, ground: Color, strength: float, below: Color = (255, 0, 0)) -> float:
    """Levels (rms) by which the edges of `image`, taken off `ground` again and laid on `below`, are wrong."""
    found = over(run("remove-bg", on_ground(image, ground), strength), below)
    edge = (alpha(image) > 0) & (alpha(image) < 255)
    return float(np.sqrt(((found - over(image, below))[edge] ** 2).mean()))


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("strength", [1, 3, 6])
@pytest.mark.parametrize("kind", ["disc", "two colours"])
def test_edges_over_red(ground: Color, strength: float, kind: str) -> None:
    image = disc(130.3) if kind == "disc" else two_colors(512)
    assert edge_error(image, ground, strength) <= 8


@pytest.mark.parametrize(("color", "ground"), PAIRS)
@pytest.mark.parametrize(("radius", "size"), [(5.3, 16), (20.3, 64), (130.3, 512), (300.3, 1024)])
@pytest.mark.parametrize("below", [(255, 0, 0), (0, 0, 0), (255, 255, 255)])
def test_edges_have_no_halo_on_any_ground(color: Color, ground: Color, radius: float, size: int, below: Color) -> None:
    assert edge_error(disc(radius, size, color), ground, 3, below) <= 8


def bar(size: int, width: float, turn: float, color: Color) -> Image.Image:
    """A line of the picture's size, 0.7 of it long, from 8 x 8 samples a pixel."""
    axis = (np.arange(size * 8) + 0.5) / 8 - size / 2
    across = axis[None, :] * np.cos(turn) + axis[:, None] * np.sin(turn)
    along = axis[:, None] * np.cos(turn) - axis[None, :] * np.sin(turn)
    inside = (np.abs(across) < width / 2) & (np.abs(along) < 0.35 * size)
    return picture(inside.reshape(size, 8, size, 8).mean((1, 3)), color)


@pytest.mark.parametrize(("color", "ground"), PAIRS)
@pytest.mark.parametrize("width", [1.5, 3, 8])
@pytest.mark.parametrize("turn", [0.1, 0.4, 0.785, 1.3])
def test_thin_lines_over_red(color: Color, ground: Color, width: float, turn: float) -> None:
    assert edge_error(bar(64, width, turn, color), ground, 3) <= 8


@pytest.mark.parametrize(
    ("look", "size"), [("flat", 16), ("flat", 64), ("flat", 512), ("duotone", 64), ("duotone", 512)]
)
@pytest.mark.parametrize("ground", [(255, 255, 255), (200, 220, 180), (20, 30, 60)])
def test_edges_of_icons_over_red(look: str, size: int, ground: Color) -> None:
    image = drawing(look, size, "house")
    assert edge_error(image, ground, 2) <= 8
    cut = alpha(run("remove-bg", on_ground(image, ground), 2))
    assert cut[alpha(image) == 0].max() <= 1


@pytest.mark.parametrize("other", [BLUE, (235, 150, 140), (90, 10, 5)])
def test_where_colours_meet_at_an_edge_both_stay_dense(other: Color) -> None:
    pixels = np.array(disc(30.3, 96, RED))
    pixels[:, 48:, :3] = other
    image = Image.fromarray(pixels)
    cut = run("remove-bg", on_ground(image, (255, 255, 255)), 3)
    assert edge_error(image, (255, 255, 255), 3) <= 8
    assert alpha(cut)[alpha(image) == 255].min() >= 250


def outlined(size: int, line: float) -> Image.Image:
    """A light disc with a thin dark outline."""
    image = disc(0.4 * size, size, (15, 23, 42))
    image.alpha_composite(disc(0.4 * size - line, size, (230, 230, 250)))
    return image


@pytest.mark.parametrize("line", [1.5, 2.5])
def test_a_thin_outline_is_the_foreground_of_its_edge(line: float) -> None:
    assert edge_error(outlined(128, line), (255, 255, 255), 2) <= 8


@given(SHAPES, st.sampled_from((96, 160)), st.sampled_from(GROUNDS[:2]))
@few
def test_edges_of_any_shape_over_red(shape: Shape, size: int, ground: Color) -> None:
    image = scene([shape._replace(x=0.5, y=0.5, tone=255, shadow=0, color=BLUE)], size)
    if shape.kind != "ring":
        assert edge_error(image, ground, 2) <= 8


@pytest.mark.parametrize("ground", GROUNDS)
def test_no_background_is_left_and_no_foreground_goes(ground: Color) -> None:
    image = disc(130.3)
    result = alpha(run("remove-bg", on_ground(image, ground), 2))
    assert result[alpha(image) == 0].max() <= 1
    assert result[alpha(image) == 255].min() >= 254


def test_enclosed_areas_of_the_same_colour_stay() -> None:
    image = on_ground(ring(256, 0), (255, 255, 255))
    result = run("remove-bg", image, 3)
    assert result.getpixel((128, 128)) == (255, 255, 255, 255)
    assert result.getpixel((2, 2)) == (0, 0, 0, 0) or alpha(result)[2, 2] == 0


def test_faint_noise_is_background() -> None:
    pixels = np.asarray(on_ground(disc(60, 256), (240, 240, 240))).copy()
    noise = np.random.default_rng(2).integers(-6, 7, pixels.shape[:2])
    ground = disc_coverage(60, 256) == 0
    pixels[ground, :3] = np.clip(pixels[ground, :3] + noise[ground, None], 0, 255)
    result = alpha(run("remove-bg", Image.fromarray(pixels), 4))
    assert result[disc_coverage(60.8, 256) == 0].max() == 0


def test_thin_lines_keep_their_strength() -> None:
    line = np.zeros((256, 256))
    line[60:200, 100:103] = 1
    result = run("remove-bg", on_ground(picture(line), (255, 255, 255)), 3)
    assert result.getpixel((101, 120)) == (*BLUE, 255)
    assert alpha(result)[120, 98] == 0


def test_each_side_keeps_its_own_colour() -> None:
    result = np.asarray(run("remove-bg", on_ground(two_colors(256), (255, 255, 255)), 3)).astype(int)
    for half, color in ((result[:, :120], RED), (result[:, 136:], BLUE)):
        seen = half[half[..., 3] > 16]
        assert np.abs(seen[:, :3] - color).max() <= 2


@pytest.mark.parametrize("size", [16, 64, 512])
@pytest.mark.parametrize("strength", [1, 5, 10])
def test_what_a_line_encloses_stays_as_it_was(size: int, strength: float) -> None:
    image = on_ground(ring(size, 0), (250, 246, 220))
    inside = disc_coverage(0.29 * size, size) == 1
    assert (np.asarray(run("remove-bg", image, strength)) == np.asarray(image))[inside].all()


def test_a_hard_spike_of_another_colour_than_the_body_stays_opaque() -> None:
    body = Shape("triangle", 0.49, 0.53, 0.23, 2.7402, BLUE, 255, 0)
    image = cut_hard(scene([Shape("star", 0.56, 0.46, 0.3, 0.384, RED, 255, 0), body], 40))
    same = premultiplied(run("remove-bg", on_ground(image, GROUNDS[1]), 3)) == premultiplied(image)
    assert same[27:30, 20:23].all()


def test_a_tip_is_unmixed_though_a_notch_inside_looks_alike() -> None:
    bar = Shape("bar", 0.75, 0.39, 0.13, 0.4538, RED, 255, 0)
    ground = on_ground(scene([Shape("disc", 0.65, 0.56, 0.15, 0, RED, 255, 0), bar], 40), GROUNDS[1])
    assert abs(alpha(run("remove-bg", ground, 3))[12, 25] - 52.0) <= 2


@pytest.mark.parametrize("kind", ["noise", "JPEG"])
@pytest.mark.parametrize("look", ["flat", "duotone"])
def test_the_highest_strength_takes_a_ground_that_is_not_flat(kind: str, look: str) -> None:
    image = drawing(look, 256, "house")
    ground = on_ground(image, (240, 236, 230)).convert("RGB")
    if kind == "JPEG":
        file = BytesIO()
        ground.save(file, "JPEG", quality=75)
        ground = Image.open(file)
    else:
        noise = np.random.default_rng(3).integers(-25, 26, (256, 256, 3))
        ground = Image.fromarray(np.clip(np.asarray(ground) + noise, 0, 255).astype(np.uint8))
    result = alpha(run("remove-bg", ground.convert("RGBA"), 10))
    outside = alpha(image) == 0
    # JPEG lets colour bleed over an edge; what is left of that is faint.
    assert (result[outside] > 24).mean() <= 0.005
    assert result[outside].max() <= 64
    assert result[alpha(image) == 255].mean() >= 254


@given(NOISE)
@few
def test_no_strength_changes_nothing(pixels: np.ndarray) -> None:
    before, step = picture_of(Image.fromarray(pixels)), STEPS["remove-bg"]
    assert step.run(before, step.bind(0)) is before


@given(NOISE, st.sampled_from((1, 4, 10)))
@few
def test_hidden_colour_does_not_matter(pixels: np.ndarray, strength: float) -> None:
    pixels[..., 3] = np.where(pixels[..., 3] < 60, 0, 255)
    other = pixels.copy()
    other[other[..., 3] == 0, :3] = (9, 250, 77)
    one, two = (run("remove-bg", Image.fromarray(each), strength) for each in (pixels, other))
    assert (premultiplied(one) == premultiplied(two)).all()


def test_one_colour_gives_the_same_with_its_colour_or_without() -> None:
    pixels = np.full((32, 32, 4), 255, np.uint8)
    pixels[..., 3] = np.maximum(200, np.rint(disc_coverage(9, 32) * 255))
    image, step = Image.fromarray(pixels), STEPS["remove-bg"]
    assert picture_of(image).color
    one, two = (step.run(each, step.bind(3)).rgba() for each in (Picture(image), picture_of(image)))
    assert (premultiplied(one) == premultiplied(two)).all()


@given(SHAPES, st.sampled_from((64, 128)))
@few
def test_mirrored_pictures_come_out_mirrored(shape: Shape, size: int) -> None:
    image = on_ground(scene([shape._replace(shadow=0)], size), (250, 246, 220))
    result = premultiplied(run("remove-bg", image, 3))
    for turn in (Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.FLIP_TOP_BOTTOM, Image.Transpose.TRANSPOSE):
        back = premultiplied(run("remove-bg", image.transpose(turn), 3).transpose(turn))
        assert np.count_nonzero((back != result).any(axis=2)) <= 0.001 * size * size


@given(NOISE, st.sampled_from((1, 4, 10)))
@few
def test_alpha_never_grows(pixels: np.ndarray, strength: float) -> None:
    image = Image.fromarray(pixels)
    assert (alpha(run("remove-bg", image, strength)) <= alpha(image)).all()


@pytest.mark.parametrize("strength", [0, 5, 10])
def test_a_transparent_border_has_no_background(strength: float) -> None:
    image = two_colors(128)
    assert run("remove-bg", image, strength).tobytes() == image.tobytes()


def test_a_picture_that_is_all_background_becomes_empty() -> None:
    assert alpha(run("remove-bg", Image.new("RGBA", (32, 32), "white"), 3)).max() == 0
