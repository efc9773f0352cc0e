"""Artwork that lacks what a look draws with is drawn as far as it goes, and never ends in a fault."""

from __future__ import annotations

import pytest

from iconbuild.model.artifact import SCENE, SVG, Payload
from iconbuild.pictures.decode import open_picture
from iconbuild.providers.local.looks.registry import LOOKS
from iconbuild.providers.local.packs.artwork import Artwork, Shape
from iconbuild.providers.local.profile import Profile
from iconbuild.providers.local.studio import draw
from iconbuild.providers.local.tuning import asked, following
from iconbuild.providers.local.vectors.arrange import Item

LINE = Shape("line", (("x1", "20"), ("y1", "20"), ("x2", "200"), ("y2", "200")))
DOT = Shape("circle", (("cx", "99"), ("cy", "99"), ("r", "12")))
ODD = {
    "nothing": Artwork(),
    "a stroke": Artwork(strokes=(LINE,)),
    "a dot": Artwork(dots=(DOT,)),
    "a solid": Artwork(fills=(Shape("path", (("d", "M20 20H200V200Z"),)),)),
}


@pytest.mark.parametrize("flags", [(), ("color", "detail-high"), ("detail-low",)])
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("artwork", ODD.values(), ids=ODD)
def test_every_look_draws_what_there_is(artwork: Artwork, look: str, flags: tuple[str, ...]) -> None:
    text = draw([Item("odd", artwork)], asked(look, None, flags)).encode()
    picture = open_picture(Payload(text, SVG if text.startswith(b"<svg") else SCENE), 32)
    assert picture.size == (32, 32)


@pytest.mark.parametrize("look", LOOKS)
def test_a_profile_with_too_few_or_too_many_colours_is_not_followed_to_the_letter(look: str) -> None:
    for colors in (("#ff0000",), ("#ff0000",) * 7):
        profile = following(look, Profile(look, colors, "#ff0000"), ())
        draw([Item("odd", ODD["a solid"])], profile)
