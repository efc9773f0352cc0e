from __future__ import annotations

from tests.builders import icon, manifest, source


def test_artwork_is_named_once_whoever_uses_it() -> None:
    made = manifest(
        icon("logo", from_="brand/logo.svg"),
        icon("again", from_="brand/logo.svg"),
        icon("home", anchor=source("brand/mood.png")),
        icon("cart", anchor="logo"),
    )
    assert made.artwork == ["brand/logo.svg", "brand/mood.png"]


def test_an_icon_is_found_by_its_name() -> None:
    made = manifest(icon("home"), icon("cart"))
    assert made.icon("cart") is made.icons[1]
    assert made.icon("Cart") is None
