from itertools import pairwise
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iconbuild.providers.local.packs.artwork import Artwork, Shape
from iconbuild.providers.local.packs.phosphor import PhosphorPack
from iconbuild.providers.local.vectors.extent import STROKE, extent
from iconbuild.providers.local.vectors.keyline import Fit, convex_hull, fit
from tests.providers.local.drawing import EVERYDAY, box, document, optical_side, pixels
from tests.providers.local.support import bounds

PACK = PhosphorPack()


def fit_strokes(artwork: Artwork) -> Fit:
    return fit(extent(artwork, "strokes"))


def fit_fills(artwork: Artwork) -> Fit:
    return fit(extent(artwork, "fills"))


def test_every_icon_keeps_its_distance_from_the_canvas() -> None:
    for entry in PACK.entries():
        artwork = PACK.artwork(entry.name)
        for place, shapes, margin in (
            (fit_strokes(artwork), artwork.strokes, STROKE / 2),
            (fit_fills(artwork), artwork.fills, 0.0),
        ):
            if not shapes:
                continue
            box = bounds(shapes)
            box = box.grown(margin)
            sides = (
                box.left * place.scale + place.dx,
                box.top * place.scale + place.dy,
                256 - box.right * place.scale - place.dx,
                256 - box.bottom * place.scale - place.dy,
            )
            assert min(sides) > 6.8, entry.name  # the solid cherries, which stay where they were drawn; then 7.9
            assert 0.85 <= place.scale <= 1.1, entry.name


def test_balanced_artwork_stays_on_its_pixel_lattice() -> None:
    for name in ("credit-card", "gear", "house", "heart", "folder"):
        place = fit_strokes(PACK.artwork(name))
        assert place.scale == 1, name
        assert place.dx % 8 == place.dy % 8 == 0, name


def test_wide_artwork_is_made_smaller_and_centred() -> None:
    wide = Artwork(strokes=(Shape("rect", (("x", "8"), ("y", "150"), ("width", "240"), ("height", "40"))),))
    place = fit_strokes(wide)
    assert place.scale == pytest.approx(240 / 256, rel=0.017)
    assert (128 * place.scale + place.dx, 170 * place.scale + place.dy) == pytest.approx((128, 128), abs=5.1)


def test_a_triangle_is_centred_between_its_box_and_its_mass() -> None:
    play = Artwork(strokes=(Shape("polygon", (("points", "80 40 80 216 232 128"),)),))
    place = fit_strokes(play)
    middle_of_box = 156 * place.scale + place.dx
    assert 128 < middle_of_box < 156


def test_nothing_has_a_place_too() -> None:
    assert fit_strokes(Artwork()).scale == 1


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=3))
def test_the_hull_holds_every_point(points: list[tuple[int, int]]) -> None:
    hull = convex_hull([(float(x), float(y)) for x, y in points])
    if len(hull) < 3:
        return
    for (a, b), (c, d) in pairwise([*hull, hull[0]]):
        for x, y in points:
            assert (c - a) * (y - b) - (d - b) * (x - a) >= -1e-6 * hypot(c - a, d - b)


@pytest.mark.parametrize("look", ["line", "glyph"])
def test_everyday_icons_look_equally_large(look: str) -> None:
    sides = sorted(optical_side(pixels(document(look, name))[..., 3]) for name in EVERYDAY)
    median = sides[len(sides) // 2]
    assert 0.68 < median < 0.75
    assert sides[0] > 0.92 * median
    assert sides[-1] < 1.08 * median


def test_symmetric_icons_stand_in_the_middle() -> None:
    for name in ("house", "heart", "bell", "star", "lock", "trophy", "crown"):
        left, _, right, _ = box(pixels(document("line", name))[..., 3])
        assert abs(left + right - 256) <= 2, name


def test_straight_edges_fall_between_pixels() -> None:
    """At 32 px the everyday icons made of straight lines have hardly a grey pixel."""
    for name in ("credit-card", "laptop", "folder", "trash", "chat"):
        alpha = pixels(document("line", name), 32)[..., 3] / 255
        assert (4 * alpha * (1 - alpha)).sum() < 0.12 * alpha.sum(), name
