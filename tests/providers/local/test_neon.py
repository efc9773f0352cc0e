"""Which tubes of a neon sign are of which colour, and the tile behind them."""

from __future__ import annotations

from iconbuild.providers.local.looks.neon import tubes
from iconbuild.providers.local.palette import contrast
from iconbuild.providers.local.vectors.details import length
from tests.providers.local.test_colour_looks import PACK, document, hexed, picture


def test_equal_parts_are_tubes_of_one_colour() -> None:
    for name in ("users", "chart-bar", "paw-print", "trophy"):
        first, second = tubes(PACK.artwork(name))
        assert not {round(length(shape)) for shape in first} & {round(length(shape)) for shape in second}, name


def test_of_two_things_each_is_of_tubes_of_one_colour() -> None:
    for names in (("house", "key"), ("headphones", "music-note")):
        strokes = [
            stroke for stroke in ("#ff2fb3", "#22d9ff") if f'stroke="{stroke}"' in document("neon", *names).decode()
        ]
        assert len(strokes) == 2, names


def test_a_neon_tile_stays_dark_and_has_an_edge() -> None:
    for flags in ((), ("bias-green",), ("bias-yellow",), ("bias-white",)):
        shown = picture("neon", "bell", flags=flags)
        ground, edge = hexed(shown.getpixel((64, 12))), hexed(shown.getpixel((64, 0)))
        assert contrast(ground, "#000000") < 1.6, flags
        assert contrast(edge, ground) > 1.15, flags
