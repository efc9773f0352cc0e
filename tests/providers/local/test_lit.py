"""The lit looks: icons become bodies of clay or goods on a shelf, whatever their artwork, the same everywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import pytest
from PIL import Image

from iconbuild.pictures.scene import render
from iconbuild.pictures.scenefile import START, read
from iconbuild.pictures.svgcheck import check_svg
from iconbuild.providers.local.looks.registry import LOOKS
from iconbuild.providers.local.packs.artwork import Artwork, Shape
from iconbuild.providers.local.packs.phosphor import PhosphorPack
from iconbuild.providers.local.palette import to_oklch
from iconbuild.providers.local.studio import draw
from iconbuild.providers.local.tuning import asked
from iconbuild.providers.local.vectors.arrange import Item, arranged

PACK = PhosphorPack()
LIT = ("clay-3d", "product")
CHART = Artwork(
    picture=(
        '<path fill="#16a34a" d="M30 120h60v100h-60z"/>',
        '<path fill="#2563eb" d="M100 40h60v180h-60z"/>',
    )
)


def document(look: str, *names: str, color: str | None = None, flags: Sequence[str] = ()) -> str:
    return draw([Item(name, PACK.artwork(name)) for name in names], asked(look, color, flags))


def picture(text: str, size: int = 256) -> Image.Image:
    return render(text.encode(), size)


def bodies(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text)["bodies"]
    return found


def hue(color: str) -> float:
    return to_oklch(color)[2]


def close(image: Image.Image, at: tuple[int, int], color: str) -> bool:
    """Whether a pixel is opaque and has a hue near that of `color`."""
    *levels, alpha = image.crop((*at, at[0] + 1, at[1] + 1)).tobytes()
    return alpha == 255 and abs(hue("#" + bytes(levels).hex()) - hue(color)) < 0.35


@pytest.mark.parametrize("look", LIT)
def test_every_kind_of_icon_becomes_a_scene_that_can_be_drawn(look: str) -> None:
    for entry in PACK.entries()[::60]:
        text = document(look, entry.name)
        assert text.startswith(START)
        for body in read(text.encode()).bodies:
            check_svg(body.svg.encode())
        assert picture(text, 24).getchannel("A").getextrema()[1] == 255, entry.name


@pytest.mark.parametrize("look", LIT)
def test_artwork_of_few_layers_can_be_drawn(look: str) -> None:
    square = Shape("path", (("d", "M40 40H216V216H40Z"),))
    for artwork in (Artwork(fills=(square,)), Artwork(strokes=(square,)), Artwork(tints=(square,))):
        image = picture(draw([Item("square", artwork)], asked(look, None, ())))
        assert image.getchannel("A").tobytes()[128 * 256 + 50] == 255


@pytest.mark.parametrize("look", LIT)
def test_a_picture_pack_keeps_its_colours(look: str) -> None:
    text = draw([Item("chart", CHART)], asked(look, "#ff0000", ()))
    assert bodies(text)[0]["materials"] == []
    image = picture(text)
    seen = [image.getpixel((x, 150)) for x in range(60, 200, 4)]
    assert any(isinstance(pixel, tuple) and pixel[1] > pixel[0] + 60 and pixel[1] > pixel[2] + 30 for pixel in seen)
    assert any(isinstance(pixel, tuple) and pixel[2] > pixel[0] + 60 and pixel[2] > pixel[1] + 30 for pixel in seen)


def test_a_pictures_painted_light_gives_way_to_the_scenes() -> None:
    inner = (
        '<filter id="p-inner"><feGaussianBlur stdDeviation="2"/><feComposite in2="a" operator="arithmetic"/></filter>'
    )
    blur = '<filter id="p-blur"><feGaussianBlur stdDeviation="2"/></filter>'
    shapes = ('<g filter="url(#p-inner)"><path d="M9 9h99v99z"/></g>', '<path filter="url(#p-blur)" d="M9 9h9v9z"/>')
    painted = Artwork(picture=("<defs>", inner, blur, "</defs>", *shapes))
    drawing = bodies(draw([Item("p", painted)], asked("product", None, ())))[0]["svg"]
    assert "url(#p-inner)" not in drawing
    assert "url(#p-blur)" in drawing


@pytest.mark.parametrize("look", LIT)
def test_the_colour_asked_for_is_the_bodys(look: str) -> None:
    for color in ("#0ea5e9", "#dc2626", "#16a34a"):
        assert close(picture(document(look, "heart", color=color)), (128, 120), color)


def test_goods_have_colours_of_their_own() -> None:
    row = ("t-shirt", "book-open", "car", "paw-print", "diamond", "plant", "basketball", "lego", "heart", "desk")
    firsts = [bodies(document("product", name))[0]["materials"][0] for name in row]
    assert len(set(firsts)) >= 6
    assert (
        bodies(document("product", "leaf"))[0]["materials"][0] == bodies(document("product", "tree"))[0]["materials"][0]
    )


@pytest.mark.parametrize("look", LIT)
def test_of_two_things_each_has_its_own_colour(look: str) -> None:
    first, second = bodies(document(look, "airplane", "suitcase"))
    assert first["materials"][0] != second["materials"][0]


@pytest.mark.parametrize("look", LIT)
def test_flags_are_seen(look: str) -> None:
    plain = picture(document(look, "calendar")).tobytes()
    for flag in ("detail-low", "detail-high", "color", "bias-green", "keep-bg"):
        if flag in LOOKS[look].flags or flag.startswith("bias"):
            assert picture(document(look, "calendar", flags=(flag,))).tobytes() != plain, flag


def test_little_detail_leaves_engravings_out() -> None:
    for name in ("credit-card", "book-open", "basketball"):
        assert 'fill="#000000"' in bodies(document("clay-3d", name))[0]["svg"]
        assert 'fill="#000000"' not in bodies(document("clay-3d", name, flags=("detail-low",)))[0]["svg"]


def test_goods_stand_on_a_tile() -> None:
    alpha = picture(document("product", "heart"), 128).getchannel("A")
    assert alpha.getpixel((0, 0)) == 0
    assert alpha.getpixel((64, 2)) == 255
    edge_to_edge = picture(document("product", "heart", flags=("keep-bg",)), 128)
    assert edge_to_edge.getchannel("A").getextrema() == (255, 255)


def test_clay_has_nothing_behind_it() -> None:
    alpha = picture(document("clay-3d", "heart")).getchannel("A")
    assert [alpha.getpixel(at) for at in ((0, 0), (255, 0), (0, 255), (128, 2))] == [0, 0, 0, 0]


def opaque(name: str, x: float, y: float) -> bool:
    """Whether the body of an icon covers a point of its artwork's grid, at the icon's place in the look."""
    text = document("clay-3d", name)
    fit = arranged([Item(name, PACK.artwork(name))], LOOKS["clay-3d"])[0].fit
    frame = (0.93, 9.0, 4.0)
    at = tuple(int((v * fit.scale + d) * frame[0] + o) for v, d, o in ((x, fit.dx, frame[1]), (y, fit.dy, frame[2])))
    alpha = picture(text).getchannel("A").tobytes()
    return alpha[at[1] * 256 + at[0]] >= 250


def test_handles_are_open_and_windows_are_closed() -> None:
    assert not opaque("lock", 128, 60)  # inside the shackle
    assert opaque("gear", 128, 128)  # the hub
    assert opaque("t-shirt", 40, 90)  # a sleeve
    assert opaque("basketball", 128, 128)  # where two seams cross
    assert not opaque("house", 128, 240)  # below the door


def test_the_same_bytes_in_every_process() -> None:
    program = (
        "from hashlib import sha256\n"
        "from tests.providers.local.test_lit import document, picture\n"
        "for look in ('clay-3d', 'product'):\n"
        "    text = document(look, 'airplane', 'suitcase')\n"
        "    print(sha256(text.encode() + picture(text, 200).tobytes()).hexdigest())\n"
    )
    for seed, threads in (("1", "1"), ("2", "8")):
        settings = {"PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads}
        ran = subprocess.run(
            [sys.executable, "-c", program], env={**os.environ, **settings}, capture_output=True, text=True, check=True
        )
        here = [document(look, "airplane", "suitcase") for look in LIT]
        expected = [sha256(text.encode() + picture(text, 200).tobytes()).hexdigest() for text in here]
        assert ran.stdout.split() == expected
