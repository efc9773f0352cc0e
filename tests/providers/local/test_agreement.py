"""Sets drawn from one anchor agree, by their pixels: stroke width, colours, optical size."""

from functools import cache
from statistics import median

import numpy as np
import pytest

from iconbuild.model.artifact import Payload
from iconbuild.providers.local import LocalProvider
from iconbuild.providers.local.looks.registry import LOOKS
from tests.colour import apart, ciede2000, lab
from tests.providers.local.rendered import MEDIA, encoded, main_colors, optical_size, pixels, stroke_width
from tests.providers.local.support import drawn, icon

SUBJECTS = (
    "analytics dashboard with bar chart",
    "group of people, team users",
    "gear cog settings",
    "credit card billing payment",
    "chat bubble support help",
    "bell notification alert",
)
INKS = {"line": "#0f766e", "glyph": "#be185d", "outline": "#1d4ed8", "duotone": None, "pixel": None}
STROKED = ("line", "outline", "duotone")

# Looks of many tones: how far, in CIEDE2000, a set that follows the picture of an anchor may be on average from one
# that follows the anchor itself. Plain tones are found again; of sweeps, glows and studio light it is their hue that
# is, and behind frosted glass two hues are as strong as each other, so that either may become the main one.
MANY_TONES = {
    "flat": 3, "isometric": 3, "sticker": 3, "hand-drawn": 3, "clay-3d": 6, "gradient": 9, "neon": 9, "product": 12,
    "glassmorphism": 21,
}  # fmt: skip

# Looks whose icons may differ more in size than 8 %: squares come whole, and a pen shakes.
UNEVEN = {"pixel": 0.11, "hand-drawn": 0.1}


@cache
def anchor_in(provider: LocalProvider, look: str) -> Payload:
    return drawn(provider, icon(SUBJECTS[0], look, kind=LOOKS[look].kind, color=INKS.get(look)))


@cache
def followers(provider: LocalProvider, look: str, media: str) -> list[Payload]:
    """The set that follows the anchor itself (`own`), or a file of it about which nothing is known."""
    anchor = anchor_in(provider, look)
    reference = anchor if media == "own" else encoded(anchor, media)
    return [drawn(provider, icon(subject, look, kind=LOOKS[look].kind), reference) for subject in SUBJECTS]


def test_every_look_is_tested_here() -> None:
    assert {*INKS, *MANY_TONES} == set(LOOKS)


@pytest.mark.parametrize("media", ["own", *MEDIA])
@pytest.mark.parametrize("look", STROKED)
def test_strokes_are_as_wide_as_the_anchors(provider: LocalProvider, look: str, media: str) -> None:
    anchor = anchor_in(provider, look)
    wanted = stroke_width(anchor, main_colors(anchor)[0])
    for subject, follower in zip(SUBJECTS, followers(provider, look, media), strict=True):
        ink = min(main_colors(follower), key=lambda color: lab(color)[0])
        assert stroke_width(follower, ink) == pytest.approx(wanted, rel=0.05), subject


@pytest.mark.parametrize("media", MEDIA)
@pytest.mark.parametrize("flag", ["detail-low", "detail-medium", "detail-high"])
def test_bold_and_fine_anchors_are_followed(provider: LocalProvider, flag: str, media: str) -> None:
    anchor = drawn(provider, icon("house", "line", flags=(flag,)))
    follower = drawn(provider, icon("credit card", "line"), encoded(anchor, media))
    wanted = stroke_width(anchor, main_colors(anchor)[0])
    assert stroke_width(follower, main_colors(follower)[0]) == pytest.approx(wanted, rel=0.05)


@pytest.mark.parametrize("media", ["own", *MEDIA])
@pytest.mark.parametrize("look", INKS)
def test_colours_are_the_anchors(provider: LocalProvider, look: str, media: str) -> None:
    anchor = anchor_in(provider, look)
    as_told = followers(provider, look, anchor)
    for subject, told, follower in zip(SUBJECTS, as_told, followers(provider, look, media), strict=True):
        there = main_colors(told)
        assert there, subject
        assert all(min(apart(color, other) for other in there) <= 3 for color in main_colors(follower)), subject
        assert all(min(apart(color, other) for other in main_colors(follower)) <= 3 for color in there), subject


@pytest.mark.parametrize("media", MEDIA)
def test_squares_are_as_large_as_the_anchors(provider: LocalProvider, media: str) -> None:
    for flags in ((), ("detail-low",)):
        anchor = drawn(provider, icon("house", "pixel", flags=flags))
        told = drawn(provider, icon("gear", "pixel"), anchor)
        follower = drawn(provider, icon("gear", "pixel"), encoded(anchor, media))
        dark = [pixels(picture)[..., :3].sum(axis=-1) < 300 for picture in (told, follower)]
        assert (dark[0] == dark[1]).mean() > 0.97, flags


@pytest.mark.parametrize("media", MEDIA)
@pytest.mark.parametrize("look", MANY_TONES)
def test_palettes_of_many_tones_are_near(provider: LocalProvider, look: str, media: str) -> None:
    anchor = anchor_in(provider, look)
    spec = icon(SUBJECTS[2], look, kind=LOOKS[look].kind)
    told, follower = drawn(provider, spec, anchor), drawn(provider, spec, encoded(anchor, media))
    assert mean_difference(told, follower) <= MANY_TONES[look]


def mean_difference(one: Payload, other: Payload) -> float:
    """Mean CIEDE2000 of two pictures of one shape, over a grid of places where both are opaque."""
    first, second = (pixels(picture, 128)[2::5, 2::5] for picture in (one, other))
    both = (first[..., 3] > 250) & (second[..., 3] > 250)
    pairs = zip(first[both][:, :3], second[both][:, :3], strict=True)
    return float(np.mean([ciede2000(lab(spelled(a)), lab(spelled(b))) for a, b in pairs]))


def spelled(color: np.ndarray) -> str:
    return "#" + "".join(f"{round(float(level)):02x}" for level in color)


@pytest.mark.parametrize("look", LOOKS)
def test_icons_of_a_set_look_equally_large(provider: LocalProvider, look: str) -> None:
    sizes = [optical_size(picture) for picture in followers(provider, look, "own")]
    middle = median(sizes)
    off = {subject: round(size / middle, 3) for subject, size in zip(SUBJECTS, sizes, strict=True)}
    assert all(abs(ratio - 1) <= UNEVEN.get(look, 0.08) for ratio in off.values()), off


def test_what_an_anchor_in_another_look_shows_is_followed(provider: LocalProvider) -> None:
    anchor = anchor_in(provider, "duotone")
    line = drawn(provider, icon("bell", "line"), encoded(anchor, MEDIA[0]))
    assert apart(main_colors(line)[0], "#312e81") <= 3
    duotone = drawn(provider, icon("bell", "duotone"), encoded(anchor_in(provider, "flat"), MEDIA[0]))
    assert len(main_colors(duotone)) == 2
