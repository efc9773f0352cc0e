"""SVGs that are active, external or explosive are refused by name; plain drawings come out whole and in the middle."""

from __future__ import annotations

from pathlib import Path

import pytest

from iconbuild.errors import PictureError
from iconbuild.pictures.plain import one_color
from iconbuild.pictures.svg import check_svg, rasterize

CASES = Path(__file__).parent.parent / "cases" / "svg"
REFUSED = sorted((CASES / "refused").glob("*.svg"))
ACCEPTED = sorted((CASES / "accepted").glob("*.svg"))
HEAD = b'<svg xmlns="http://www.w3.org/2000/svg" '


def drawing(view_box: str, body: str) -> bytes:
    return HEAD + f'viewBox="{view_box}">{body}</svg>'.encode()


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_hostile_drawings_are_refused_by_name(path: Path) -> None:
    data = path.read_bytes()
    named = data.split(b"<!-- names: ", 1)[1].split(b" -->", 1)[0].decode()
    with pytest.raises(PictureError) as caught:
        rasterize(data, 24)
    assert named in caught.value.message


@pytest.mark.parametrize("path", ACCEPTED, ids=lambda path: path.stem)
def test_plain_drawings_are_drawn(path: Path) -> None:
    image = rasterize(path.read_bytes(), 24)
    assert (image.mode, image.size) == ("RGBA", (24, 24))
    left, top, right, bottom = image.getchannel("A").getbbox() or (0, 0, 0, 0)
    assert left <= 4 <= 20 <= right
    assert top <= 4 <= 20 <= bottom


def test_there_are_cases() -> None:
    assert len(REFUSED) > 40
    assert len(ACCEPTED) > 8


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (drawing("0 0 24 24", "") + b" " * (1 << 20), "limit"),
        (drawing("0 0 24 24", "<title>\u00e9</title>").replace("\u00e9".encode(), b"\xe9"), "UTF-8"),
        (drawing("0 0 24 24", "").decode().encode("utf-16"), "UTF-8"),
        (drawing("0 0 24 24", "<path/>" * 10_000), "10000 elements"),
        (b"", "well-formed"),
    ],
)
def test_what_no_file_shows_well(data: bytes, named: str) -> None:
    with pytest.raises(PictureError, match=named):
        check_svg(data)


def test_a_declared_encoding_does_not_change_what_is_read() -> None:
    hidden = "<script/>".encode("utf-16-be").decode("latin-1")
    text = drawing("0 0 24 24", f"<title>{hidden.replace(chr(0), '')}</title>")
    with pytest.raises(PictureError, match="<script>"):
        check_svg(b'<?xml version="1.0" encoding="iso-8859-1"?>' + text)


@pytest.mark.parametrize(
    ("box", "expected"),
    [("0 0 100 50", (0, 16, 64, 48)), ("0 0 50 100", (16, 0, 48, 64)), ("10 20 30 30", (0, 0, 64, 64))],
)
def test_the_aspect_is_kept(box: str, expected: tuple[int, int, int, int]) -> None:
    image = rasterize(drawing(box, '<path d="M-99-99h999v999h-999z"/>'), 64)
    assert image.getchannel("A").getbbox() == expected


@pytest.mark.parametrize("size", [1, 7, 4096])
def test_sizes(size: int) -> None:
    assert rasterize(drawing("0 0 24 24", '<path d="M0 0h24v24H0z"/>'), size).size == (size, size)


@pytest.mark.parametrize("size", [0, -1, 4097])
def test_sizes_out_of_range(size: int) -> None:
    with pytest.raises(PictureError, match="4096"):
        rasterize(drawing("0 0 24 24", ""), size)


def test_a_renderer_that_panics_is_no_crash() -> None:
    """A Rust panic arrives as a BaseException, which would end the whole build."""
    body = '<path stroke="#000" stroke-width="1e9" d="M-1e6 -1e6h2e6v2e6z"/>'
    try:
        assert rasterize(drawing("0 0 24 24", body), 512).size == (512, 512)
    except PictureError as error:
        assert "cannot be drawn" in error.message  # noqa: PT017  newer renderers may draw it


def test_a_drawing_in_one_colour_has_exactly_that_colour() -> None:
    body = '<g fill="none" stroke="#3b82f6"><circle cx="12" cy="12" r="9"/><path opacity=".2" d="M3 3 20 9"/></g>'
    assert one_color(rasterize(drawing("0 0 24 24", body), 96)) == (0x3B, 0x82, 0xF6)


def test_a_drawing_in_two_colours_keeps_both() -> None:
    body = '<path fill="#f00" d="M0 0h12v24H0z"/><path fill="#00f" d="M12 0h12v24H12z"/>'
    image = rasterize(drawing("0 0 24 24", body), 24)
    assert image.getpixel((2, 2)) == (255, 0, 0, 255)
    assert image.getpixel((22, 2)) == (0, 0, 255, 255)
    assert one_color(image) is None
