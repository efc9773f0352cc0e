"""Icons in one ink: which of their shapes are strokes, dots and fills, and what is derived from them."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from iconbuild.errors import PictureError
from iconbuild.pictures.svg import rasterize
from iconbuild.providers.local.packs.artwork import Artwork, Shape
from iconbuild.providers.local.packs.body import Frame, plain_artwork
from iconbuild.providers.local.vectors.markup import document, element, shapes
from tests.providers.local.support import bounds

FRAME = Frame(0, 0, 24, 24)
PEN = 'fill="none" stroke="currentColor" stroke-width="2"'
UNIT = 256 / 24
HOLE = '<mask id="m"><path fill="#fff" d="M2 2h20v20H2z"/><path d="M8 8h8v8H8z"/></mask>'


def artwork(body: str) -> Artwork:
    return plain_artwork(body, FRAME)


def cover(layer: tuple[Shape, ...], *, width: float = 0.0) -> NDArray[np.bool_]:
    """What is painted when a layer is filled, or stroked with a pen of `width` units; a pixel a unit."""
    stroke: dict[str, str | float | None] = {"fill": "none", "stroke": "#000", "stroke-width": width}
    paint = {**stroke, "stroke-linecap": "round"} if width else {}
    data = document(element("g", {**paint, "stroke-linejoin": "round"}, shapes(layer))).encode()
    return np.asarray(rasterize(data, 256).getchannel("A")) >= 128


def disc(shape: Shape) -> tuple[float, float, float]:
    return shape.number("cx") / UNIT, shape.number("cy") / UNIT, shape.number("r")


@pytest.mark.parametrize(
    ("shape", "box"),
    [
        ('<path d="m4 4h8v4l-8 2z"/>', (4, 4, 12, 10)),
        ('<path d="M4 4q4-4 8 0t8 0"/>', (4, 2, 20, 6)),
        ('<path d="M4 12c0-4 8-4 8 0s8 4 8 0"/>', (4, 9, 20, 15)),
        ('<path d="M4 12a4 4 0 018 0"/>', (4, 8, 12, 12)),
        ('<line x1="4" y1="5" x2="10" y2="12"/>', (4, 5, 10, 12)),
        ('<rect x="4" y="5" width="10" height="8"/>', (4, 5, 14, 13)),
        ('<rect x="4" y="5" width="10" height="8" rx="3"/>', (4, 5, 14, 13)),
        ('<ellipse cx="12" cy="12" rx="8" ry="4"/>', (4, 8, 20, 16)),
        ('<ellipse cx="12" cy="12" rx="8" ry="4" transform="rotate(90 12 12)"/>', (8, 4, 16, 20)),
        ('<circle cx="4" cy="4" r="2" transform="scale(2 3)"/>', (4, 6, 12, 18)),
        ('<polygon points="4,5 10 5 7,12"/>', (4, 5, 10, 12)),
        ('<polyline points="4,5 10 5 7,12"/>', (4, 5, 10, 12)),
        ('<g transform="matrix(0 1 -1 0 24 0)"><path d="M4 5a3 3 0 0 1 6 0v4"/></g>', (15, 4, 22, 10)),
        ('<g transform="scale(-1 1) translate(-24)"><path d="M4 8a4 4 0 0 1 8 0"/></g>', (12, 4, 20, 8)),
        ('<g transform="skewX(45)"><path d="M2 4h4v8"/></g>', (6, 4, 18, 12)),
    ],
)
def test_every_shape_is_a_stroke_on_the_grid(shape: str, box: tuple[float, ...]) -> None:
    found = bounds(artwork(f"<g {PEN}>{shape}</g>").strokes)
    assert tuple(value / UNIT for value in found) == pytest.approx(box, abs=0.1)


def test_strokes_look_as_they_did() -> None:
    """The rewritten paths show the same picture as the body itself, arcs and turns included."""
    body = (
        f'<g {PEN}><path d="M7 7a5 3 30 1 0 9-2m-9 9 3 4q2-6 6-2t3-3"/>'
        '<g transform="rotate(33 12 12) scale(.9 -.9) translate(0 -24)"><rect x="4" y="9" width="9" height="6" rx="2"/>'
        '<ellipse cx="15" cy="8" rx="4" ry="2" transform="rotate(20)"/></g></g>'
    )
    data = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{body}</svg>'.encode()
    wanted = np.asarray(rasterize(data, 256).getchannel("A"), int)
    paint: dict[str, str | float | None] = {"fill": "none", "stroke": "#000", "stroke-width": 2 * UNIT}
    ours = document(element("g", paint, shapes(artwork(body).strokes))).encode()
    # A scaled stroke is thinner there: only where both are sure do they have to agree.
    inner = np.asarray(rasterize(ours, 256).getchannel("A"), int)
    assert ((wanted == 255) & (inner == 0)).sum() == 0


@pytest.mark.parametrize(
    ("body", "dots"),
    [
        (f'<path {PEN} d="M4 4h16M15 9h.01"/>', [(15, 9, 10)]),
        (f'<g {PEN}><path d="M4 4h16"/><circle cx="9" cy="9" r=".5" fill="currentColor"/></g>', [(9, 9, 12)]),
        (f'<g {PEN}><path d="M4 4h16"/></g><circle cx="9" cy="9" r="1.5" fill="currentColor"/>', [(9, 9, 12)]),
        (f'<path {PEN} d="M4 12a1 1 0 1 0 2 0a1 1 0 1 0-2 0"/>', [(5, 12, 16)]),
        (f'<g {PEN}><path d="M4 4h16"/><circle cx="9" cy="9" r="5"/></g>', []),
    ],
)
def test_small_discs_are_dots(body: str, dots: list[tuple[float, float, float]]) -> None:
    found = artwork(body)
    assert [disc(dot) for dot in found.dots] == [pytest.approx(dot, abs=0.05) for dot in dots]


def test_a_closed_outline_is_filled_and_tinted() -> None:
    found = artwork(f'<rect {PEN} x="4" y="4" width="16" height="16" rx="2"/>')
    assert bounds(found.fills) == pytest.approx([3 * UNIT, 3 * UNIT, 21 * UNIT, 21 * UNIT], abs=0.3)
    assert cover(found.fills)[128, 128]
    assert bounds(found.tints) == pytest.approx([4 * UNIT, 4 * UNIT, 20 * UNIT, 20 * UNIT], abs=2)
    assert cover(found.tints)[128, 128]


def test_lines_inside_are_cut_out_of_the_solid_variant_up_to_its_rim() -> None:
    found = artwork(f'<g {PEN}><rect x="3" y="3" width="18" height="18"/><path d="M3 9h18M12 3v6"/></g>')
    solid = cover(found.fills)
    assert not solid[round(9 * UNIT), round(6 * UNIT)]
    assert solid[round(9 * UNIT), round(3 * UNIT)]
    assert solid[round(15 * UNIT), round(12 * UNIT)]


def test_what_several_strokes_enclose_is_filled_but_a_handle_is_not() -> None:
    roof = artwork(f'<g {PEN}><path d="M3 12 12 3l9 9"/><path d="M5 10v10h14V10"/></g>')
    assert cover(roof.fills)[round(15 * UNIT), round(12 * UNIT)]
    lock = artwork(f'<g {PEN}><rect x="3" y="11" width="18" height="11"/><path d="M7 11V7a5 5 0 0 1 10 0v4"/></g>')
    solid = cover(lock.fills)
    assert solid[round(16 * UNIT), round(12 * UNIT)]
    assert not solid[round(8 * UNIT), round(12 * UNIT)]
    assert solid[round(8 * UNIT), round(7 * UNIT)]


def test_open_strokes_are_their_own_solid_variant() -> None:
    found = artwork(f'<path {PEN} stroke-linecap="round" d="M5 12h14m-5-5 5 5-5 5"/>')
    assert found.tints == ()
    drawn = cover(found.strokes, width=2 * UNIT)
    assert (cover(found.fills) ^ drawn).mean() < 0.001


def test_a_silhouette_keeps_its_shapes_and_gets_a_line_inside_its_edge() -> None:
    found = artwork('<path fill="currentColor" d="M3 3h18v18H3z"/>')
    assert bounds(found.fills) == pytest.approx([3 * UNIT, 3 * UNIT, 21 * UNIT, 21 * UNIT], abs=0.01)
    line = cover(found.strokes, width=16)
    assert not line[128, 128]
    assert line[128, round(3 * UNIT) + 3]
    assert (line & ~cover(found.fills)).mean() < 0.001


def test_a_thin_silhouette_is_drawn_by_the_line_that_runs_through_it() -> None:
    found = artwork('<path fill="currentColor" d="M3 11h18v2H3z"/>')
    assert (cover(found.strokes, width=16) ^ cover(found.fills)).mean() < 0.005


@pytest.mark.parametrize(
    "body",
    [
        '<path fill="currentColor" fill-rule="evenodd" d="M2 2h20v20H2zM8 8h8v8H8z"/>',
        f'{HOLE}<path fill="currentColor" mask="url(#m)" d="M2 2h20v20H2z"/>',
        '<path style="fill-rule:evenodd" d="M2 2h20v20H2zM8 8h8v8H8z"/>',
    ],
)
def test_paint_that_shapes_do_not_carry_is_seen_as_a_whole(body: str) -> None:
    found = artwork(body)
    solid = cover(found.fills)
    assert solid[40, 40]
    assert not solid[128, 128]
    assert bounds(found.fills) == pytest.approx([2 * UNIT, 2 * UNIT, 22 * UNIT, 22 * UNIT], abs=0.3)
    assert found.strokes


@pytest.mark.parametrize("line", [f'<path {PEN} d="M3 3h18v18H3z"/>', '<path fill="currentColor" d="M3 3h18v18H3z"/>'])
def test_what_is_half_transparent_is_the_tint(line: str) -> None:
    found = artwork(f'<g opacity=".5"><path fill="currentColor" d="M6 6h9v9H6z"/></g>{line}')
    assert bounds(found.tints) == pytest.approx([6 * UNIT, 6 * UNIT, 15 * UNIT, 15 * UNIT], abs=0.01)
    assert found.strokes


def test_used_shapes_are_found() -> None:
    body = f'<defs><path id="a" d="M4 4h8"/></defs><g {PEN}><use href="#a"/><use href="#a" x="2" y="9"/></g>'
    assert bounds(artwork(body).strokes) == pytest.approx([4 * UNIT, 4 * UNIT, 14 * UNIT, 13 * UNIT], abs=0.01)


def test_nothing_is_refused() -> None:
    with pytest.raises(PictureError, match="draws nothing"):
        artwork('<path fill="none" d="M4 4h8"/>')


@pytest.mark.parametrize("reference", ["", 'href="#None#"', 'href="##None"'])
def test_what_is_no_reference_is_not_followed(reference: str) -> None:
    found = artwork(f'<g id="None" {PEN}><use {reference}/><path d="M4 4h8"/></g>')
    assert bounds(found.strokes) == pytest.approx([4 * UNIT, 4 * UNIT, 12 * UNIT, 4 * UNIT], abs=0.01)


def test_an_outline_that_is_used_too_often_is_refused() -> None:
    uses = '<use href="#a"/>' * 150
    with pytest.raises(PictureError, match="segments"):
        artwork(f'<defs><path id="a" d="M4 4{"h1v1" * 500}"/></defs><g {PEN}>{uses}</g>')
