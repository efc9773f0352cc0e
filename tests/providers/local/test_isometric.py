import numpy as np
import pytest
from PIL import Image, ImageFilter

from iconbuild.providers.local.looks.isometric import colors
from iconbuild.providers.local.packs.artwork import Artwork
from iconbuild.providers.local.palette import to_oklch
from iconbuild.providers.local.profile import Tone
from iconbuild.providers.local.studio import draw
from iconbuild.providers.local.tuning import asked
from iconbuild.providers.local.vectors.arrange import Item
from iconbuild.providers.local.vectors.geometry import Line
from iconbuild.providers.local.vectors.solid import body
from tests.providers.local.drawing import EVERYDAY, PACK, box, document, optical_side, pixels

SQUARE = Line([(0.0, 0.0), (90.0, 0.0), (90.0, 90.0), (0.0, 90.0)], closed=True)
HOLE = Line([(30.0, 30.0), (30.0, 60.0), (60.0, 60.0), (60.0, 30.0)], closed=True)


@pytest.mark.parametrize("color", [None, "#0f766e", "#f59e0b", "#111827"])
def test_light_falls_from_above(color: str | None) -> None:
    front, _, up, right, *_ = (to_oklch(color)[0] for color in colors(Tone(color)))
    assert up > front + 0.05
    assert right < front - 0.05


def test_no_slits_between_front_and_walls() -> None:
    """Inside a body everything is opaque, but for single pixels where three surfaces meet."""
    for name in EVERYDAY:
        alpha = pixels(document("isometric", name, flags=("detail-low",)), 300)[..., 3]
        solid = Image.fromarray(np.where(alpha > 20, 255, 0).astype(np.uint8)).filter(ImageFilter.MinFilter(5))
        inside = alpha[np.asarray(solid) == 255]
        assert (inside < 235).sum() < 0.0015 * len(inside), name


def test_bodies_are_equally_large_and_centred() -> None:
    drawn = {name: pixels(document("isometric", name, flags=("detail-low",)))[..., 3] for name in EVERYDAY}
    sides = {name: optical_side(alpha) for name, alpha in drawn.items()}
    median = sorted(sides.values())[len(sides) // 2]
    for name, alpha in drawn.items():
        assert sides[name] == pytest.approx(median, rel=0.09), name
        left, top, right, bottom = box(alpha)
        assert (left + right, top + bottom) == pytest.approx((256, 256), abs=2), name
        assert min(left, top) > 10, name


def test_drawings_are_small() -> None:
    assert max(len(document("isometric", name)) for name in EVERYDAY) < 10_000


def test_a_square_has_two_seen_walls_and_a_hollow_two_more() -> None:
    plain, hollow = body([SQUARE]), body([SQUARE, HOLE])
    (wall,) = plain.walls
    assert list(dict.fromkeys(wall.normals)) == [(0.0, -1.0), (1.0, 0.0)]
    assert len(wall.points) == len(wall.normals) + 1
    assert hollow.hollows == [HOLE.points]
    (inner,) = (wall for wall in hollow.walls if wall.inner)
    assert set(inner.normals) == {(0.0, -1.0), (1.0, 0.0)}
    assert {*inner.points} >= {(30.0, 30.0), (30.0, 60.0), (60.0, 60.0)}


def test_direction_does_not_matter_and_inner_lines_bound_nothing() -> None:
    backwards = Line(SQUARE.points[::-1], closed=True)
    assert {normal for wall in body([backwards]).walls for normal in wall.normals} == {(0.0, -1.0), (1.0, 0.0)}
    within = Line(HOLE.points[::-1], closed=True)
    assert body([SQUARE, within]).hollows == []
    assert len(body([SQUARE, within]).walls) == 1


def test_nearer_walls_are_painted_later() -> None:
    right = Line([(x + 110, y) for x, y in SQUARE.points], closed=True)
    walls = body([right, SQUARE]).walls
    assert [min(x for x, _ in wall.points) for wall in walls] == [0.0, 110.0]


def test_flags_are_seen() -> None:
    drawn = {
        document("isometric", "gift", flags=flags) for flags in [(), ("color",), ("detail-low",), ("detail-high",)]
    }
    assert len(drawn) == 4


def test_two_bodies_stand_one_before_the_other_in_two_colours() -> None:
    drawn = pixels(document("isometric", "house", "heart", color="#4f46e5"))
    solid = drawn[drawn[..., 3] == 255][:, :3].astype(int)
    assert ((solid[:, 2] - solid[:, 0]) > 60).sum() > 2000
    assert ((solid[:, 0] - solid[:, 2]) > 60).sum() > 2000


def test_artwork_of_strokes_only_becomes_a_body_too() -> None:
    strokes = Artwork(strokes=PACK.artwork("gear").strokes)
    drawn = pixels(draw([Item("gear", strokes)], asked("isometric", None, ())))
    left, top, right, bottom = box(drawn[..., 3])
    assert right - left > 100
    assert bottom - top > 150
    assert not pixels(draw([Item("nothing", Artwork())], asked("isometric", None, ())))[..., 3].any()
