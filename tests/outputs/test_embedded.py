"""A finished picture as data URIs: the right pixels at each size, and nothing active."""

from __future__ import annotations

from base64 import b64decode

import pytest

from iconbuild.errors import PictureError
from iconbuild.model.artifact import PNG, SVG, Payload
from iconbuild.outputs.embedded import Embedded
from iconbuild.pictures.decode import open_picture
from iconbuild.pictures.encode import encode
from iconbuild.pictures.opened import Opened
from tests.outputs.samples import drawing


def embedded(payload: Payload) -> Embedded:
    return Embedded(Opened(payload), 96, (16, 48))


def test_an_active_drawing_is_not_handed_on() -> None:
    active = drawing("home").data.replace(b"</svg>", b"<script>alert(1)</script></svg>")
    with pytest.raises(PictureError):
        embedded(Payload(active, SVG))


def test_the_bytes_decide_not_the_media_type() -> None:
    raster = encode(open_picture(drawing("disc"), 64), "png")
    assert embedded(Payload(raster, SVG)).large.startswith("data:image/png;")
    assert embedded(Payload(drawing("disc").data, PNG)).large.startswith("data:image/svg+xml;")


@pytest.mark.parametrize("raster", [False, True])
def test_each_size_is_what_opening_at_that_size_gives(raster: bool) -> None:
    payload = drawing("home")
    if raster:
        payload = Payload(encode(open_picture(payload, 300), "webp"), "image/webp")
    found = embedded(payload)
    for size in (48, 16, 48):
        uri = found.png(size)
        shown = open_picture(Payload(b64decode(uri.partition(",")[2]), PNG), None)
        assert shown.convert("RGBa").tobytes() == open_picture(payload, size).convert("RGBa").tobytes()
    assert found.small.convert("RGBa").tobytes() == open_picture(payload, 32).convert("RGBa").tobytes()
