from collections.abc import Sequence

import numpy as np

from iconbuild.providers.local.packs.artwork import Artwork
from iconbuild.providers.local.vectors import markup
from iconbuild.providers.local.vectors.arrange import Item, Thing
from iconbuild.providers.local.vectors.compose import GAP, badged, beside, silhouette
from iconbuild.providers.local.vectors.keyline import Fit
from tests.providers.local.drawing import box, document, item, pixels, things

RED, BLUE = "#ff0000", "#0000ff"
PICTURE = Artwork(picture=('<rect fill="#0a0" x="96" y="96" width="64" height="64"/>',))


def painted(pair: Sequence[Thing]) -> dict[str, list[str]]:
    return {thing.name: silhouette(thing, color) for thing, color in zip(pair, (RED, BLUE), strict=True)}


def test_a_badge_has_a_clear_gap_around_it() -> None:
    pair = things("glyph", item("house"), item("heart"))
    marks = painted(pair)
    drawn = pixels(markup.document(badged(pair, lambda thing: marks[thing.name])))
    badge = pixels(markup.document(silhouette(pair[1], "#000", GAP - 1)))[..., 3] > 250
    first = drawn[..., 0] > 0
    assert not (first & badge).any()
    assert (first & (pixels(markup.document(silhouette(pair[1], "#000", GAP + 5)))[..., 3] > 0)).any()


def test_a_badge_has_the_same_weight_as_what_it_sits_on() -> None:
    alpha = pixels(document("line", "square", "plus"), 512)[..., 3] / 255
    columns, rows = alpha.sum(axis=0), alpha.sum(axis=1)
    badge_column = int(columns[400:].argmax()) + 400
    across = alpha[rows.argmax() - 90 : rows.argmax() - 60, badge_column - 40 : badge_column + 40].sum(axis=1)
    side = alpha[200, :150].sum()
    weight = 1.5 * 512 / 24
    assert abs(side - weight) < 1
    assert np.median(across[across > 1]) == np.float64(across[across > 1][0])
    assert abs(np.median(across[across > 1]) - weight) < 1


def test_a_shadow_falls_on_the_back_one_only() -> None:
    pair = things("gradient", item("house"), item("heart"))
    marks = painted(pair)
    plain = pixels(markup.document([*marks["house"], *marks["heart"]])).astype(int)
    shaded = pixels(markup.document(beside(pair, lambda thing: marks[thing.name]))).astype(int)
    changed = np.abs(plain - shaded).sum(axis=2) > 24
    back = (plain[..., 0] > 200) & (plain[..., 3] > 200)
    assert changed.sum() > 200
    assert (changed & ~back).sum() < 0.08 * changed.sum()  # pixels that an edge only touches
    assert shaded[..., 0][changed].mean() < plain[..., 0][changed].mean()


def test_a_shadow_grows_darker_towards_what_casts_it() -> None:
    pair = things("gradient", item("house"), item("heart"))
    back = silhouette(pair[0], "#ffffff")
    marks = {"house": back, "heart": silhouette(pair[1], "#0000ff")}
    drawn = pixels(markup.document(beside(pair, lambda thing: marks[thing.name], "#000000")), 512)
    seen = (drawn[..., 3] == 255) & (drawn[..., 0] == drawn[..., 2])
    levels, counts = np.unique(drawn[..., 0][seen], return_counts=True)
    areas = levels[counts > 400].astype(int)  # edges have many levels, of a few pixels each
    assert np.abs(areas - [174, 202, 229.5, 255]).max() <= 1  # under three, two and one rings, and beside the shadow


def test_a_shadow_takes_one_layer() -> None:
    pair = things("gradient", item("house"), item("heart"))
    svg = markup.document(beside(pair, lambda thing: painted(pair)[thing.name]))
    assert svg.count("<mask") == svg.count("mask=") == 1
    assert "opacity" not in svg


def test_one_thing_is_only_painted() -> None:
    (alone,) = things("glyph", item("house"))
    assert badged([alone], lambda _: ["<g/>"]) == beside([alone], lambda _: ["<g/>"]) == ["<g/>"]


def test_a_picture_has_a_silhouette_in_one_colour_that_grows() -> None:
    thing = Thing("green", PICTURE, Fit(1.0, 0.0, 0.0))
    plain = pixels(markup.document(silhouette(thing, "#f00")))
    grown = pixels(markup.document(silhouette(thing, RED, 10.0)))
    for drawn in (plain, grown):
        assert tuple(drawn[128, 128]) == (255, 0, 0, 255)
    assert plain[128, :, 3].sum() / 255 == 64
    assert grown[128, :, 3].sum() / 255 == 84


def test_pictures_stand_beside_each_other_without_repeating_their_ids() -> None:
    gradient = '<linearGradient id="{0}-g"><stop stop-color="#f00"/></linearGradient>'
    circle = '<circle fill="url(#{0}-g)" r="90" cx="128" cy="128"/>'
    pair = things(
        "flat", *(Item(name, Artwork(picture=(gradient.format(name), circle.format(name)))) for name in ("one", "two"))
    )
    svg = markup.document(beside(pair, lambda thing: markup.moved(thing.fit, list(thing.artwork.picture))))
    assert svg.count('id="one-g"') == svg.count('id="two-g"') == 1
    left, _, right, _ = box(pixels(svg)[..., 3])
    assert right - left > 200
