"""An opened picture gives the same pixels and bytes as opening it anew for each size; a gallery holds none open."""

from __future__ import annotations

import gc
import weakref

import pytest
from PIL import Image

from iconbuild.errors import PictureError
from iconbuild.model.artifact import PNG, SVG, WEBP, Payload
from iconbuild.model.values import Params
from iconbuild.pictures.decode import open_picture
from iconbuild.pictures.encode import encode
from iconbuild.pictures.opened import Gallery, Opened
from iconbuild.pictures.picture import Picture, picture_of

DRAWING = Payload(
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M3 3h15v9z" fill="#3b82f6"/></svg>', SVG
)
RASTER = Payload(encode(open_picture(DRAWING, 200), "webp"), WEBP, Params({"licence": "MIT"}))


@pytest.mark.parametrize("payload", [DRAWING, RASTER])
@pytest.mark.parametrize("order", [(16, 200, 48), (200, 16, 48), (48, 48, 16)])
def test_a_size_does_not_depend_on_those_before_it(payload: Payload, order: tuple[int, ...]) -> None:
    opened = Opened(payload)
    for size in order:
        shown, fresh = opened.at(size).rgba(), open_picture(payload, size)
        assert shown.convert("RGBa").tobytes() == fresh.convert("RGBa").tobytes()
        assert opened.at(size) is opened.at(size)


def test_a_drawing_is_drawn_at_the_canvas_and_a_picture_keeps_its_size() -> None:
    assert Opened(DRAWING).whole(96).size == (96, 96)
    assert Opened(RASTER).whole(96).size == (200, 200)


def test_pixels_become_bytes_with_the_same_facts() -> None:
    facts = Params({"licence": "MIT"})
    picture = Picture(Image.linear_gradient("L"), (9, 90, 200))
    made = Opened.made(picture, facts)
    assert (made.payload.media, made.payload.facts, made.facts) == (PNG, facts, facts)
    back = picture_of(open_picture(made.payload))
    assert (back.color, back.pixels.tobytes()) == (picture.color, picture.pixels.tobytes())
    assert made.whole() is picture


def test_bytes_are_handed_on_as_they_came() -> None:
    opened = Opened(RASTER)
    opened.at(32)
    assert opened.payload is RASTER
    assert opened.facts == RASTER.facts


def test_damage_is_told_when_the_pixels_are_asked_for() -> None:
    opened = Opened(Payload(RASTER.data[:-9], WEBP))
    for _ in range(2):
        with pytest.raises(PictureError, match="cut short"):
            opened.at(16)


def test_a_gallery_holds_none_of_its_pictures_open() -> None:
    gallery = Gallery([DRAWING, RASTER, DRAWING])
    seen = []
    for opened in gallery:
        assert opened.at(8).size == (8, 8)
        seen.append(weakref.ref(opened))
    del opened
    gc.collect()
    assert (len(gallery), [each() for each in seen]) == (3, [None] * 3)
    assert [each.payload for each in gallery[1:]] == [RASTER, DRAWING]
