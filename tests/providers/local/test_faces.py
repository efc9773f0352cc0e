"""The faces of boxes are told from what is open on purpose."""

import pytest

from iconbuild.providers.local.packs.artwork import Artwork, Shape
from iconbuild.providers.local.packs.phosphor import PhosphorPack
from iconbuild.providers.local.vectors.areas import areas_of
from iconbuild.providers.local.vectors.faces import faces

PACK = PhosphorPack()
BRICK = (
    Shape("path", (("d", "M20 120L80 150L80 220L20 190Z"),)),
    Shape("path", (("d", "M80 150L80 220L230 140L230 70Z"),)),
)


@pytest.mark.parametrize(("name", "count"), [("lego", 2), ("cube", 2), ("heart-half", 1), ("map-trifold", 2)])
def test_faces_lie_around_the_corners_of_boxes(name: str, count: int) -> None:
    assert len(faces(PACK.artwork(name))) == count


@pytest.mark.parametrize("name", ["lock", "trophy", "coffee", "suitcase", "gift", "house", "bicycle", "key", "handbag"])
def test_handles_and_loops_are_no_faces(name: str) -> None:
    assert faces(PACK.artwork(name)) == []


def test_a_brick_is_closed_all_over() -> None:
    found = areas_of(PACK.artwork("lego"))
    assert {*faces(PACK.artwork("lego"))} <= {*found.windows}


def test_artwork_without_strokes_has_no_faces() -> None:
    assert faces(Artwork(fills=BRICK)) == []
