import numpy as np
import pytest
from numpy.typing import NDArray

from iconbuild.providers.local.packs.artwork import Artwork
from iconbuild.providers.local.studio import draw
from iconbuild.providers.local.tuning import asked
from iconbuild.providers.local.vectors.arrange import Item
from tests.providers.local.drawing import EVERYDAY, PACK, document, pixels

SYMMETRIC = ("heart", "star", "bell", "house", "trophy", "crown", "lock", "envelope", "car", "t-shirt", "headphones")
INK = (255, 0, 0)


def ink_of(name: str, *flags: str) -> NDArray[np.bool_]:
    drawn = pixels(document("pixel", name, color="#ff0000", flags=flags), 32)
    found: NDArray[np.bool_] = np.all(drawn[..., :3] == INK, axis=2) & (drawn[..., 3] == 255)
    return found


@pytest.mark.parametrize("flags", [(), ("detail-low",), ("detail-high", "color")])
def test_every_cell_is_a_whole_pixel_at_32_px_and_its_multiples(flags: tuple[str, ...]) -> None:
    for name in EVERYDAY:
        svg = document("pixel", name, flags=flags)
        small = pixels(svg, 32)
        assert set(np.unique(small[..., 3])) <= {0, 255}, name
        assert np.array_equal(small.repeat(3, axis=0).repeat(3, axis=1), pixels(svg, 96)), name


def test_contours_are_one_cell_wide() -> None:
    for name in ("heart", "star", "bell", "house", "cloud", "map-pin", "chat"):
        ink = ink_of(name)
        square = ink[1:, 1:] & ink[:-1, 1:] & ink[1:, :-1] & ink[:-1, :-1]
        assert square.sum() == 0, name


@pytest.mark.parametrize("flag", ["detail-medium", "detail-low"])
def test_symmetric_icons_stay_symmetric(flag: str) -> None:
    for name in SYMMETRIC:
        ink = ink_of(name, flag)
        columns = np.nonzero(ink.any(axis=0))[0]
        inside = ink[:, columns.min() : columns.max() + 1]
        assert (inside != inside[:, ::-1]).sum() <= 2, name


def test_contours_have_no_gaps() -> None:
    """From outside nobody gets into a closed shape: what is inside has the colour of an area."""
    for name in ("heart", "star", "cloud", "bell", "chat", "star", "folder"):
        drawn = pixels(document("pixel", name), 32)
        assert drawn[15:18, 13:20, 3].all(), name


def test_flags_are_seen() -> None:
    drawn = {
        flags: document("pixel", "gift", flags=flags) for flags in [(), ("color",), ("detail-low",), ("detail-high",)]
    }
    assert len(set(drawn.values())) == 4
    assert ink_of("gift", "detail-low").sum() > 1.5 * ink_of("gift").sum()


def test_a_badge_has_an_empty_row_of_cells_around_it() -> None:
    alone, both = (
        pixels(document("pixel", "house"), 32)[..., 3],
        pixels(document("pixel", "house", "heart"), 32)[..., 3],
    )
    assert both[26:, 20:].any()
    assert (alone > 0).sum() * 0.6 < (both > 0).sum()
    svg = draw([Item("house", PACK.artwork("house")), Item("none", Artwork())], asked("pixel", None, ()))
    assert (pixels(svg, 32)[..., 3] > 0).sum() == (alone > 0).sum()


def test_artwork_without_strokes_is_drawn_solid() -> None:
    fills = Artwork(fills=PACK.artwork("heart").fills)
    drawn = pixels(draw([Item("heart", fills)], asked("pixel", None, ())), 32)[..., 3]
    assert (drawn[14:18, 12:20] == 255).all()
    assert not drawn[0].any()
