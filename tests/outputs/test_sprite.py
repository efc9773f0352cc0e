"""Sprites: which parts are asked for, and whether every cell holds its icon."""

from __future__ import annotations

import pytest

from iconbuild.model.artifact import PNG, WEBP
from iconbuild.model.values import Json, Params
from iconbuild.outputs.grid import Grid
from iconbuild.outputs.sprite import Sprite
from iconbuild.pictures.decode import open_picture
from tests.outputs.samples import drawing, icon_set, made, wants

SPRITE = Sprite()


def test_the_short_form_has_its_defaults_written_out() -> None:
    assert SPRITE.bind("dist/sprite.webp") == Params(
        {
            "file": "dist/sprite.webp",
            "css": None,
            "json": None,
            "size": 64,
            "scales": [1],
            "columns": None,
            "padding": 2,
            "prefix": "icon",
            "themes": None,
        }
    )
    assert SPRITE.bind("a.png") == SPRITE.bind({"file": "a.png", "columns": "auto", "padding": 2})


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("dist/sprite", "must end in .png or .webp"),
        ("dist/sprite.svg", "must end in .png or .webp"),
        ("dist/.png", "must end in .png or .webp"),
        ({"css": "a.css"}, "`sprite` needs `file`"),
        ({"file": "a.png", "css": "a.scss"}, "`css` must end in .css"),
        ({"file": "a.png", "json": "/a.json"}, "absolute"),
        ({"file": "a.png", "size": 0}, "`size` must be a whole number from 1 to 1024"),
        ({"file": "a.png", "size": 512, "scales": [3]}, "makes 1536 pixels"),
        ({"file": "a.png", "columns": 0}, "`columns`"),
        ({"file": "a.png", "columns": "many"}, "`columns`"),
        ({"file": "a.png", "padding": -1}, "`padding`"),
        ({"file": "a.png", "prefix": ""}, "`prefix` must be letters"),
        ({"file": "a.png", "prefix": "a b"}, "`prefix` must be letters"),
        ({"file": "a.png", "prefix": "--"}, "`prefix` must be letters"),
        ({"file": "a.png", "prefix": "*/"}, "`prefix` must be letters"),
        ({"file": "a.png", "colums": 3}, "did you mean `columns`"),
    ],
)
def test_anything_else_is_refused_with_the_reason(value: Json, reason: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the reason is compared below, as plain text
        SPRITE.bind(value)
    assert reason in str(caught.value)


def test_parts_come_by_theme_and_scale_and_the_stylesheet_last() -> None:
    value: Json = {"file": "d/s.webp", "css": "d/s.css", "json": "d/s.json", "scales": [2, 1]}
    found = wants(SPRITE, value, icon_set("light", "dark"))
    assert [wanted.path for wanted in found] == [
        *("d/s-light.webp", "d/s-light.json", "d/s-light@2x.webp", "d/s-light@2x.json"),
        *("d/s-dark.webp", "d/s-dark.json", "d/s-dark@2x.webp", "d/s-dark@2x.json"),
        "d/s.css",
    ]
    assert found[0].inputs == (("home", "light"), ("disc", "light"), ("7-bar", "light"))
    assert all(wanted.inputs == () for wanted in found if not wanted.path.endswith(".webp"))
    assert {wanted.icon for wanted in found} == {None}


def test_renaming_an_icon_does_not_make_the_picture_again() -> None:
    value: Json = {"file": "s.png", "css": "s.css"}
    image, css = wants(SPRITE, value, icon_set(names=("home", "disc")))
    other_image, other_css = wants(SPRITE, value, icon_set(names=("house", "disc")))
    assert image.params == other_image.params
    assert css.params != other_css.params


def test_an_empty_set_has_no_sprite() -> None:
    assert wants(SPRITE, {"file": "s.png", "css": "s.css"}, icon_set(names=())) == []


def test_a_sprite_that_no_format_holds_is_refused_while_planning() -> None:
    with pytest.raises(ValueError, match="more than 16383 a side"):
        wants(SPRITE, {"file": "s.webp", "size": 256, "scales": [4]}, icon_set(names=tuple(map(str, range(300)))))
    with pytest.raises(ValueError, match="more than 16383 a side"):
        wants(SPRITE, {"file": "s.webp", "columns": 1}, icon_set(names=tuple(map(str, range(300)))))


@pytest.mark.parametrize(("kind", "media"), [("png", PNG), ("webp", WEBP)])
@pytest.mark.parametrize(("columns", "padding"), [("auto", 2), (1, 0), (9, 3)])
def test_every_cell_is_the_icon_and_nothing_is_between(kind: str, media: str, columns: Json, padding: int) -> None:
    value: Json = {"file": f"s.{kind}", "size": 20, "scales": [1, 2], "columns": columns, "padding": padding}
    for wanted in wants(SPRITE, value, icon_set("light", "dark")):
        payload = made(SPRITE, wanted)
        assert payload.media == media
        atlas, grid = open_picture(payload, None), Grid.of(wanted.params["grid"])
        assert atlas.size == (grid.width, grid.height)
        opaque = 0
        for place, (icon, theme) in enumerate(wanted.inputs):
            x, y = grid.corner(place)
            cell = atlas.crop((x, y, x + grid.cell, y + grid.cell))
            direct = open_picture(drawing(icon, theme), grid.cell)
            assert cell.convert("RGBa").tobytes() == direct.convert("RGBa").tobytes()
            opaque += sum(direct.getchannel("A").tobytes())
        assert sum(atlas.getchannel("A").tobytes()) == opaque
