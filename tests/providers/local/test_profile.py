import pytest

from iconbuild.model.values import Json, Params
from iconbuild.providers.local.looks.registry import LOOKS
from iconbuild.providers.local.profile import Profile, Seen, stored
from iconbuild.providers.local.tuning import asked, following
from tests.colour import apart

ANCHOR = Profile("duotone", ("#14532d", "#bbf7d0"), "#14532d", 1.9, flags=("detail-low",))
SEEN = Seen("duotone", "#14532d", "#14532d", "#bbf7d0", 1.9, "square")


def test_detail_is_weight() -> None:
    weights = [asked("line", None, [flag]).weight for flag in ("detail-low", "detail-medium", "detail-high")]
    assert weights == sorted(weights, reverse=True)
    assert asked("line", None, []).weight == weights[1]


@pytest.mark.parametrize("look", ["line", "glyph", "outline", "duotone", "pixel"])
def test_color_is_the_ink_of_line_drawings(look: str) -> None:
    assert asked(look, "#3b82f6", []).ink == "#3b82f6"


@pytest.mark.parametrize("look", LOOKS)
def test_flags_that_a_look_ignores_are_no_part_of_its_profile(look: str) -> None:
    flags = ("allow-text", "ai-bg", "bias-red", "detail-low", "keep-bg")
    for profile in (asked(look, None, flags), following(look, SEEN, flags), following(look, ANCHOR, flags)):
        assert profile.look == look
        assert set(profile.flags) <= LOOKS[look].flags
        assert len(set(profile.flags)) == len(profile.flags)


def test_an_anchor_in_the_same_look_is_followed_to_the_letter() -> None:
    assert following("duotone", ANCHOR, []) == ANCHOR


def test_an_anchor_in_another_look_hands_on_its_main_colour_weight_caps_and_flags() -> None:
    assert following("line", ANCHOR, []) == Profile("line", ("#14532d",), "#14532d", 1.9, "round", ("detail-low",))


def test_a_picture_hands_on_its_colours_by_their_roles() -> None:
    assert following("line", SEEN, []) == Profile("line", ("#14532d",), "#14532d", 1.9, "square")
    assert following("duotone", SEEN, []).colors == ("#14532d", "#bbf7d0")
    coloured = Seen("multi", "#f97316", "#1c1917", "#fde68a", 1.5, "round")
    assert following("glyph", coloured, []).ink == "#1c1917"
    assert following("flat", coloured, []).colors == ("#f97316", "#fde68a", "#1c1917")


def test_a_picture_in_one_colour_gets_an_accent() -> None:
    ink, accent = following("duotone", Seen("line", "#14532d", "#14532d", None, 1.5, "round"), []).colors
    assert ink == "#14532d"
    assert apart(ink, accent) > 20


def test_a_contour_never_closes_the_gap_it_runs_around() -> None:
    assert following("outline", SEEN._replace(weight=3.0), []).weight < 1


@pytest.mark.parametrize("look", LOOKS)
def test_no_weight_is_absurd(look: str) -> None:
    for weight in (0.01, 9.0):
        assert 0.5 <= following(look, SEEN._replace(weight=weight), []).weight <= 3


def test_squares_are_as_bold_as_the_anchors_strokes() -> None:
    assert following("pixel", SEEN, []).flags == ("detail-low",)
    assert following("pixel", SEEN._replace(weight=0.8), []).flags == ()


@pytest.mark.parametrize("look", LOOKS)
def test_profiles_survive_being_stored(look: str) -> None:
    profile = asked(look, None, ["detail-low", "color", "keep-bg"])
    assert stored(Params({"profile": profile.facts()})) == profile


@pytest.mark.parametrize(
    "profile",
    [
        None,
        "line",
        {},
        {**ANCHOR.facts(), "look": "photorealistic"},
        {**ANCHOR.facts(), "look": ["line"]},
        {**ANCHOR.facts(), "colors": ["red"]},
        {**ANCHOR.facts(), "colors": []},
        {**ANCHOR.facts(), "colors": ["#000000"] * 9},
        {**ANCHOR.facts(), "main": None},
        {**ANCHOR.facts(), "flags": "color"},
        {**ANCHOR.facts(), "weight": True},
        {**ANCHOR.facts(), "weight": 0},
        {**ANCHOR.facts(), "weight": 1e9},
        {**ANCHOR.facts(), "caps": 1},
    ],
)
def test_anything_else_is_no_profile(profile: Json) -> None:
    assert stored(Params({"profile": profile})) is None
