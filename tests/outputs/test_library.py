"""The fragment of HTML that names every icon of a library, and what is asked of the provider for it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iconbuild.errors import WorkError
from iconbuild.model.artifact import HTML, JSON, WEBP, Payload
from iconbuild.model.publishing import IconSet, SetIcon
from iconbuild.model.values import Json, Params, canonical
from iconbuild.outputs.library import Library, place_of
from iconbuild.pictures.opened import Gallery
from tests.outputs.samples import icon_set, wants

LIBRARY = Library()
HOSTILE = "\"><script>alert(1)</script>&\x1b[2J\u202e'--><i onclick=x>"


def saved(slug: str, /, **changed: Json) -> Payload:
    """What a provider says of a saved icon."""
    told: dict[str, Json] = {
        "css_class": f"ci ci-{slug}",
        "icon_id": "6f1c0e0a-3c1e-4d55-9a53-2f1d5e0b7c11",
        "slug": slug,
        "url": f"https://cdn.iconly.ai/u/{slug}.webp",
    }
    return Payload(canonical({**told, **changed}).encode(), JSON)


class Markup(HTMLParser):
    """Elements with their attributes, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.found.append((tag, dict(attrs)))


def elements(page: Payload) -> list[tuple[str, dict[str, str | None]]]:
    reader = Markup()
    reader.feed(page.data.decode())
    reader.close()
    return reader.found


def test_defaults() -> None:
    assert dict(LIBRARY.bind("dist/l.html")) == {"file": "dist/l.html", "name": "{icon}", "theme": None}


@pytest.mark.parametrize(
    ("value", "named"),
    [
        ({"name": "x"}, "file"),
        ("dist/l.png", "file"),
        ({"file": "l.html", "name": "plain"}, "name"),
        ({"file": "l.html", "name": "{icon}{icon}"}, "name"),
        ({"file": "l.html", "name": "{icon}-{size}"}, "name"),
        ({"file": "l.html", "name": ""}, "name"),
        ({"file": "l.html", "name": "{icon}\n"}, "name"),
        ({"file": "l.html", "name": "x" * 120 + "{icon}"}, "name"),
        ({"file": "l.html", "name": 3}, "name"),
        ({"file": "l.html", "theme": ""}, "theme"),
        ({"file": "l.html", "theme": ["dark"]}, "theme"),
        ({"file": "l.html", "size": 3}, "size"),
    ],
)
def test_what_is_refused_names_the_field(value: Json, named: str) -> None:
    with pytest.raises(ValueError, match=f"`{named}`"):
        LIBRARY.bind(value)


def test_one_file_by_name_each_picture_through_the_library() -> None:
    (wanted,) = wants(LIBRARY, {"file": "l.html", "name": "acme-{icon}"}, icon_set("light", "dark"))
    names = sorted(icon.name for icon in icon_set().icons)
    assert (wanted.path, wanted.icon, wanted.task) == ("l.html", None, "library")
    assert wanted.inputs == tuple((name, "light") for name in names)
    assert [each["name"] for each in wanted.settings] == [f"acme-{name}" for name in names]


def test_a_theme_is_chosen_by_name() -> None:
    (wanted,) = wants(LIBRARY, {"file": "l.html", "theme": "dark"}, icon_set("light", "dark"))
    assert {theme for _, theme in wanted.inputs} == {"dark"}
    with pytest.raises(ValueError, match="did you mean `dark`"):
        wants(LIBRARY, {"file": "l.html", "theme": "darc"}, icon_set("light", "dark"))
    with pytest.raises(ValueError, match="declares no themes"):
        wants(LIBRARY, {"file": "l.html", "theme": "dark"}, icon_set())


def test_what_is_said_of_an_icon() -> None:
    icons = (
        SetIcon("a", "ant", "", look="line", detail="high"),
        SetIcon("b", "bee", "", look="duotone", colored=True, detail="medium"),
        SetIcon("c", "art/c.svg", "", colored=True),
    )
    (wanted,) = wants(LIBRARY, "l.html", IconSet("acme", icons, ("",)))
    said = [(each["style"], each["is_colored"], each["detail_level"]) for each in wanted.settings]
    assert said == [("line", False, "high"), ("duotone", True, "medium"), ("custom", True, "none")]
    assert [icon["title"] for icon in wanted.params["icons"]] == ["ant", "bee", "c"]  # type: ignore[index,union-attr]


def test_an_empty_set_asks_for_nothing_and_a_name_needs_letters() -> None:
    assert wants(LIBRARY, "l.html", IconSet("acme", (), ("",))) == []
    dashes = IconSet("acme", (SetIcon("_", "line", "", look="line"),), ("",))
    with pytest.raises(ValueError, match="`_` would have no letter"):
        wants(LIBRARY, "l.html", dashes)
    assert wants(LIBRARY, {"file": "l.html", "name": "a{icon}"}, dashes)


def fragment(title: str, payload: Payload) -> Payload:
    return LIBRARY.run(Params({"icons": ({"name": "home", "title": title},)}), Gallery([payload]))


def test_the_fragment() -> None:
    page = fragment("a house", saved("home"))
    assert page.media == HTML
    assert elements(page) == [
        ("figure", {"data-icon": "home"}),
        ("img", {"src": "https://cdn.iconly.ai/u/home.webp", "alt": "a house"}),
        ("i", {"class": "ci ci-home", "role": "img", "aria-label": "a house"}),
        ("figcaption", {}),
    ]


@given(st.one_of(st.just(HOSTILE), st.text(max_size=60)))
def test_no_title_becomes_markup(title: str) -> None:
    page = fragment(title, saved("home"))
    assert [tag for tag, _ in elements(page)] == ["figure", "img", "i", "figcaption"]
    assert b"\x1b" not in page.data
    assert page == fragment(title, saved("home"))


@pytest.mark.parametrize(
    "payload",
    [
        saved("home", url="javascript:alert(1)"),
        saved("home", url='https://cdn.iconly.ai/"><script>'),
        saved("home", url="https://cdn.iconly.ai/a b"),
        saved("home", url=None),
        saved("home", css_class='x" onclick="y'),
        saved("home", css_class=""),
        saved("home", slug=3),
        Payload(b"{}", JSON),
        Payload(b"[]", JSON),
        Payload(b"not json", JSON),
        Payload(b"[" * 100_000, JSON),
        Payload(saved("home").data, WEBP),
    ],
)
def test_what_is_no_place_in_a_library_is_refused(payload: Payload) -> None:
    with pytest.raises(WorkError, match="no place in a library") as caught:
        place_of(payload)
    assert "script" not in caught.value.message


@given(st.binary(max_size=200))
def test_any_bytes_give_a_place_or_a_refusal(data: bytes) -> None:
    with pytest.raises(WorkError):
        place_of(Payload(data, JSON))
