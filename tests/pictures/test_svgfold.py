"""Drawings as people save them leave as the same picture, whatever can be folded into their coordinates."""

from __future__ import annotations

import numpy as np
import pytest

from iconbuild.pictures.svg import rasterize
from iconbuild.pictures.svgfile import svg_file

BOX = 'viewBox="0 0 512 512"'
PATH = '<path d="M100 100h300v300z"/>'
STOPS = '<stop stop-color="#f00"/><stop offset="1" stop-color="#00f"/>'
PAINTED = '<g transform="translate(100 0)"><path fill="url(#a)" d="M0 100h300v300z"/></g>'
DRAWINGS = {
    "paint on the document": (f'{BOX} fill="none" stroke="#f00" stroke-width="40" aria-hidden="true"', PATH),
    "a size in place of a box": ('width="512px" height="512px"', PATH),
    "a stroke in a style": (BOX, '<path style="fill:none;stroke:#000;stroke-width:40" d="M100 100h300v300z"/>'),
    "a stroke in a style above": (BOX, f'<g style="stroke-width:40" stroke="#000" fill="none">{PATH}</g>'),
    "a width with a unit": (BOX, '<path stroke="#000" stroke-width="40px" d="M100 100h300v300z"/>'),
    "shares of the picture": (BOX, '<rect width="50%" height="40%"/>'),
    "a drawing in a drawing": (BOX, f'<svg x="100" y="99" width="200" height="200" {BOX}>{PATH}</svg>'),
    "a gradient over all": (
        BOX,
        f'<linearGradient id="a" gradientUnits="userSpaceOnUse">{STOPS}</linearGradient>{PAINTED}',
    ),
    "a round gradient over all": (
        BOX,
        f'<radialGradient id="a" gradientUnits="userSpaceOnUse">{STOPS}</radialGradient>{PAINTED}',
    ),
    "definitions in a group": (
        BOX,
        f'<g><defs><linearGradient id="a">{STOPS}</linearGradient></defs><path fill="url(#a)" d="M9 9h300v300z"/></g>',
    ),
    "a move without a space": (BOX, f'<g transform="translate(50-50)">{PATH}</g>'),
    "a move by nothing": (BOX, f'<g transform="translate()">{PATH}</g>'),
    "a scale by nothing": (BOX, f'<g transform="scale()">{PATH}</g>'),
    "a move in pixels": (BOX, f'<g transform="translate(50px,50px)">{PATH}</g>'),
    "a reference to nothing": (BOX, f'<g stroke="url(#no)"><use href="#no"/>{PATH}</g>'),
}


@pytest.mark.parametrize(("frame", "body"), DRAWINGS.values(), ids=DRAWINGS)
def test_it_is_the_same_picture(frame: str, body: str) -> None:
    data = f'<svg xmlns="http://www.w3.org/2000/svg" {frame}>{body}</svg>'.encode()
    before, after = (np.asarray(rasterize(each, 256), np.int16) for each in (data, svg_file(data, "home")))
    apart = np.abs(before - after).max(axis=2)
    assert before.any()
    assert (apart > 64).mean() < 0.001  # edges move by three decimals
