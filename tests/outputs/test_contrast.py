"""Contrast as WCAG defines it, over the solid part of a picture."""

from __future__ import annotations

import pytest
from PIL import Image

from iconbuild.outputs.contrast import contrast


@pytest.mark.parametrize(
    ("color", "ground", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#0000ff", "#ffffff", 8.59),
        ("#0f172a", "#14171c", 1.01),
    ],
)
def test_known_ratios(color: str, ground: str, ratio: float) -> None:
    assert contrast(Image.new("RGBA", (8, 8), color), ground) == pytest.approx(ratio, abs=0.01)


def test_tints_and_what_is_clear_do_not_count() -> None:
    picture = Image.new("RGBA", (8, 8), (255, 255, 255, 60))
    picture.paste((0, 0, 0, 255), (0, 0, 8, 2))
    assert contrast(picture, "#ffffff") == pytest.approx(21.0)


def test_a_clear_outline_is_enough_and_a_speck_is_not() -> None:
    picture = Image.new("RGBA", (8, 8), "#ffffff")
    picture.paste((0, 0, 0, 255), (0, 0, 8, 1))
    assert contrast(picture, "#ffffff") == pytest.approx(1.0)
    picture.paste((0, 0, 0, 255), (0, 0, 8, 3))
    assert contrast(picture, "#ffffff") == pytest.approx(21.0)


def test_an_empty_picture_has_none() -> None:
    assert contrast(Image.new("RGBA", (8, 8)), "#14171c") == 1.0
