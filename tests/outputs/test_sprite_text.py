"""The stylesheet and the JSON of a sprite say where each icon is, for every theme and density."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iconbuild.model.artifact import CSS, JSON
from iconbuild.model.publishing import IconSet
from iconbuild.model.values import Json
from iconbuild.outputs.grid import Grid
from iconbuild.outputs.sprite import Sprite
from iconbuild.outputs.sprite_text import escape
from tests.outputs.samples import icon_set, made, wants

SPRITE = Sprite()
Rule = tuple[str, str, dict[str, str]]


def stylesheet(icons: IconSet, **more: Json) -> str:
    value: Json = {"file": "dist/s.webp", "css": "dist/s.css", **more}
    payload = made(SPRITE, wants(SPRITE, value, icons)[-1])
    assert payload.media == CSS
    return payload.data.decode()


def rules(css: str) -> list[Rule]:
    """(media, selector, declarations) of a stylesheet as written here; asserts that nothing is left over."""
    found, rest = [], re.sub(r"/\*.*?\*/", "", css, flags=re.S).strip()
    block = re.compile(r"(?:@media ([^{]*) \{ )?([^{}@]+?) \{([^{}]*)\}(?(1) \})\s*")
    while match := block.match(rest):
        pairs = (line.partition(":") for line in match[3].split(";") if line.strip())
        found.append((match[1] or "", match[2], {key.strip(): value.strip() for key, _, value in pairs}))
        rest = rest[match.end() :]
    assert rest == ""
    return found


def unescape(name: str) -> str:
    """A CSS identifier read back, by the rules of CSS Syntax 3 ("consume an escaped code point")."""
    read = re.sub(r"\\([0-9a-f]{1,6}) |\\(.)", lambda m: chr(int(m[1], 16)) if m[1] else m[2], name, flags=re.S)
    assert not re.match(r"-?[0-9]", name)
    return read


def test_each_icon_has_its_place_and_the_sprite_its_size() -> None:
    found = rules(stylesheet(icon_set(), size=20, padding=3, columns=2))
    assert found == [
        (
            "",
            ".icon",
            {
                "display": "inline-block",
                "width": "20px",
                "height": "20px",
                "background-repeat": "no-repeat",
                "background-size": "49px 49px",
            },
        ),
        ("", ".icon", {"background-image": 'url("s.webp")'}),
        ("", ".icon-home", {"background-position": "-3px -3px"}),
        ("", ".icon-disc", {"background-position": "-26px -3px"}),
        ("", ".icon-7-bar", {"background-position": "-3px -26px"}),
    ]


def test_densities_and_themes_in_the_order_that_lets_the_page_decide() -> None:
    found = rules(stylesheet(icon_set("light", "dark"), scales=[1, 2]))
    dense, dark = "(min-resolution: 1.5dppx)", "(prefers-color-scheme: dark)"
    images = [
        (media, selector, style["background-image"]) for media, selector, style in found if "background-image" in style
    ]
    assert images == [
        ("", ".icon", 'url("s-light.webp")'),
        (dark, ":where(:root:not([data-theme])) .icon", 'url("s-dark.webp")'),
        ("", '[data-theme="light"] .icon', 'url("s-light.webp")'),
        ("", '[data-theme="dark"] .icon', 'url("s-dark.webp")'),
        (dense, ".icon", 'url("s-light@2x.webp")'),
        (f"{dark} and {dense}", ":where(:root:not([data-theme])) .icon", 'url("s-dark@2x.webp")'),
        (dense, '[data-theme="light"] .icon', 'url("s-light@2x.webp")'),
        (dense, '[data-theme="dark"] .icon', 'url("s-dark@2x.webp")'),
    ]


def test_a_dark_theme_listed_first_is_still_not_the_default() -> None:
    assert '\n.icon { background-image: url("s-light.webp"); }' in stylesheet(icon_set("dark", "light"))
    assert "prefers-color-scheme" not in stylesheet(icon_set("dark"))


def test_the_largest_scale_alone_needs_no_condition() -> None:
    css = stylesheet(icon_set(), scales=[2])
    assert "@media" not in css
    assert 'url("s@2x.webp")' in css


@pytest.mark.parametrize(
    ("file", "css", "url"),
    [
        ("dist/s.webp", "dist/s.css", "s.webp"),
        ("dist/img/s.webp", "dist/css/s.css", "../img/s.webp"),
        ("s.webp", "a/b/s.css", "../../s.webp"),
        ("img/s.webp", "s.css", "img/s.webp"),
        ('a "b"#?%.webp', "s.css", "a%20%22b%22%23%3F%25.webp"),
    ],
)
def test_links_lead_from_the_stylesheet_to_the_sprite(file: str, css: str, url: str) -> None:
    value: Json = {"file": file, "css": css}
    assert f'url("{url}")' in made(SPRITE, wants(SPRITE, value, icon_set())[-1]).data.decode()


def test_class_names_that_css_would_misread_are_escaped() -> None:
    found = rules(stylesheet(icon_set(names=("a.b", "x:y", "ü")), prefix="3d"))
    assert [selector for _, selector, _ in found[2:]] == [r".\33 d-a\.b", r".\33 d-x\:y", ".\\33 d-ü"]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_escaped_names_read_back_as_they_were(name: str) -> None:
    assert unescape(escape(name)) == name


def test_the_json_of_each_atlas_is_in_its_own_pixels() -> None:
    value: Json = {"file": "d/s.png", "json": "d/s.json", "size": 10, "padding": 1, "columns": 2, "scales": [1, 2]}
    found = [wanted for wanted in wants(SPRITE, value, icon_set("dark")) if wanted.path.endswith(".json")]
    payload = made(SPRITE, found[1])
    assert payload.media == JSON
    assert json.loads(payload.data) == {
        "version": 1,
        "image": "s-dark@2x.png",
        "theme": "dark",
        "scale": 2,
        "width": 46,
        "height": 46,
        "size": 20,
        "icons": {
            "home": {"x": 2, "y": 2, "width": 20, "height": 20},
            "disc": {"x": 24, "y": 2, "width": 20, "height": 20},
            "7-bar": {"x": 2, "y": 24, "width": 20, "height": 20},
        },
    }
    assert list(json.loads(payload.data)["icons"]) == ["home", "disc", "7-bar"]


def test_stylesheet_and_json_agree() -> None:
    value: Json = {"file": "s.png", "css": "s.css", "json": "s.json", "size": 16}
    _, text, css = wants(SPRITE, value, icon_set())
    places = {name: (-at["x"], -at["y"]) for name, at in json.loads(made(SPRITE, text).data)["icons"].items()}
    written = re.findall(
        r"\.icon-(\S+) \{ background-position: (-?\d+)px (-?\d+)px; \}", made(SPRITE, css).data.decode()
    )
    assert {name: (int(x), int(y)) for name, x, y in written} == places
    assert Grid.of(css.params["grid"]) == Grid.of(text.params["grid"])
