from math import hypot
from random import Random

import numpy as np

from iconbuild.providers.local.packs.artwork import Artwork
from iconbuild.providers.local.studio import draw
from iconbuild.providers.local.tuning import asked
from iconbuild.providers.local.vectors.arrange import Item
from iconbuild.providers.local.vectors.geometry import Line
from iconbuild.providers.local.vectors.pen import hatching, sketched, smooth
from tests.providers.local.drawing import EVERYDAY, PACK, box, document, pixels

SQUARE = Line([(40.0, 40.0), (200.0, 40.0), (200.0, 200.0), (40.0, 200.0)], closed=True)


def test_the_hand_is_steady_over_time_but_not_over_icons() -> None:
    assert document("hand-drawn", "heart") == document("hand-drawn", "heart")
    heart = PACK.artwork("heart")
    one, other = (draw([Item(name, heart)], asked("hand-drawn", None, ())) for name in ("one", "other"))
    assert one != other


def test_the_pen_stays_near_the_line_and_on_the_canvas() -> None:
    for name in EVERYDAY:
        sketch, line = (pixels(document(look, name))[..., 3] > 100 for look in ("hand-drawn", "line"))
        left, top, right, bottom = box(sketch.astype(np.uint8) * 255)
        assert min(left, top) >= 3, name
        assert max(right, bottom) <= 253, name
        assert (sketch & line).sum() > 0.7 * line.sum(), name


def test_a_square_is_drawn_as_four_strokes_that_overshoot() -> None:
    strokes = sketched(SQUARE, Random(1))
    assert len(strokes) == 4
    for stroke in strokes:
        assert hypot(stroke[-1][0] - stroke[0][0], stroke[-1][1] - stroke[0][1]) > 160


def test_hatching_covers_areas_and_hardly_leaves_them() -> None:
    strokes = hatching([SQUARE], Random(1), 10.0)
    assert 15 < len(strokes) < 30
    points = [point for stroke in strokes for point in stroke]
    assert all(34 < value < 206 for point in points for value in point)
    hole = Line([(80.0, 80.0), (80.0, 160.0), (160.0, 160.0), (160.0, 80.0)], closed=True)
    middles = [stroke[1] for stroke in hatching([SQUARE, hole], Random(1), 10.0)]
    assert not [(x, y) for x, y in middles if 84 < x < 156 and 84 < y < 156]
    assert hatching([], Random(1), 10.0) == []


def test_strokes_are_written_short() -> None:
    assert smooth([(0, 0), (10, 0), (20.04, 10)]) == "M0 0L5 0q5 0 10 5L20 10"


def test_flags_are_seen() -> None:
    choices = [(), ("color",), ("detail-low",), ("detail-high",)]
    assert len({document("hand-drawn", "gift", flags=flags) for flags in choices}) == 4


def test_colours_are_the_asked_ones() -> None:
    drawn = pixels(document("hand-drawn", "heart", color="#0f766e"))
    solid = {tuple(int(value) for value in pixel[:3]) for pixel in drawn[drawn[..., 3] == 255]}
    assert (0x0F, 0x76, 0x6E) in solid


def test_artwork_without_strokes_gets_a_contour() -> None:
    fills = Artwork(fills=PACK.artwork("heart").fills)
    assert pixels(draw([Item("heart", fills)], asked("hand-drawn", None, ())))[..., 3].any()
