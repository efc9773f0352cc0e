"""Line and outline: second inks, square ends, badges."""

import numpy as np
import pytest

from iconbuild.providers.local.packs.artwork import Artwork, Shape
from iconbuild.providers.local.studio import draw
from iconbuild.providers.local.tuning import asked
from iconbuild.providers.local.vectors.arrange import Item
from iconbuild.providers.local.vectors.details import inked
from iconbuild.providers.local.vectors.ends import ending_square
from tests.providers.local.drawing import EVERYDAY, PACK, document, item, pixels

INK = "#1d4ed8"


def segment(x1: float, y1: float, x2: float, y2: float) -> Shape:
    return Shape("line", tuple(zip(("x1", "y1", "x2", "y2"), map(str, (x1, y1, x2, y2)), strict=True)))


def amount(svg: str, color: str) -> int:
    drawn = pixels(svg)
    wanted = [int(color[i : i + 2], 16) for i in (1, 3, 5)]
    return int((np.all(drawn[..., :3] == wanted, axis=2) & (drawn[..., 3] == 255)).sum())


@pytest.mark.parametrize("look", ["line", "outline"])
def test_the_flag_color_adds_a_second_ink_to_every_icon(look: str) -> None:
    first, second = asked(look, INK, ("color",)).colors
    for name in EVERYDAY:
        svg = document(look, name, color=INK, flags=("color",))
        assert amount(svg, first) > 400, name
        assert amount(svg, second) > 60, name
    assert len(asked(look, INK, ()).colors) == 1


def test_the_second_ink_of_a_line_drawing_is_the_lesser_one() -> None:
    first, second = asked("line", INK, ("color",)).colors
    for name in EVERYDAY:
        svg = document("line", name, color=INK, flags=("color",))
        assert amount(svg, second) < 1.3 * amount(svg, first), name


def test_equal_strokes_have_the_same_ink() -> None:
    wheels = inked(PACK.artwork("shopping-cart")).detail
    assert len({shape.number("cy") for shape in wheels.strokes if shape.tag == "circle"}) <= 1
    whole, *short = (segment(0, 0, 0, 200), segment(20, 0, 20, 60), segment(40, 0, 40, 60))
    assert inked(Artwork(strokes=(whole, *short))).detail.strokes == tuple(short)


def test_a_lone_stroke_is_cut() -> None:
    main, detail, cut = inked(Artwork(strokes=(segment(0, 0, 0, 200),)))
    assert main.strokes
    assert not detail.strokes
    assert cut is not None
    assert 0 < cut.start < cut.start + cut.length < cut.whole == 200
    assert inked(Artwork()).cut is None


def test_a_lone_stroke_is_cut_at_its_corners() -> None:
    square = Artwork(strokes=(Shape("path", (("d", "M40 40H200V200H40Z"),)),))
    cut = inked(square).cut
    assert cut is not None
    assert cut.start % 160 == pytest.approx(0, abs=1)
    assert cut.length % 160 == pytest.approx(0, abs=1)
    halves = inked(PACK.artwork("heart")).cut
    assert halves is not None
    assert halves.length / halves.whole == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("data", ["M40 40L44 44Z", "M40 40L41 40L41 41Z"])
def test_the_smallest_of_strokes_can_be_cut(data: str) -> None:
    assert inked(Artwork(strokes=(Shape("path", (("d", data),)),))).cut is not None


def test_square_ends_reach_as_far_as_round_ones() -> None:
    bar = Item("bar", Artwork(strokes=(segment(60, 128, 196, 128),)))
    profile = asked("line", None, ())
    round_, square = (pixels(draw([bar], profile._replace(caps=caps)), 512)[..., 3] for caps in ("round", "square"))
    assert np.array_equal(np.nonzero(round_.any(axis=0))[0][[0, -1]], np.nonzero(square.any(axis=0))[0][[0, -1]])
    assert square.astype(int).sum() > round_.astype(int).sum()


def test_a_stroke_that_ends_aslant_on_another_one_ends_round() -> None:
    wall, across, aslant = segment(100, 20, 100, 230), segment(20, 100, 100, 100), segment(20, 200, 100, 150)
    assert ending_square([wall, across, aslant]) == [True, True, False]
    assert ending_square([aslant]) == [True]


def test_a_badge_of_the_outline_look_is_hollow_as_a_whole() -> None:
    drawn = pixels(document("outline", "square", "circle"), 512)[..., 3]
    rows, columns = np.nonzero(drawn[:, 400:] > 100)
    middle = (int(rows.min() + rows.max()) // 2, 400 + int(columns.max()) - 60)
    assert drawn[middle] == 0


def test_of_two_things_the_second_has_the_second_ink() -> None:
    first, second = asked("line", INK, ("color",)).colors
    svg = draw([item("house"), item("heart")], asked("line", INK, ("color",)))
    drawn = pixels(svg)
    corner = drawn[170:, 170:]
    solid = {tuple(int(value) for value in pixel[:3]) for pixel in corner[corner[..., 3] == 255]}
    assert tuple(int(second[i : i + 2], 16) for i in (1, 3, 5)) in solid
    assert amount(svg, first) > amount(svg, second)


@pytest.mark.parametrize("look", ["line", "outline"])
def test_artwork_without_strokes_is_drawn_from_its_solid_shapes(look: str) -> None:
    fills = Artwork(fills=PACK.artwork("heart").fills)
    assert pixels(draw([Item("heart", fills)], asked(look, None, ())))[..., 3].any()


def test_a_filling_covers_the_hollow_where_a_mask_would_take_it_away() -> None:
    plain, filled = document("outline", "square"), document("outline", "square", flags=("color",))
    assert "<mask" in plain
    assert "<mask" not in filled
    hollow, covered = pixels(plain, 512)[..., 3].astype(int), pixels(filled, 512)[..., 3].astype(int)
    assert (covered >= hollow - 1).all()
    assert ((covered == 255) & (hollow == 0)).sum() > 1000
