"""The contact sheet: nothing from outside, nothing that runs, real pixels, and every word escaped."""

from __future__ import annotations

import re
from base64 import b64decode
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from iconbuild.errors import PictureError
from iconbuild.model.artifact import HTML, PNG, SVG, Payload
from iconbuild.model.publishing import IconSet, SetIcon
from iconbuild.model.values import Json, Params
from iconbuild.outputs.html import Html
from iconbuild.pictures.decode import open_picture
from iconbuild.pictures.encode import encode
from iconbuild.pictures.opened import Gallery
from tests.outputs.samples import SHAPES, drawing, icon_set, made, wants

SHEET = Html()
VOID = {"meta", "img", "br"}
HOSTILE = "</style><script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;\x1b[2J\u202e"


class Page(HTMLParser):
    """A page's elements with the classes around them, and its text; asserts that elements close in order."""

    def __init__(self, payload: Payload) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str], list[str]]] = []
        self.text: list[str] = []
        self._open: list[tuple[str, str]] = []
        assert payload.media == HTML
        self.feed(payload.data.decode())
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        assert len(found) == len(attrs)
        self.tags.append((tag, found, [name for _, name in self._open if name]))
        if tag not in VOID:
            self._open.append((tag, found.get("class", "")))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def images(self) -> list[tuple[dict[str, str], str]]:
        """Each image's attributes with the ground it stands on."""
        return [(attrs, around[-1]) for tag, attrs, around in self.tags if tag == "img"]


def page(icons: IconSet, value: Json = "dist/index.html") -> Page:
    return Page(made(SHEET, wants(SHEET, value, icons)[0]))


def content(uri: str) -> Payload:
    media, _, data = uri.removeprefix("data:").partition(";base64,")
    return Payload(b64decode(data, validate=True), media)


def test_the_short_form_has_its_defaults_written_out() -> None:
    expected = Params({"file": "dist/index.html", "title": None, "sizes": [16, 24, 32, 48]})
    assert SHEET.bind("dist/index.html") == expected
    assert SHEET.bind({"file": "dist/index.html", "sizes": [48, 32, 24, 16]}) == expected


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("dist/index", "must end in .html or .htm"),
        ({"file": "a.html", "title": ""}, "`title` must be a text"),
        ({"file": "a.html", "title": 5}, "`title` must be a text"),
        ({"file": "a.html", "title": "x" * 201}, "`title` must be a text"),
        ({"file": "a.html", "sizes": [4]}, "from 8 to 256"),
        ({"file": "a.html", "sizes": [512]}, "from 8 to 256"),
        ({"file": "a.html", "tilte": "x"}, "did you mean `title`"),
    ],
)
def test_anything_else_is_refused_with_the_reason(value: Json, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        SHEET.bind(value)


def test_one_page_takes_every_icon_in_every_theme() -> None:
    (wanted,) = wants(SHEET, "i.html", icon_set("light", "dark", names=("home", "disc")))
    assert wanted.path == "i.html"
    assert wanted.inputs == (("home", "light"), ("home", "dark"), ("disc", "light"), ("disc", "dark"))


def test_every_word_that_reaches_the_page_is_in_its_recipe() -> None:
    icons = icon_set()
    recipes = {wants(SHEET, value, icons)[0].params for value in ("i.html", {"file": "i.html", "title": "T"})}
    recipes |= {wants(SHEET, {"file": "i.html", "sizes": [16]}, icons)[0].params}
    for changed in (
        IconSet("other", icons.icons, icons.themes, icons.notes),
        IconSet("acme", icons.icons, icons.themes, ("dearer",)),
        IconSet("acme", icons.icons[::-1], icons.themes, icons.notes),
        IconSet("acme", (SetIcon("home", "changed", "0 tokens"), *icons.icons[1:]), icons.themes, icons.notes),
        IconSet("acme", (SetIcon("home", "a home", "changed"), *icons.icons[1:]), icons.themes, icons.notes),
        icon_set("light"),
    ):
        recipes.add(wants(SHEET, "i.html", changed)[0].params)
    assert len(recipes) == 9


def assert_closed(found: Page) -> None:
    """Nothing is loaded from elsewhere and nothing can run."""
    assert {tag for tag, _, _ in found.tags}.isdisjoint({"script", "link", "iframe", "object", "base", "form", "a"})
    for _, attrs, _ in found.tags:
        assert not any(key.startswith("on") or key in {"href", "srcset", "style", "action"} for key in attrs)
        if "src" in attrs:
            assert attrs["src"].startswith(("data:image/svg+xml;base64,", "data:image/png;base64,"))
    policy = next(attrs for _, attrs, _ in found.tags if "http-equiv" in attrs)
    assert policy["content"] == "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    assert not re.search(r"url\(|@import|https?:", "".join(found.text))


def test_the_page_is_closed_and_readable_without_seeing_it() -> None:
    found = page(icon_set())
    assert_closed(found)
    assert next(attrs for tag, attrs, _ in found.tags if tag == "html")["lang"] == "en"
    alts = [attrs["alt"] for attrs, _ in found.images()]
    assert all(alts)
    assert len(set(alts)) == len(alts)


def test_hostile_words_stay_words() -> None:
    facts = Params(dict.fromkeys(("icon", "artwork", "licence", "author"), HOSTILE) | {"warnings": (HOSTILE,)})
    icons = IconSet(HOSTILE, (SetIcon(HOSTILE, HOSTILE, HOSTILE),), (HOSTILE,), (HOSTILE,))
    (wanted,) = wants(SHEET, "i.html", icons)
    payload = SHEET.run(wanted.params, Gallery([Payload(drawing("home").data, SVG, facts)]))
    found = Page(payload)
    assert_closed(found)
    assert sum("<script>alert(1)</script>" in text for text in found.text) >= 9
    assert payload.data.decode().replace("\n", "").isprintable()


def test_real_sizes_are_exactly_those_pixels() -> None:
    found = page(icon_set(names=("home", "disc")), {"file": "i.html", "sizes": [16, 40]})
    real = [attrs for attrs, _ in found.images() if attrs["alt"].endswith("px")]
    assert [attrs["width"] for attrs in real] == ["16"] * 4 + ["40"] * 4
    for attrs in real:
        size = int(attrs["width"])
        direct = open_picture(drawing(attrs["alt"].split()[0]), size)
        shown = open_picture(content(attrs["src"]), None)
        assert attrs["height"] == attrs["width"]
        assert shown.convert("RGBa").tobytes() == direct.convert("RGBa").tobytes()


def test_drawings_are_embedded_as_they_are_and_pictures_twice_as_dense() -> None:
    (wanted,) = wants(SHEET, "i.html", icon_set(names=("home",)))
    vector = drawing("home")
    large = Page(SHEET.run(wanted.params, Gallery([vector]))).images()[0][0]
    assert content(large["src"]).data == vector.data
    raster = Payload(encode(open_picture(vector, 512), "png"), PNG)
    dense = Page(SHEET.run(wanted.params, Gallery([raster]))).images()[0][0]
    assert (large["width"], dense["width"]) == ("96", "96")
    assert open_picture(content(dense["src"]), None).size == (192, 192)


def test_a_bulky_drawing_is_shown_as_a_picture() -> None:
    (wanted,) = wants(SHEET, "i.html", icon_set(names=("home",)))
    bulky = drawing("home").data.replace(b"</svg>", b"<!--" + b"x" * 30_000 + b"--></svg>")
    assert content(Page(SHEET.run(wanted.params, Gallery([Payload(bulky, SVG)]))).images()[0][0]["src"]).media == PNG


def test_an_active_drawing_never_reaches_the_page() -> None:
    (wanted,) = wants(SHEET, "i.html", icon_set(names=("home",)))
    active = drawing("home").data.replace(b"</svg>", b"<script>alert(1)</script></svg>")
    with pytest.raises(PictureError):
        SHEET.run(wanted.params, Gallery([Payload(active, SVG)]))


def test_a_set_without_themes_stands_on_both_grounds() -> None:
    found = page(icon_set(names=("home",)), {"file": "i.html", "sizes": [16]})
    assert [ground for _, ground in found.images()] == ["light", "dark", "light", "dark"]


def test_themes_stand_on_their_own_ground() -> None:
    found = page(icon_set("light", "dark", names=("home",)), {"file": "i.html", "sizes": [16]})
    assert [(attrs["alt"], ground) for attrs, ground in found.images()] == [
        ("home, light", "light"),
        ("home, dark", "dark"),
        ("home, light, 16 px", "light"),
        ("home, dark, 16 px", "dark"),
    ]
    assert content(found.images()[1][0]["src"]).data == drawing("home", "dark").data


def test_an_icon_that_vanishes_on_a_ground_is_named() -> None:
    (wanted,) = wants(SHEET, "i.html", icon_set(names=("home",)))
    faint = Page(SHEET.run(wanted.params, Gallery([drawing("home", "light")])))
    clear = Page(SHEET.run(wanted.params, Gallery([drawing("home", "")])))
    marks = [around[-1] for _, attrs, around in faint.tags if attrs.get("class") == "faint"]
    assert marks == ["dark"]
    assert "contrast 1.0:1" in faint.text
    assert not [attrs for _, attrs, _ in clear.tags if attrs.get("class") == "faint"]


def test_provenance_says_what_is_known_once() -> None:
    (wanted,) = wants(SHEET, "i.html", icon_set(names=("home", "disc")))
    words = {
        "icon": "ph:x",
        "artwork": "Phosphor",
        "author": "Phosphor",
        "licence": "MIT",
        "warnings": ["w1", "w1", "w2"],
    }
    known = drawing("home", facts=words)
    found = Page(SHEET.run(wanted.params, Gallery([known, drawing("disc")])))
    row = "|".join(text.strip() for text in found.text if text.strip())
    assert "home|a home|ph:x|Phosphor|MIT|Phosphor|0 tokens|w1|w2|disc|a disc|none given|none given|1 tokens" in row


@pytest.mark.parametrize("raster", [False, True])
def test_six_real_icons_make_a_small_page(raster: bool) -> None:
    folder = files("py_phosphor_icons") / "svgs" / "stroke" / "duotone"
    names = ("chart-bar", "users", "gear", "credit-card", "chat", "bell")
    drawings = [Payload((folder / f"{name}-duotone.svg").read_bytes(), SVG) for name in names]
    if raster:
        drawings = [Payload(encode(open_picture(payload, 512), "png"), PNG) for payload in drawings]
    (wanted,) = wants(SHEET, "i.html", icon_set(names=names))
    assert len(SHEET.run(wanted.params, Gallery(drawings)).data) < 200_000


def test_a_large_set_gets_small_cards() -> None:
    names = tuple(f"{name}{place}" for place in range(5) for name in SHAPES)
    (wanted,) = wants(SHEET, "i.html", icon_set(names=names))
    found = Page(SHEET.run(wanted.params, Gallery([drawing("home")] * len(names))))
    assert "grid many" in {attrs.get("class") for _, attrs, _ in found.tags}
