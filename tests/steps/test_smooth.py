"""Smoothing takes away variation and moves nothing; each algorithm keeps what it says it keeps."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from iconbuild.steps import smoothing
from tests.steps.scenes import LOOKS, SCENES, Shape, cut_hard, drawing, scene
from tests.steps.shapes import (
    BLUE,
    RED,
    alpha,
    disc,
    disc_coverage,
    edge_width,
    jagged,
    picture,
    radius_of,
    ring,
    run,
    two_colors,
    variation,
)

ALGORITHMS = ["selective", "gaussian", "morphological", "supersample", "contour"]
OUTLINES = ["morphological", "supersample", "contour"]
STRENGTHS = [1, 2, 4, 7, 10]
ANY = st.floats(0.1, 10)


def smooth(image: Image.Image, strength: float, algorithm: str = "selective") -> Image.Image:
    return run("smooth", image, {"strength": strength, "algorithm": algorithm})


def rough(radius: float = 60, size: int = 256) -> Image.Image:
    """A disc whose edge is cut by noise."""
    noise = np.random.default_rng(5).normal(0, 1.5, (size, size))
    y, x = np.mgrid[:size, :size] - size / 2
    return picture((np.hypot(x, y) + noise < radius).astype(float))


def bits(size: int = 128) -> Image.Image:
    return picture((np.random.default_rng(2).random((size, size)) < 0.5).astype(float))


def shadowed(size: int = 256) -> Image.Image:
    """A disc over a soft shadow."""
    return scene([Shape("disc", 0.5, 0.45, 0.3, 0, BLUE, 255, 0.05)], size)


def growth(image: Image.Image, algorithm: str, strengths: list[float]) -> float:
    """How much variation grows over the picture's or, by more than 0.4 % of rounding, over that of less strength."""
    found = [max(1, variation(image)), *(max(1, variation(smooth(image, s, algorithm))) for s in strengths)]
    return max(max(found) / found[0] - 1, *(more / less - 1.004 for less, more in pairwise(found)))


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("make", [disc, jagged, rough, bits, ring, shadowed, two_colors])
def test_variation_never_grows(algorithm: str, make: object) -> None:
    image = jagged(40.4, 128) if make is jagged else disc(40.4, 128) if make is disc else make()  # type: ignore[operator]
    assert growth(image, algorithm, [0.3, 0.6, 1, 2, 3, 4.5, 6, 8, 10]) <= 0.0005


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@given(SCENES, st.sampled_from([16, 64]), st.lists(ANY, min_size=2, max_size=2).map(sorted), st.booleans())
@settings(max_examples=15, deadline=None)
def test_variation_never_grows_over_layers(
    algorithm: str, shapes: list[Shape], size: int, strengths: list[float], hard: bool
) -> None:
    image = cut_hard(scene(shapes, size)) if hard else scene(shapes, size)
    assert growth(image, algorithm, strengths) <= 0.0005


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("size", [16, 64, 512])
def test_variation_never_grows_over_icons(algorithm: str, size: int) -> None:
    for look in LOOKS if size < 512 else ("line", "duotone", "clay-3d", "jagged"):
        assert growth(drawing(look, size), algorithm, [1, 4, 10]) <= 0.0005, look


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@given(st.sampled_from([16, 64, 64, 512]), st.floats(0.16, 0.45), ANY)
@settings(max_examples=12, deadline=None)
def test_a_disc_keeps_its_radius(algorithm: str, size: int, part: float, strength: float) -> None:
    image = disc(part * size, size)
    assert radius_of(smooth(image, strength, algorithm)) == pytest.approx(radius_of(image), abs=0.05)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_the_strongest_keeps_the_radius_of_small_and_large_discs(algorithm: str) -> None:
    for image in (disc(41.2), disc(120.4), disc(300.3, 1024)):
        assert radius_of(smooth(image, 10, algorithm)) == pytest.approx(radius_of(image), abs=0.05)


@given(st.sampled_from([16, 64, 64, 512]), st.floats(0.1, 0.45), ANY, st.booleans())
@settings(max_examples=30, deadline=None)
def test_contour_keeps_edges_crisp(size: int, part: float, strength: float, hard: bool) -> None:
    radius = part * size
    image = jagged(radius, size) if hard else disc(radius, size)
    assert edge_width(smooth(image, strength, "contour"), radius) <= 1.2


@pytest.mark.parametrize("strength", STRENGTHS)
def test_contour_keeps_straight_edges_crisp(strength: float) -> None:
    image = picture(np.repeat((np.arange(256)[None, :] >= 100).astype(float), 256, axis=0))
    row = alpha(smooth(image, strength, "contour"))[128] / 255
    assert 1 / np.abs(np.diff(row)).max() <= 1.2


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize(("size", "radius"), [(64, 20.3), (512, 120.4), (1024, 300.7)])
def test_a_jagged_disc_comes_closer_to_the_true_one(algorithm: str, size: int, radius: float) -> None:
    truth, image = disc_coverage(radius, size) * 255, jagged(radius, size)
    strength = (4 if algorithm in OUTLINES else 1.5) * 512 / size
    after = alpha(smooth(image, min(10, strength), algorithm))
    assert ((after - truth) ** 2).mean() < 0.85 * ((alpha(image) - truth) ** 2).mean()


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@given(st.integers(8, 247), st.floats(0.1, 10))
@settings(max_examples=10, deadline=None)
def test_a_layer_of_tone_keeps_its_alpha(algorithm: str, tone: int, strength: float) -> None:
    inside = alpha(smooth(ring(128, tone), strength, algorithm))[40:88, 40:88]
    assert np.abs(inside - tone).max() <= 2


@pytest.mark.parametrize("algorithm", OUTLINES)
@pytest.mark.parametrize("strength", [1, 3, 10])
def test_soft_shadows_stay(algorithm: str, strength: float) -> None:
    image = shadowed(512)
    before, after = alpha(image), alpha(smooth(image, strength, algorithm))
    soft = (before > 4) & (before < 200)
    change = np.abs(after - before)[soft]
    assert change.mean() <= 2.5
    assert np.percentile(change, 95) <= 16


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_one_colour_stays_exact(algorithm: str) -> None:
    for strength in (-5, 5):
        pixels = np.asarray(smooth(rough(), strength, algorithm))
        assert (pixels[pixels[..., 3] > 0][:, :3] == BLUE).all()


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_two_colours_do_not_run_into_each_other(algorithm: str) -> None:
    pixels = np.asarray(smooth(two_colors(), 8, algorithm))
    for half, color in ((pixels[:, :100], RED), (pixels[:, 156:], BLUE)):
        solid = half[half[..., 3] >= 128][:, :3].astype(int)
        assert np.abs(solid - color).max() <= 4


@given(st.sampled_from(OUTLINES), ANY)
@settings(max_examples=12, deadline=None)
def test_what_is_empty_is_left_out_exactly(algorithm: str, strength: float) -> None:
    plane = Image.new("L", (256, 200))
    plane.paste(drawing("line", 64).getchannel("A"), (150, 21))
    whole = getattr(smoothing, algorithm)(plane, strength / 2)
    image = Image.new("RGBA", plane.size, BLUE)
    image.putalpha(plane)
    assert smooth(image, strength, algorithm).getchannel("A").tobytes() == whole.tobytes()


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("look", LOOKS)
def test_small_icons_are_hardly_changed(algorithm: str, look: str) -> None:
    """At 16 px one step is 1/32 px: what was right stays right."""
    image = drawing(look, 16)
    assert np.abs(alpha(smooth(image, 3, algorithm)) - alpha(image)).max() <= 32


def test_selective_leaves_areas_alone() -> None:
    pixels = np.asarray(two_colors(256)).copy()
    pixels[120:136, 100:156, :3] = np.random.default_rng(1).integers(0, 256, (16, 56, 3))
    result = np.asarray(smooth(Image.fromarray(pixels), 5))
    assert (result[120:136, 100:156] == pixels[120:136, 100:156]).all()


def test_selective_keeps_the_colours_of_layers() -> None:
    pixels = np.asarray(ring(256)).copy()
    pixels[:, :128, :3] = RED
    result = np.asarray(smooth(Image.fromarray(pixels), 5))
    assert (result[90:166, 90:166] == pixels[90:166, 90:166]).all()


def test_morphological_takes_specks_and_pinholes() -> None:
    image = np.asarray(disc(60, 256)).copy()
    image[128, 128, 3] = 0
    image[10:12, 10:12, 3] = 255
    result = alpha(smooth(Image.fromarray(image), 8, "morphological"))
    assert result[128, 128] == 255
    assert result[10, 10] == 0


def test_sharpening_makes_soft_edges_steeper_and_rings_nowhere() -> None:
    soft = smooth(disc(60, 256), 8, "gaussian")
    pictures = [soft, *(smooth(soft, strength) for strength in (-2, -5, -10))]
    slopes = [int(np.abs(np.diff(alpha(image)[128])).max()) for image in pictures]
    assert slopes == sorted(set(slopes))
    assert slopes[-1] > 1.5 * slopes[0]
    assert all(variation(image) <= variation(soft) * 1.001 for image in pictures)


@given(SCENES, st.sampled_from([16, 64]), st.floats(-10, -0.1))
@settings(max_examples=25, deadline=None)
def test_sharpening_stays_between_neighbours(shapes: list[Shape], size: int, strength: float) -> None:
    before = np.pad(alpha(scene(shapes, size)), 1, mode="edge")
    after = alpha(smooth(scene(shapes, size), strength))
    near = np.lib.stride_tricks.sliding_window_view(before, (3, 3))
    assert (after >= near.min((2, 3))).all()
    assert (after <= near.max((2, 3))).all()


def test_sharpening_an_opaque_picture_sharpens_its_colours() -> None:
    image = Image.merge("RGB", [Image.linear_gradient("L").point(lambda level: 255 if level > 99 else 40)] * 3)
    soft = image.resize((64, 64)).resize((256, 256), Image.Resampling.BILINEAR).convert("RGBA")
    before, after = np.asarray(soft).astype(int), np.asarray(smooth(soft, -8)).astype(int)
    assert np.abs(np.diff(after[:, 128, 0])).max() > 1.3 * np.abs(np.diff(before[:, 128, 0])).max()
    assert after[..., :3].min() >= before[..., :3].min()
    assert after[..., 3].min() == 255


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_without_an_edge_nothing_is_done(algorithm: str) -> None:
    for image in (Image.new("RGBA", (16, 16)), Image.new("RGBA", (1, 1), RED), Image.new("RGBA", (16, 9), RED)):
        for strength in (0, 3, 10):
            assert smooth(image, strength, algorithm).tobytes() == image.tobytes()
