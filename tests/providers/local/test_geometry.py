import pytest

from iconbuild.pictures.svg import rasterize
from iconbuild.providers.local.packs.artwork import Shape
from iconbuild.providers.local.packs.phosphor import PhosphorPack
from iconbuild.providers.local.vectors.geometry import Box, polylines
from iconbuild.providers.local.vectors.markup import document, element, shapes
from tests.providers.local.support import bounds


def box_of(data: str) -> tuple[float, float, float, float]:
    box = bounds([Shape("path", (("d", data),))])
    return box.left, box.top, box.right, box.bottom


@pytest.mark.parametrize(
    ("data", "box"),
    [
        ("M10 20h30v40H10Z", (10, 20, 40, 60)),
        ("m10,20l5-5,5,5", (10, 15, 20, 20)),
        ("M0 0C0 40 40 40 40 0", (0, 0, 40, 30)),
        ("M0 0Q20 40 40 0T80 0", (0, -20, 80, 20)),
        ("M0 0c0 40 40 40 40 0s40-40 40 0", (0, -30, 80, 30)),
        ("M0 50A50 50 0 0 1 100 50", (0, 0, 100, 50)),
        ("M0 50A50 50 0 0 0 100 50", (0, 50, 100, 100)),
        ("M0,50a50,50,0,01100,0", (0, 0, 100, 50)),  # flags written without spaces
        ("M0 0A1 1 0 0 1 40 0", (0, -20, 40, 0)),  # radii too small are grown
        ("M5 5A0 0 0 0 1 9 9", (5, 5, 9, 9)),
        ("M1e1-.5.5.5", (0.5, -0.5, 10, 0.5)),
    ],
)
def test_a_path_s_box(data: str, box: tuple[float, ...]) -> None:
    assert box_of(data) == pytest.approx(box, abs=0.6)


def test_transforms_are_applied_right_to_left() -> None:
    box = bounds([Shape("rect", (("width", "20"), ("height", "10"), ("transform", "translate(100) rotate(90)")))])
    assert (box.left, box.top, box.right, box.bottom) == pytest.approx((90, 0, 100, 20))


def test_boxes_agree_with_a_renderer() -> None:
    pack = PhosphorPack()
    for entry in pack.entries()[::60]:
        fills = pack.artwork(entry.name).fills
        drawn = rasterize(document(element("g", {"fill": "#000"}, shapes(fills))).encode(), 256).getchannel("A")
        seen, box = drawn.getbbox(), bounds(fills)
        assert seen is not None
        assert (box.left, box.top, box.right, box.bottom) == pytest.approx(seen, abs=1.5), entry.name


def test_boxes_grow() -> None:
    assert Box(0, 0, 2, 3).grown(1) == Box(-1, -1, 3, 4)


def test_every_subpath_is_a_line_of_its_own() -> None:
    lines = polylines(Shape("path", (("d", "M0 0H10V10ZM20 20h5m10 0v5l5 5z"),)))
    assert [(line.points, line.closed) for line in lines] == [
        ([(0, 0), (10, 0), (10, 10)], True),
        ([(20, 20), (25, 20)], False),
        ([(35, 20), (35, 25), (40, 30)], True),
    ]


def test_what_follows_a_closed_subpath_begins_where_it_began() -> None:
    first, second = polylines(Shape("path", (("d", "M5 5h10v10zl0 20"),)))
    assert first.closed
    assert second.points == [(5, 5), (5, 25)]


def test_corners_of_a_rectangle_are_round() -> None:
    (line,) = polylines(Shape("rect", (("width", "40"), ("height", "20"), ("rx", "8"))))
    assert line.closed
    assert all(min(x, 40 - x) + min(y, 20 - y) > 4 for x, y in line.points)
