"""Loose files: which are asked for, where they go, and what is in them."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from PIL.IcoImagePlugin import IcoImageFile

from iconbuild.errors import PictureError
from iconbuild.model.artifact import AVIF, ICO, PNG, SVG, WEBP, Payload
from iconbuild.model.publishing import Wanted
from iconbuild.model.values import Json, Params
from iconbuild.outputs.file_paths import DEFAULT_PATH
from iconbuild.outputs.files import Files
from iconbuild.pictures.decode import open_picture
from iconbuild.pictures.opened import Gallery
from tests.outputs.samples import drawing, icon_set, made, wants

FILES = Files()


def test_the_short_form_has_its_defaults_written_out() -> None:
    assert FILES.bind("dist/icons") == Params(
        {
            "dir": "dist/icons",
            "formats": ["png"],
            "sizes": [64],
            "scales": [1],
            "path": DEFAULT_PATH,
            "themes": None,
            "current-color": False,
        }
    )
    assert FILES.bind("dist/icons") == FILES.bind({"dir": "./dist/icons/"})


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, "must be a path or a table"),
        ({"dir": "d", "formats": ["jpg"]}, "`formats` knows `png`, `webp`, `avif`, `ico`, `svg`"),
        (
            {"dir": "d", "formats": ["ico"], "sizes": [16, 512]},
            "size 512 is too large: `ico` holds pictures of at most",
        ),
        ({"dir": "d", "formats": ["ico", "png"], "sizes": [257]}, "`ico` holds pictures of at most 256 px: add such"),
        ({"dir": "d", "formats": "png"}, "`formats` must be a list"),
        ({"dir": "d", "formats": ["png", "png"]}, "`formats` holds png twice"),
        ({"dir": "d", "sizes": [0]}, "from 1 to 1024"),
        ({"dir": "d", "scales": [1.5]}, "`scales` must be a whole number from 1 to 4, not 1.5"),
        ({"dir": "d", "scales": [5]}, "from 1 to 4"),
        ({"dir": "d", "sizes": [16, 600], "scales": [1, 2]}, "size 600 at scale 2 makes 1200 pixels"),
        ({"dir": "d", "themes": []}, "`themes` must be a list"),
        ({"dir": "d", "themes": ["a", "a"]}, "`themes` holds a twice"),
        ({"dir": "d", "path": "{nmae}.png"}, "unknown placeholder {nmae}; did you mean `name`"),
        ({"dir": "d", "path": "{name!r}.png"}, "unknown placeholder"),
        ({"dir": "d", "path": "{name.__class__}.png"}, "unknown placeholder"),
        ({"dir": "d", "path": "{name.png"}, "a brace that is not part of a placeholder"),
        ({"dir": "d", "path": "{name}"}, "must end in"),
        ({"dir": "d", "path": "{name}.webp"}, "must end in"),
        ({"dir": "d", "formats": ["png", "webp"], "path": "{name}.png"}, "must end in .{format}, not"),
        ({"dir": "d", "path": "/{name}.png"}, "absolute"),
        ({"dir": "d", "path": "../{name}.png"}, "inside the project"),
        ({"dir": "d", "path": 5}, "`path` must be a path"),
        ({"dir": "d", "colour": 1}, "unknown key `colour`"),
        ({"dir": "d", "current-color": True}, "`current-color` is for SVG"),
        ({"dir": "d", "formats": ["svg"], "current-color": "red"}, "`current-color` must be true or false"),
    ],
)
def test_anything_else_is_refused_with_the_reason(value: Json, reason: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the reason is compared below, as plain text
        FILES.bind(value)
    assert reason in str(caught.value)


def test_files_come_by_theme_icon_size_scale_and_format() -> None:
    value = {"dir": "d", "formats": ["webp", "png"], "sizes": [48, 24], "scales": [1, 2]}
    paths = [wanted.path for wanted in wants(FILES, value, icon_set("light", "dark", names=("home", "disc")))]
    assert paths[:9] == [
        "d/light/home-48.webp",
        "d/light/home-48.png",
        "d/light/home-48@2x.webp",
        "d/light/home-48@2x.png",
        "d/light/home-24.webp",
        "d/light/home-24.png",
        "d/light/home-24@2x.webp",
        "d/light/home-24@2x.png",
        "d/light/disc-48.webp",
    ]
    assert len(paths) == len(set(paths)) == 2 * 2 * 2 * 2 * 2
    assert all(path.startswith("d/dark/") for path in paths[16:])


@pytest.mark.parametrize(
    ("folder", "pattern", "path"),
    [
        ("d", "{name}.{format}", "d/home.png"),
        ("d", "{size}x{scale}/{name}{@scale}.png", "d/24x2/home@2x.png"),
        ("d", "{theme}-{name}_{pixels}.png", "d/light-home_48.png"),
        (".", "{name}.png", "home.png"),
        ("{name}", "{name}.png", "{name}/home.png"),
    ],
)
def test_own_patterns(folder: str, pattern: str, path: str) -> None:
    value: Json = {"dir": folder, "path": pattern, "sizes": [24], "scales": [2]}
    assert wants(FILES, value, icon_set("light", names=("home",)))[0].path == path


def test_names_are_not_read_as_patterns() -> None:
    assert wants(FILES, "d", icon_set(names=("{size}",)))[0].path == "d/{size}-64.png"


def test_a_set_without_themes_has_no_folder_for_them() -> None:
    assert [wanted.path for wanted in wants(FILES, "d", icon_set(names=("home",)))] == ["d/home-64.png"]


def test_equal_pictures_share_a_recipe_whatever_they_are_called() -> None:
    value: Json = {"dir": "d", "sizes": [24, 48], "scales": [1, 2]}
    by_path = {wanted.path: wanted for wanted in wants(FILES, value, icon_set(names=("home",)))}
    small, large = by_path["d/home-24@2x.png"], by_path["d/home-48.png"]
    assert (small.params, small.inputs) == (large.params, large.inputs)
    assert large.params == Params({"format": "png", "pixels": 48})
    assert large.icon == "home"


def test_a_theme_subset_is_kept_to() -> None:
    found = wants(FILES, {"dir": "d", "themes": ["dark"]}, icon_set("light", "dark"))
    assert {theme for wanted in found for _, theme in wanted.inputs} == {"dark"}
    with pytest.raises(ValueError, match="does not have"):
        wants(FILES, {"dir": "d", "themes": ["night"]}, icon_set("light", "dark"))


@pytest.mark.parametrize(("kind", "media"), [("png", PNG), ("webp", WEBP)])
def test_the_bytes_are_the_picture_in_the_format_at_the_size(kind: str, media: str) -> None:
    value: Json = {"dir": "d", "formats": [kind], "sizes": [24], "scales": [2]}
    payload = made(FILES, wants(FILES, value, icon_set(names=("home",)))[0])
    picture, direct = open_picture(payload, None), open_picture(drawing("home"), 48)
    assert payload.media == media
    assert picture.size == (48, 48)
    assert picture.convert("RGBa").tobytes() == direct.convert("RGBa").tobytes()


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        (DEFAULT_PATH, "d/dark/home.svg"),
        ("{size}/{name}.{format}", "d/home.svg"),
        ("{name}_{pixels}px.{format}", "d/home.svg"),
        ("{format}/{name}@{scale}x.{format}", "d/svg/home.svg"),
    ],
)
def test_a_drawing_has_one_file_without_a_size(pattern: str, path: str) -> None:
    value = {"dir": "d", "formats": ["svg", "png"], "sizes": [16, 24], "scales": [1, 2], "path": pattern}
    found = [wanted for wanted in wants(FILES, value, icon_set("dark", names=("home",))) if wanted.drawing]
    assert [(wanted.path, wanted.pixels) for wanted in found] == [(path, 0)]


def test_a_drawing_keeps_its_colours_unless_the_text_around_it_decides() -> None:
    picture = Payload(
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256"><path d="M0 0H256V256Z" fill="#123456"/></svg>',
        SVG,
    )
    recipe = {"format": "svg", "name": "home"}
    plain = FILES.run(Params({**recipe, "current-color": False}), Gallery([picture]))
    assert plain.media == SVG
    assert b'fill="#123456"' in plain.data
    assert b'fill="currentColor"' in FILES.run(Params({**recipe, "current-color": True}), Gallery([picture])).data


def test_the_engine_says_which_of_several_colours_is_the_ink() -> None:
    body = b'<path d="M0 0H9Z" fill="#aaaaaa"/><path d="M0 0H9Z" fill="#123456"/>'
    data = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256">' + body + b"</svg>"
    params = Params({"format": "svg", "name": "home", "current-color": True})
    with pytest.raises(PictureError, match="in one colour; this one has 2"):
        FILES.run(params, Gallery([Payload(data, SVG)]))
    facts = Params({"profile": {"colors": ["#123456", "#aaaaaa"]}})
    written = FILES.run(params, Gallery([Payload(data, SVG, facts)])).data
    assert b'fill="currentColor"' in written
    assert b'fill="currentColor" fill-opacity=".35"' in written


@pytest.mark.parametrize(
    ("value", "paths", "sizes"),
    [
        ({"formats": ["ico"], "sizes": [48, 16, 32]}, ["d/home.ico"], [16, 32, 48]),
        ({"formats": ["ico"], "sizes": [256]}, ["d/home.ico"], [256]),
        ({"formats": ["ico"], "sizes": [16], "scales": [1, 2]}, ["d/home.ico"], [16]),
        ({"formats": ["ico"], "sizes": [16], "path": "{name}/favicon-{size}.ico"}, ["d/home/favicon.ico"], [16]),
        (
            {"formats": ["png", "ico"], "sizes": [512, 32]},
            ["d/home-512.png", "d/home-32.png", "d/home.ico"],
            [32],
        ),
    ],
)
def test_one_ico_holds_all_sizes_that_it_can(value: dict[str, Json], paths: list[str], sizes: list[int]) -> None:
    found = wants(FILES, {"dir": "d", **value}, icon_set(names=("home",)))
    assert [wanted.path for wanted in found] == paths
    assert found[-1] == Wanted(
        paths[-1], Params({"format": "ico", "sizes": sizes}), (("home", ""),), "home", pixels=max(sizes)
    )


def test_an_ico_draws_each_size_on_its_own() -> None:
    value: Json = {"dir": "d", "formats": ["ico"], "sizes": [64, 16]}
    payload = made(FILES, wants(FILES, value, icon_set("dark", names=("home",)))[0])
    assert payload.media == ICO
    with Image.open(BytesIO(payload.data)) as icon:
        assert isinstance(icon, IcoImageFile)
        assert icon.ico.sizes() == {(16, 16), (64, 64)}
        for size in (16, 64):
            direct = open_picture(drawing("home", "dark"), size).convert("RGBa")
            assert icon.ico.getimage((size, size)).convert("RGBa").tobytes() == direct.tobytes()


def test_an_avif_is_the_picture_at_the_size() -> None:
    value: Json = {"dir": "d", "formats": ["avif"], "sizes": [24], "scales": [2]}
    wanted = wants(FILES, value, icon_set(names=("home",)))[0]
    payload = made(FILES, wanted)
    assert (wanted.path, wanted.params) == ("d/home-24@2x.avif", Params({"format": "avif", "pixels": 48}))
    assert payload.media == AVIF
    with Image.open(BytesIO(payload.data)) as picture:
        alpha = open_picture(drawing("home"), 48).getchannel("A")
        assert (picture.format, picture.getchannel("A").tobytes()) == ("AVIF", alpha.tobytes())


def test_all_formats_at_once_keep_their_order() -> None:
    value: Json = {"dir": "d", "formats": ["svg", "ico", "avif", "webp", "png"], "sizes": [32, 16]}
    paths = [wanted.path for wanted in wants(FILES, value, icon_set("dark", names=("home",)))]
    assert paths == [
        *(f"d/dark/home-{size}.{kind}" for size in (32, 16) for kind in ("avif", "webp", "png")),
        "d/dark/home.ico",
        "d/dark/home.svg",
    ]
