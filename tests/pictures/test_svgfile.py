"""Drawings leave as SVG files that show the same picture on a grid of 24."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL.Image import Image

from iconbuild.errors import PictureError
from iconbuild.pictures.svg import rasterize
from iconbuild.pictures.svgfile import paints, svg_file, without_notes

ROUND = 'stroke-linecap="round" stroke-linejoin="round"'
DRAWINGS = {
    "moved": '<g transform="translate(10 20) scale(.5)"><path d="M8 8h200v60l-30 30z" fill="#f00"/></g>',
    "stroke scaled below": f'<g stroke="#00f" stroke-width="16" fill="none" {ROUND}><g transform="scale(.5)">'
    '<line x1="20" y1="20" x2="400" y2="300"/></g><line x1="20" y1="200" x2="200" y2="230"/></g>',
    "turned": '<g transform="translate(4 4)"><rect x="90" y="90" width="60" height="40" rx="9" fill="#080" '
    'stroke="#000" stroke-width="8" transform="rotate(30 120 110)"/></g>',
    "masked": '<defs><g id="b"><circle cx="128" cy="128" r="90"/></g><mask id="m" maskUnits="userSpaceOnUse" x="0" '
    'y="0" width="256" height="256"><path fill="#fff" d="M0 0H256V256H0Z"/><use href="#b" fill="#000"/></mask></defs>'
    '<g mask="url(#m)"><rect width="256" height="200" fill="#a0f"/></g>',
    "gradient": '<defs><linearGradient id="g" gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="256" y2="256">'
    '<stop offset="0" stop-color="#f00"/><stop offset="1" stop-color="#00f"/></linearGradient></defs>'
    '<path d="M20 20H230V230Z" fill="url(#g)"/>',
    "gradient by box": '<linearGradient id="g"><stop offset="0" stop-color="#f00"/><stop offset="1" stop-color="#ff0"/>'
    '</linearGradient><ellipse cx="128" cy="100" rx="100" ry="60" fill="url(#g)"/>',
    "seen from two places": '<defs><path id="p" d="M0 0h60v60z" stroke-width="6"/></defs><use href="#p" stroke="#000" '
    'fill="#0a0"/><g transform="translate(90 90) scale(2)"><use href="#p" stroke="#000" fill="#00a"/></g>',
    "filtered": '<filter id="f" x="-10%" y="-10%" width="120%" height="120%">'
    '<feGaussianBlur stdDeviation="6"/></filter>'
    '<rect x="60" y="60" width="120" height="120" fill="#333" filter="url(#f)"/>',
    "points": '<polygon points="20,20 200,40 60,230" fill="none" stroke="#111" stroke-width="4" '
    'stroke-dasharray="9 6"/>',
    "used and moved": '<defs><rect id="r" width="40" height="30"/></defs><use href="#r" x="60" y="90" fill="#060"/>',
    "at zero": '<path d="M0 0"/><rect width="90" y="20" height="9" fill="#909"/><circle cx="50" r="20" cy="80"/>',
}


def document(body: str, box: str = "0 0 256 256") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{body}</svg>'.encode()


def _seen(image: Image) -> np.ndarray:
    pixels = np.asarray(image, dtype=float)
    return np.concatenate([pixels[..., :3] * pixels[..., 3:] / 255, pixels[..., 3:]], axis=-1)


@pytest.mark.parametrize("box", ["0 0 256 256", "-30 -10 320 280"])
@pytest.mark.parametrize("body", DRAWINGS.values(), ids=DRAWINGS)
def test_it_is_the_same_picture_on_the_grid_of_24(body: str, box: str) -> None:
    data = document(body, box)
    file = svg_file(data, "home")
    assert ElementTree.fromstring(file).get("viewBox") == "0 0 24 24"
    apart = np.abs(_seen(rasterize(data, 240)) - _seen(rasterize(file, 240)))
    assert apart.max() <= 64  # what three decimals move an edge by, in the renderer's sixteen steps
    assert apart.mean() < 0.12


@pytest.mark.parametrize("name", ["moved", "stroke scaled below", "masked", "gradient", "points"])
def test_groups_that_only_move_are_folded_into_the_coordinates(name: str) -> None:
    assert b"transform" not in svg_file(document(DRAWINGS[name]), "home")


def test_every_id_and_every_reference_begins_with_the_icon_s_name() -> None:
    root = ElementTree.fromstring(svg_file(document(DRAWINGS["masked"]), "my-icon"))
    ids = {element.get("id") for element in root.iter()} - {None}
    assert ids == {"my-icon-b", "my-icon-m"}
    assert {element.get("href") for element in root.iter()} - {None} == {"#my-icon-b"}
    assert {element.get("mask") for element in root.iter()} - {None} == {"url(#my-icon-m)"}


def test_one_ink_follows_the_text_and_masks_do_not() -> None:
    body = DRAWINGS["masked"].replace("#a0f", "#000")
    text = svg_file(document(body), "home", {"#000": 1.0}).decode()
    assert text.count("currentColor") == 1
    assert 'fill="#000"' in text


def test_notes_of_editors_stay_behind() -> None:
    data = (
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/namespaces/inkscape" '
        b'viewBox="0 0 24 24" i:version="1"><title>Logo</title><i:page/>'
        b'<path d="M0 0h9z" data-x="1" i:label="p"/></svg>'
    )
    text = svg_file(data, "home").decode()
    assert "<path d=" in text
    assert not any(word in text for word in ("title", "page", "data-x", "label", "inkscape"))


def test_a_style_sheet_would_reach_the_page_around_it() -> None:
    with pytest.raises(PictureError, match="style sheet"):
        svg_file(document("<style>path{fill:red}</style><path d='M0 0h9z'/>"), "home")


def test_an_active_drawing_never_leaves() -> None:
    with pytest.raises(PictureError, match="<script>"):
        svg_file(document("<script>alert(1)</script>"), "home")


def test_paints_are_the_colours_that_are_there() -> None:
    body = '<path d="M0 0h9z" fill="#F00" stroke="none"/><path d="M0 0" fill="none" stroke="#0f0"/>'
    assert paints(document(body)) == ["#f00", "#0f0"]


ACCEPTED = sorted((Path(__file__).parents[1] / "cases/svg/accepted").glob("*.svg"))


@pytest.mark.parametrize("path", ACCEPTED, ids=lambda path: path.stem)
def test_a_drawing_without_its_notes_is_the_same_picture(path: Path) -> None:
    data = path.read_bytes()
    bare = without_notes(data)
    assert rasterize(bare, 96).tobytes() == rasterize(data, 96).tobytes()
    assert without_notes(bare) is bare


def test_notes_are_left_out() -> None:
    path = b'<path d="M4 4h9v9z"/>'
    root = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">%s</svg>'
    assert without_notes(root % path) == root % path
    for note in (b"<!-- note -->", b"<title>note</title>", b"<desc>note</desc>", b"<metadata>note</metadata>"):
        assert b"note" not in without_notes(root % (note + path))
    editor = b' xmlns:e="http://www.inkscape.org/namespaces/inkscape" e:label="note" data-note="note"'
    bare = without_notes((root % path).replace(b" viewBox", editor + b" viewBox"))
    assert (b"note" in bare, b"M4 4h9v9z" in bare) == (False, True)
