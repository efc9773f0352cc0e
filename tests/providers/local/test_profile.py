import pytest

from iconbuild.model.values import Json, Params
from iconbuild.providers.local.profile import Profile, asked, following, stored

ANCHOR = Profile("duotone", "#14532d", "#bbf7d0", 1.9)


def test_detail_is_weight() -> None:
    weights = [asked("line", None, [flag]).weight for flag in ("detail-low", "detail-medium", "detail-high")]
    assert weights == sorted(weights, reverse=True)
    assert asked("line", None, []).weight == weights[1]


def test_color_is_the_ink_of_every_look() -> None:
    for look in ("line", "glyph", "outline", "duotone"):
        profile = asked(look, "#3b82f6", [])
        assert profile.ink == "#3b82f6"
        assert (profile.accent is not None) == (look == "duotone")


def test_following_takes_colours_and_weight_and_keeps_the_look() -> None:
    assert following("line", ANCHOR) == Profile("line", "#14532d", None, 1.9)
    assert following("duotone", ANCHOR) == ANCHOR


def test_following_an_anchor_without_an_accent_derives_one() -> None:
    profile = following("duotone", Profile("line", "#14532d", None, 1.5))
    assert profile.accent not in (None, "#14532d")


def test_a_contour_never_closes_the_gap_it_runs_around() -> None:
    assert following("outline", Profile("line", "#000000", None, 3.0)).weight < 1


def test_profiles_survive_being_stored() -> None:
    assert stored(Params({"profile": ANCHOR.facts()})) == ANCHOR


@pytest.mark.parametrize(
    "profile",
    [
        None,
        "line",
        {},
        {**ANCHOR.facts(), "ink": "red"},
        {**ANCHOR.facts(), "weight": True},
        {**ANCHOR.facts(), "caps": 1},
    ],
)
def test_anything_else_is_no_profile(profile: Json) -> None:
    assert stored(Params({"profile": profile})) is None
