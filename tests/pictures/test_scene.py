"""Scenes are read strictly; bodies come out round, lit from above left, sharp at their edges and with their shadows."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageChops

from iconbuild.errors import PictureError
from iconbuild.model.artifact import SCENE, Payload
from iconbuild.pictures.decode import open_picture
from iconbuild.pictures.height import inflated
from iconbuild.pictures.scene import render
from iconbuild.pictures.scenefile import PAINTS
from iconbuild.pictures.svg import rasterize

RED, GREEN, BLUE, BLACK = PAINTS
DISC = f'<circle cx="128" cy="128" r="90" fill="{RED}"/>'
MATERIALS = ["#c04030", "#30a050", "#f0f0e0", "#202840"]
Members = dict[str, Any]


def svg(markup: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256">{markup}</svg>'


def body(markup: str = DISC, **changes: object) -> Members:
    members: Members = {
        "svg": svg(markup),
        "materials": MATERIALS,
        "relief": [0, 0, 0, 0],
        "puff": 0.8,
        "reach": 26,
        "crease": 0.7,
        "gloss": 0.2,
        "depth": 0.8,
    }
    return {**members, **changes}


def scene(*bodies: Members, **changes: object) -> bytes:
    members = {"shade": "#6050a0", "tile": None, "shadow": None, "bodies": list(bodies) or [body()]}
    return json.dumps({"iconbuild-scene": 1, **members, **changes}).encode()


def brightness(image: Image.Image, x: int, y: int) -> int:
    return image.convert("L").tobytes()[y * image.width + x]


TILE = {"light": "#ffffff", "top": "#e0e4ea", "bottom": "#c0c4cc", "radius": 48}
SHADOW = {"color": "#201840", "strength": 0.5, "floor": False}


@pytest.mark.parametrize("size", [1, 2, 7, 16, 24, 100, 300, 512])
def test_a_scene_has_every_size(size: int) -> None:
    for data in (scene(), scene(tile=TILE, shadow=SHADOW), scene(tile=TILE, shadow={**SHADOW, "floor": True})):
        image = render(data, size)
        assert (image.mode, image.size) == ("RGBA", (size, size))
        assert image.tobytes() == render(data, size).tobytes()


def test_the_bytes_are_known_as_a_scene() -> None:
    assert open_picture(Payload(scene(), SCENE), 32).tobytes() == render(scene(), 32).tobytes()


@pytest.mark.parametrize("size", [0, -1, 4097])
def test_sizes_have_limits(size: int) -> None:
    with pytest.raises(PictureError, match="1 to 4096 px"):
        render(scene(), size)


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b'{"iconbuild-scene":1,', "no JSON"),
        (b'{"iconbuild-scene":"\xff"}', "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b"[]", "version"),
        (scene(**{"iconbuild-scene": 2}), "version"),
        (b'{"iconbuild-scene":1}', "no `bodies`"),
        (scene(extra=1), "unknown `extra`"),
        (scene(bodies=[]), "`bodies`"),
        (scene(*[body()] * 5), "`bodies`"),
        (scene(shade="red"), "`shade`"),
        (scene(tile=7), "the tile of the scene must be an object"),
        (scene(tile={**TILE, "radius": 999}), "`radius`"),
        (scene(shadow={**SHADOW, "floor": 1}), "`floor`"),
        (scene(shadow={**SHADOW, "strength": "1"}), "`strength`"),
        (scene(body(svg=7)), "`svg`"),
        (scene(body(materials=MATERIALS[:2])), "`materials`"),
        (scene(body(materials=["#fff"] * 4)), "`materials`"),
        (scene(body(relief=[0])), "`relief`"),
        (scene(body(reach=0)), "`reach`"),
        (scene(body(puff=float("nan"))), "`puff`"),
        (scene(body(gloss=True)), "`gloss`"),
        (scene(body(depth=10**400)), "`depth`"),
        (scene(body(svg="\ud800")), "not UTF-8"),
        (scene(body("<script/>")), "<script>"),
        (b" " * (3 << 20), "bytes"),
    ],
)
def test_what_is_no_scene_is_refused_by_name(data: bytes, named: str) -> None:
    with pytest.raises(PictureError) as caught:
        render(data, 16)
    assert named in caught.value.message


def test_a_disc_is_inflated_to_a_dome() -> None:
    """The solution over a disc is u = (R^2 - r^2) / 4, so that the height falls like a circle's, without a plateau."""
    at = np.arange(128, dtype=np.float32) - np.float32(63.5)
    cover = (at[:, None] ** 2 + at[None, :] ** 2 <= 20.0**2).astype(np.float32)
    height = inflated(cover, 1000.0)
    top = float(height[64, 64])
    for step in (5, 10, 15):
        expected = top * np.sqrt(1 - (step / 20) ** 2)
        assert float(height[64, 64 + step]) == pytest.approx(expected, rel=0.06)
    assert float(height[0, 0]) == 0


def test_large_bodies_are_level_in_the_middle_only() -> None:
    height = inflated(np.pad(np.ones((120, 120), np.float32), 4), 30.0)
    row = height[64, 4:64]
    assert (np.diff(row) >= -1e-3).all()
    assert row[2] < 0.6 * row[-1]
    assert row[-20] > 0.93 * row[-1]


def test_light_comes_from_above_left() -> None:
    image = render(scene(), 256)
    lit, flat, shaded = (brightness(image, 128 + step, 128 + step) for step in (-50, 0, 50))
    assert lit > flat + 3
    assert flat > shaded + 8


@pytest.mark.parametrize("size", [16, 33, 256, 400])
def test_edges_are_as_sharp_as_the_renderer_draws_them(size: int) -> None:
    drawn = rasterize(svg(DISC).encode(), size).getchannel("A")
    assert render(scene(), size).getchannel("A").tobytes() == drawn.tobytes()


def test_unlit_materials_keep_their_colours_exactly() -> None:
    squares = "".join(
        f'<path fill="{paint}" d="M{x} {y}h100v100h-100z"/>'
        for paint, (x, y) in zip(PAINTS, ((20, 20), (130, 20), (20, 130), (130, 130)), strict=True)
    )
    image = render(scene(body(squares, gloss=0, depth=0, puff=0)), 256)
    for color, at in zip(MATERIALS, ((70, 70), (180, 70), (70, 180), (180, 180)), strict=True):
        assert image.getpixel(at) == (*bytes.fromhex(color[1:]), 255)


def test_a_body_without_materials_keeps_its_own_colours() -> None:
    own = body('<circle cx="128" cy="128" r="90" fill="#3b82f6"/>', materials=[], relief=[], gloss=0, depth=0, puff=0)
    assert render(scene(own), 400).getpixel((200, 200)) == (59, 130, 246, 255)


def test_parts_are_cut_apart_where_their_colours_meet() -> None:
    halves = f'<path fill="{RED}" d="M20 40h108v176h-108z"/><path fill="{GREEN}" d="M128 40h108v176h-108z"/>'
    same = [MATERIALS[0]] * 4
    cut = render(scene(body(halves, materials=same, crease=1.0)), 256)
    whole = render(scene(body(halves, materials=same, crease=0.0)), 256)
    row = [brightness(cut, x, 128) for x in range(118, 139)]
    assert max(row) - min(row) > 20
    row = [brightness(whole, x, 128) for x in range(118, 139)]
    assert max(row) - min(row) <= 2


def test_a_gradient_is_no_crease() -> None:
    paint = (
        '<linearGradient id="g"><stop stop-color="#ff8000"/><stop offset="1" stop-color="#ffe000"/></linearGradient>'
    )
    disc = f'{paint}<circle cx="128" cy="128" r="100" fill="url(#g)"/>'
    alike = [render(scene(body(disc, materials=[], relief=[], crease=crease)), 256) for crease in (0.0, 1.0)]
    assert alike[0].tobytes() == alike[1].tobytes()


def test_a_shadow_falls_below_and_not_above() -> None:
    for floor in (False, True):
        alpha = render(scene(shadow={**SHADOW, "floor": floor}), 256).getchannel("A")
        below, above = brightness(alpha, 128, 224), brightness(alpha, 128, 31)
        assert below > 30
        assert above < 12


def test_the_body_in_front_drops_a_shadow_on_the_one_behind() -> None:
    behind = body(f'<path fill="{RED}" d="M20 60h150v140h-150z"/>')
    front = body(f'<path fill="{GREEN}" d="M140 60h100v140h-100z"/>')
    alone, both = render(scene(behind), 256), render(scene(behind, front), 256)
    assert brightness(both, 136, 130) < brightness(alone, 136, 130) - 10
    assert ImageChops.difference(alone, both).crop((0, 0, 100, 256)).getbbox() is None


def test_a_tile_has_round_corners_or_none() -> None:
    empty = body("<g/>")
    alpha = render(scene(empty, tile=TILE), 128).getchannel("A")
    assert [alpha.getpixel(at) for at in ((0, 0), (127, 0), (0, 127), (127, 127))] == [0, 0, 0, 0]
    assert [alpha.getpixel(at) for at in ((64, 0), (0, 64), (127, 64), (64, 64))] == [255] * 4
    assert render(scene(empty, tile={**TILE, "radius": 0}), 128).getchannel("A").getextrema() == (255, 255)


def test_sizes_agree_on_the_light() -> None:
    large, small = render(scene(), 512), render(scene(), 64)
    shrunk = large.convert("RGBa").reduce(8).convert("RGBA")
    inside = [(x, y) for x in range(22, 43, 4) for y in range(22, 43, 4)]
    assert max(abs(brightness(shrunk, *at) - brightness(small, *at)) for at in inside) <= 8
