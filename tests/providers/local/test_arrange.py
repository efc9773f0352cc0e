import pytest

from iconbuild.providers.local.packs.artwork import Artwork, Shape
from iconbuild.providers.local.vectors.arrange import Item, Thing
from iconbuild.providers.local.vectors.extent import STROKE
from iconbuild.providers.local.vectors.geometry import Box
from tests.providers.local.drawing import item, things
from tests.providers.local.support import bounds

PAIRS = [("airplane", "suitcase"), ("laptop", "device-mobile"), ("house", "plant"), ("fork-knife", "bowl-food")]
SQUARE = Artwork(picture=('<rect fill="#0a0" x="32" y="32" width="192" height="192"/>',))


def painted(thing: Thing, margin: float = 0.0) -> Box:
    box = bounds(thing.artwork.strokes if margin else thing.artwork.fills)
    scale, dx, dy = thing.fit
    placed = Box(box.left * scale + dx, box.top * scale + dy, box.right * scale + dx, box.bottom * scale + dy)
    return placed.grown(margin)


@pytest.mark.parametrize("names", PAIRS)
def test_of_a_pair_the_second_stands_to_the_right_and_nearer(names: tuple[str, str]) -> None:
    first, second = (painted(thing) for thing in things("gradient", *map(item, names)))
    assert second.bottom - first.bottom == pytest.approx(0.16 * min(first.height, second.height), abs=0.6)
    assert first.left < second.left < first.right < second.right
    assert first.left + second.right == pytest.approx(256, abs=1.5)
    assert min(first.top, second.top) + second.bottom == pytest.approx(256, abs=1.5)
    assert first.left > 10
    assert min(first.top, second.top) > 10


def test_sizes_beside_each_other_are_natural_but_readable() -> None:
    airplane, suitcase = (painted(thing) for thing in things("flat", item("airplane", 40.0), item("suitcase", 0.7)))
    assert 0.45 < suitcase.height / airplane.height < 0.7
    laptop, phone = (painted(thing) for thing in things("flat", item("laptop", 0.35), item("device-mobile", 0.15)))
    assert phone.height * phone.width < laptop.height * laptop.width


@pytest.mark.parametrize("names", PAIRS)
def test_a_badge_sits_at_the_lower_right_and_leaves_the_first_large(names: tuple[str, str]) -> None:
    (alone,) = things("line", item(names[0]))
    first, badge = things("line", *map(item, names))
    assert first.fit.scale >= 0.85 * alone.fit.scale
    (second_alone,) = things("line", item(names[1]))
    assert badge.fit.scale == pytest.approx(0.5 * second_alone.fit.scale, rel=0.02)
    one, other = painted(first, STROKE / 2), painted(badge, STROKE / 2)
    assert other.right >= one.right - 4
    assert other.bottom >= one.bottom - 4
    for box in (one, other):
        assert min(box.left, box.top) > 6
        assert max(box.right, box.bottom) < 250


def test_colours_of_its_own_lie_on_the_same_keyline() -> None:
    side = Shape("rect", (("x", "32"), ("y", "32"), ("width", "192"), ("height", "192")))
    (picture,) = things("flat", Item("one", SQUARE))
    (solid,) = things("gradient", Item("two", Artwork(fills=(side,))))
    assert picture.fit.scale == pytest.approx(solid.fit.scale, rel=0.02)
    assert picture.fit.scale * 128 + picture.fit.dx == pytest.approx(128, abs=1.5)


def test_artwork_without_anything_to_draw_has_a_place() -> None:
    nothing = Item("nothing", Artwork())
    assert things("line", nothing)[0].fit.scale == 1
    assert things("line", item("heart"), nothing)[0].name == "heart"
