"""An icon's areas become a thing on a shop's shelf: rounded, lacquered, in colours of its own, on a studio tile."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from iconbuild.providers.local.palette import companion, deeper, tint
from iconbuild.providers.local.profile import Profile, Tone
from iconbuild.providers.local.vectors.arrange import Thing
from iconbuild.providers.local.vectors.keyline import Fit
from iconbuild.providers.local.vectors.modelled import Clay, body, scene

_SHELF = ("#ff7a3d", "#2f9bff", "#22b573", "#f2495c", "#8b5cf6", "#ffb020", "#12b5c9", "#f26bb1")
"""Orange, blue, green, red, violet, amber, teal, pink: the first colour of a thing, where none is asked for."""

_BESIDE = {
    "#ff7a3d": ("#ffd9a0", "#5b2e1f"),
    "#2f9bff": ("#ffc23d", "#123a7a"),
    "#22b573": ("#c78a4b", "#0d4f3a"),
    "#f2495c": ("#ffd166", "#6d1730"),
    "#8b5cf6": ("#ffb86b", "#34207a"),
    "#ffb020": ("#ff6f4f", "#6b3d10"),
    "#12b5c9": ("#ff8a5c", "#0c4a5c"),
    "#f26bb1": ("#7cc7ff", "#6b1f52"),
}
"""The second colour and the dark one that go with a first one."""

_OTHER = (1, 5, 0, 1, 5, 1, 0, 6)
"""Where on the shelf the second of two things finds its colour, if both would have the same."""

_NATURAL = {
    "#ff7a3d": "basketball carrot fox pumpkin campfire bread cookie orange",
    "#2f9bff": "suitcase airplane laptop device t-shirt envelope chat cloud drop globe jeans bicycle umbrella fish",
    "#22b573": "plant leaf tree cactus clover grass recycle shopping money wallet frame-corners avocado pepper",
    "#f2495c": "heart first-aid car fire cherries gift map-pin apple fork hamburger siren target wine flag-banner",
    "#8b5cf6": "music headphones book game magic diamond users planet rocket graduation eyeglasses ghost",
    "#ffb020": "light star crown trophy bell lego key sun medal coin smiley bank folder beer cheese tennis",
    "#12b5c9": "desk monitor camera watch tooth bathtub drone gear magnifying-glass lock snowflake sailboat",
    "#f26bb1": "lipstick paint palette flower dress handbag cake ice-cream balloon baby paw-print pill sneaker",
}
"""Words in the names of icons that have a colour by nature."""

_LIGHT = "#f6f8fc"
_SHADE = "#3d3a63"
_TILE = {"light": "#ffffff", "top": "#e9edf3", "bottom": "#c5cbd6"}
_ROUND, _SQUARE = 54.0, 0.0
_FRAME, _WIDE = Fit(0.72, 36.0, 31.0), Fit(0.76, 31.0, 25.0)
_PAIR = Fit(0.81, 24.3, 20.0)  # two things are wide and low, so that they have room
_CLAY = Clay(relief=(0.0, 4.0, -4.0, -3.0), puff=0.8, reach=24.0, crease=0.8, gloss=0.35, depth=0.62)
_SOLD_AS_IS = Clay(relief=(0.0, 0.0, 0.0, 0.0), puff=0.55, reach=16.0, crease=0.35, gloss=0.22, depth=0.45)
_LACQUERED = 0.8


def colors(tone: Tone) -> tuple[str, ...]:
    """Body, second colour, light insets, dark details; without a colour the eight that bodies are chosen from."""
    if tone.main is None:
        return _SHELF
    second = companion(tone.main) if tone.vivid else tone.light or tint(tone.main)
    return (tone.main, second, _LIGHT, tone.dark or deeper(tone.main))


def draw(things: Sequence[Thing], profile: Profile) -> str:
    """The scene of the product look, always with its tile; `keep-bg` takes it to the edges of the canvas."""
    square = "keep-bg" in profile.flags
    pairs = zip(things, _colored([thing.name for thing in things], profile), strict=True)
    frame = _PAIR if len(things) > 1 else _WIDE if square else _FRAME
    bodies = [_body(thing, materials, profile, frame) for thing, materials in pairs]
    tile = {**_TILE, "radius": _SQUARE if square else _ROUND}
    return scene(bodies, _SHADE, tile=tile, shadow={"color": "#2b2f45", "strength": 0.62, "floor": True})


def _body(thing: Thing, materials: Sequence[str], profile: Profile, frame: Fit) -> dict[str, object]:
    clay = _SOLD_AS_IS if thing.artwork.picture else _CLAY
    if "detail-high" in profile.flags:
        clay = clay._replace(gloss=_LACQUERED, crease=1.0)
    return body(thing, materials, clay, frame, plain="detail-low" in profile.flags)


def _colored(names: Sequence[str], profile: Profile) -> Sequence[tuple[str, ...]]:
    """The four colours of each of one or two things: from a palette of four, or from their own names."""
    if len(profile.colors) == 4:
        first, second, light, dark = profile.colors
        return [(first, second, light, dark), (second, first, light, dark)][: len(names)]
    places = [_natural(name) for name in names]
    if len(places) == 2 and places[0] == places[1]:
        places[1] = _OTHER[places[0]]
    return [_materials(profile.colors[place % len(profile.colors)], profile) for place in places]


def _materials(first: str, profile: Profile) -> tuple[str, ...]:
    second, dark = _BESIDE.get(first, (tint(first), deeper(first)))  # a nudged colour is not on the list
    return (first, companion(first) if "color" in profile.flags else second, _LIGHT, dark)


def _natural(name: str) -> int:
    """Which of the shelf's colours a thing has: its own by nature, or one that its name alone decides."""
    for at, color in enumerate(_SHELF):
        if any(name.startswith(word) or f"-{word}" in name for word in _NATURAL[color].split()):
            return at
    return crc32(name.encode()) % len(_SHELF)
