from itertools import pairwise
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iconbuild.providers.local.artwork import Artwork, Shape
from iconbuild.providers.local.keyline import STROKE, convex_hull, fit_fills, fit_strokes
from iconbuild.providers.local.pack import PhosphorPack
from tests.providers.local.support import bounds

PACK = PhosphorPack()


def test_every_icon_keeps_its_distance_from_the_canvas() -> None:
    for entry in PACK.entries():
        artwork = PACK.artwork(entry.name)
        for fit, shapes, margin in (
            (fit_strokes(artwork), artwork.strokes, STROKE / 2),
            (fit_fills(artwork), artwork.fills, 0.0),
        ):
            if not shapes:
                continue
            box = bounds(shapes)
            box = box.grown(margin)
            sides = (
                box.left * fit.scale + fit.dx,
                box.top * fit.scale + fit.dy,
                256 - box.right * fit.scale - fit.dx,
                256 - box.bottom * fit.scale - fit.dy,
            )
            assert min(sides) > 6.8, entry.name  # the solid cherries, which stay where they were drawn; then 7.9
            assert 0.85 <= fit.scale <= 1.1, entry.name


def test_balanced_artwork_stays_on_its_pixel_lattice() -> None:
    for name in ("credit-card", "gear", "house", "heart", "chart-bar"):
        fit = fit_strokes(PACK.artwork(name))
        assert fit.scale == 1, name
        assert fit.dx % 8 == fit.dy % 8 == 0, name


def test_wide_artwork_is_made_smaller_and_centred() -> None:
    wide = Artwork(strokes=(Shape("rect", (("x", "8"), ("y", "150"), ("width", "240"), ("height", "40"))),))
    fit = fit_strokes(wide)
    assert fit.scale == pytest.approx(228 / 256, abs=0.001)
    assert (128 * fit.scale + fit.dx, 170 * fit.scale + fit.dy) == pytest.approx((128, 128), abs=0.1)


def test_a_triangle_is_centred_between_its_box_and_its_mass() -> None:
    play = Artwork(strokes=(Shape("polygon", (("points", "80 40 80 216 232 128"),)),))
    fit = fit_strokes(play)
    middle_of_box = 156 * fit.scale + fit.dx
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
