"""The JSON text of a scene becomes a checked value, or a sentence that says what is wrong with it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import NamedTuple

from iconbuild.errors import PictureError
from iconbuild.pictures.backdrop import Shadow, Tile
from iconbuild.pictures.light import Color

START = '{"iconbuild-scene":1,'
"""What every scene's text begins with; 1 is the version of the format."""

PAINTS = ("#ff0000", "#00ff00", "#0000ff", "#000000")
"""What a body with materials is drawn in: the paint of the first, second, third and fourth material."""

MAX_BYTES = 2 << 20
MAX_BODIES = 4

_COLOR = re.compile(r"#[0-9a-f]{6}")
_RANGES = {
    "puff": (0.0, 2.0),
    "reach": (1.0, 128.0),
    "crease": (0.0, 1.0),
    "gloss": (0.0, 1.0),
    "depth": (0.0, 1.0),
    "strength": (0.0, 1.0),
    "radius": (0.0, 128.0),
    "relief": (-32.0, 32.0),
}


class Body(NamedTuple):
    """One thing in a scene.

    `svg`: its drawing, on a square canvas. `materials`: the four colours its PAINTS stand for; none where it has
    colours of its own. `relief`: how far each material stands out (units of the 256 canvas). `puff`: height over
    width, 1 for round; `reach`: how far from its edge a surface is level (units); `crease`: how deep parts are cut
    apart, 0..1; `gloss`: 0 matt .. 1 lacquer; `depth`: 0 lit evenly .. 1 full light and shade.
    """

    svg: str
    materials: tuple[Color, ...]
    relief: tuple[float, ...]
    puff: float
    reach: float
    crease: float
    gloss: float
    depth: float


class Scene(NamedTuple):
    """Bodies from back to front, the colour of their shaded sides, and what is behind and below them."""

    bodies: tuple[Body, ...]
    shade: Color
    tile: Tile | None
    shadow: Shadow | None


def read(data: bytes) -> Scene:
    """The scene in a document; raises PictureError, naming the member, for whatever is not as it should be."""
    if len(data) > MAX_BYTES:
        raise PictureError(f"the scene has {len(data)} bytes, the limit is {MAX_BYTES}")
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise PictureError(f"the scene is no JSON: {str(error)[:100]}") from None
    if not isinstance(found, dict) or found.get("iconbuild-scene") != 1:
        raise PictureError("the scene is of a version that is not known", remedy="update iconbuild")
    members = _members(found, "the scene", {"iconbuild-scene", "shade", "tile", "shadow", "bodies"})
    bodies = members["bodies"]
    if not isinstance(bodies, list) or not 1 <= len(bodies) <= MAX_BODIES:
        raise PictureError(f"`bodies` of the scene must be a list of 1 to {MAX_BODIES}")
    return Scene(
        tuple(_body(body) for body in bodies),
        _color(members["shade"], "shade"),
        None if members["tile"] is None else _tile(members["tile"]),
        None if members["shadow"] is None else _shadow(members["shadow"]),
    )


def _body(value: object) -> Body:
    members = _members(value, "a body of the scene", set(Body._fields))
    svg, materials, relief = members["svg"], members["materials"], members["relief"]
    if not isinstance(svg, str):
        raise PictureError("`svg` of a body of the scene must be text")
    if not isinstance(materials, list) or len(materials) not in (0, len(PAINTS)):
        raise PictureError(f"`materials` of a body of the scene must be {len(PAINTS)} colours, or none")
    if not isinstance(relief, list) or len(relief) != len(materials):
        raise PictureError("`relief` of a body of the scene must be a number for each material")
    return Body(
        svg,
        tuple(_color(color, "materials") for color in materials),
        tuple(_number(height, "relief") for height in relief),
        *(_number(members[name], name) for name in Body._fields[3:]),
    )


def _tile(value: object) -> Tile:
    members = _members(value, "the tile of the scene", set(Tile._fields))
    light, top, bottom = (_color(members[name], name) for name in ("light", "top", "bottom"))
    return Tile(light, top, bottom, _number(members["radius"], "radius"))


def _shadow(value: object) -> Shadow:
    members = _members(value, "the shadow of the scene", set(Shadow._fields))
    floor = members["floor"]
    if not isinstance(floor, bool):
        raise PictureError("`floor` of the shadow of the scene must be true or false")
    return Shadow(_color(members["color"], "color"), _number(members["strength"], "strength"), floor)


def _members(value: object, where: str, names: set[str]) -> Mapping[str, object]:
    """The members of an object, which must have exactly these names."""
    if not isinstance(value, dict):
        raise PictureError(f"{where} must be an object")
    for name in sorted(names ^ value.keys()):
        raise PictureError(f"{where} has no `{name}`" if name in names else f"{where} has the unknown `{name[:80]}`")
    return value


def _color(value: object, name: str) -> Color:
    if not isinstance(value, str) or not _COLOR.fullmatch(value):
        raise PictureError(f"`{name}` of the scene must be a colour such as #a1b2c3")
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


def _number(value: object, name: str) -> float:
    low, high = _RANGES[name]
    if isinstance(value, (int, float)) and not isinstance(value, bool) and low <= value <= high:
        return float(value)
    raise PictureError(f"`{name}` of the scene must be a number from {low:g} to {high:g}")
