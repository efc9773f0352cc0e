"""A picture is blank where nothing of it can be seen, or where all its pixels are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from iconbuild.model.artifact import BLANK, NO_FACTS
from iconbuild.pictures.blank import blank, blank_facts
from iconbuild.pictures.picture import Picture, picture_of
from tests.pictures.samples import gradient

LEVELS = st.integers(0, 255)
COLORS = st.tuples(LEVELS, LEVELS, LEVELS)


def forms(image: Image.Image) -> list[Picture]:
    """The same picture as RGBA and in its smallest form."""
    return [Picture(image), picture_of(image)]


@given(COLORS, COLORS)
def test_hidden_colours_are_nothing(one: tuple[int, int, int], other: tuple[int, int, int]) -> None:
    image = Image.new("RGBA", (4, 4), (*one, 0))
    image.putpixel((1, 2), (*other, 0))
    assert [blank(form) for form in forms(image)] == ["is fully transparent"] * 2


@given(COLORS, st.integers(1, 255), st.sampled_from([(1, 1), (3, 2), (64, 64)]))
def test_one_value_everywhere_is_blank(color: tuple[int, int, int], alpha: int, size: tuple[int, int]) -> None:
    shade = bytes(color if alpha == 255 else (*color, alpha)).hex()
    for form in forms(Image.new("RGBA", size, (*color, alpha))):
        assert blank(form) == f"is one flat area of #{shade}"


@given(COLORS, LEVELS, COLORS, LEVELS, st.integers(0, 15))
def test_two_pixels_that_differ_are_something(
    ground: tuple[int, int, int], alpha: int, color: tuple[int, int, int], other: int, at: int
) -> None:
    image = Image.new("RGBA", (4, 4), (*ground, alpha))
    image.putpixel((at % 4, at // 4), (*color, other))
    differ = alpha != other or (alpha > 0 and ground != color)
    assert [blank(form) is None for form in forms(image)] == [differ] * 2


@pytest.mark.parametrize("side", [16, 64])
def test_pictures_that_show_something(side: int) -> None:
    glyph = Image.new("RGBA", (side, side), (10, 20, 30, 0))
    glyph.paste((10, 20, 30, 255), (4, 4, 12, 12))
    for image in (glyph, gradient(side), gradient(side).convert("RGB").convert("RGBA")):
        assert [blank(form) for form in forms(image)] == [None, None]


def test_facts_name_the_places() -> None:
    assert blank_facts([None, None]) is NO_FACTS
    assert blank_facts([]) is NO_FACTS
    facts = blank_facts([None, "is a", None, "is b"])
    assert facts.data == {BLANK: {"1": "is a", "3": "is b"}}
