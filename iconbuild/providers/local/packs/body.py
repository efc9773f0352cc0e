"""An icon's body becomes artwork on the grid, or is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import dist
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring

from iconbuild.errors import PictureError
from iconbuild.pictures.svgcheck import check_svg
from iconbuild.providers.local.packs.affine import Matrix, Segment, path_data, subpaths, transform
from iconbuild.providers.local.packs.artwork import GRID, Artwork, Shape
from iconbuild.providers.local.packs.dots import disc, dot_like

SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = frozenset({"path", "line", "rect", "circle", "ellipse", "polyline", "polygon"})
_IGNORED = frozenset({"defs", "title", "desc", "metadata", "clipPath", "mask", "filter", "linearGradient"})
_INHERITED = frozenset({"fill", "stroke", "stroke-width", "fill-rule"})
_FAINT = frozenset({"opacity", "fill-opacity", "stroke-opacity"})
_TANGLED = frozenset({"mask", "clip-path", "filter", "style", "stroke-dasharray", "display", "visibility"})
_MOST_SEGMENTS = 100_000
_SEEN = 0.75  # opacity; what is fainter is an accent
_GAP = 0.5  # of a stroke's width; ends that are nearer to each other close an outline
_DOT = 24.0  # units; a filled circle of a line drawing that is no larger is a dot


class Frame(NamedTuple):
    """An icon's box in the units of its body, and how it is turned: quarter turns clockwise, after flips."""

    left: float
    top: float
    width: float
    height: float
    turns: int = 0
    flip_x: bool = False
    flip_y: bool = False

    @property
    def matrix(self) -> Matrix:
        """From the body's units to the grid: as large as fits, centred."""
        width, height = (self.height, self.width) if self.turns % 2 else (self.width, self.height)
        scale = GRID / max(width, height)
        c, s = ((1, 0), (0, 1), (-1, 0), (0, -1))[self.turns % 4]
        placed = Matrix(scale * c, scale * s, -scale * s, scale * c, GRID / 2, GRID / 2)
        flipped = Matrix(-1.0 if self.flip_x else 1.0, 0, 0, -1.0 if self.flip_y else 1.0)
        middle = Matrix(e=-self.left - self.width / 2, f=-self.top - self.height / 2)
        return placed.then(flipped).then(middle)


class _Piece(NamedTuple):
    """One shape on the grid with its paint; `width` is that of its stroke, in units of the grid.

    `faint`: it is half-transparent, and so an accent behind the others.
    """

    outlines: list[list[Segment]]
    circle: tuple[float, float, float] | None
    filled: bool
    stroked: bool
    width: float
    faint: bool


class _TangledError(Exception):
    """The body paints in ways that shapes do not carry; it can still be drawn as a whole."""


def checked(body: str, frame: Frame) -> Element:
    """The body as a tree below <svg>; raises PictureError for anything active, external or explosive."""
    box = f"{frame.left:g} {frame.top:g} {frame.width:g} {frame.height:g}"
    try:
        data = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{body}</svg>'.encode()
    except UnicodeEncodeError:
        raise PictureError("its body is no text: it has half of a character") from None
    check_svg(data)
    return fromstring(data)  # noqa: S314 - there is no document type in it, and so no entity


def plain_artwork(body: str, frame: Frame) -> Artwork:
    """The layers of an icon in one ink; what it does not come with is derived from what it does."""
    root = checked(body, frame)
    try:
        pieces = _not_too_many(_Reader(root).pieces(root, {}, frame.matrix))
        if not pieces:
            raise PictureError("it draws nothing")
        return _line_drawing(pieces) if any(piece.stroked for piece in pieces) else _silhouette(pieces)
    except ValueError as error:
        raise PictureError(str(error)) from None
    except _TangledError:
        return _whole(body, frame)


def _not_too_many(pieces: Iterable[_Piece]) -> list[_Piece]:
    """All pieces; an outline may be used thousands of times, and counts each time."""
    found, left = [], _MOST_SEGMENTS
    for piece in pieces:
        left -= sum(map(len, piece.outlines))
        if left < 0:
            raise PictureError(f"it has more than {_MOST_SEGMENTS} segments", remedy="simplify its paths")
        found.append(piece)
    return found


class _Reader:
    """Walks one tree; every shape is met with the paint and the transform it is drawn with."""

    def __init__(self, root: Element) -> None:
        self._named = {str(element.get("id")): element for element in root.iter() if element.get("id")}

    def pieces(self, parent: Element, above: Mapping[str, str], matrix: Matrix) -> Iterator[_Piece]:
        for element in parent:
            yield from self._piece(element, above, matrix)

    def _piece(self, element: Element, above: Mapping[str, str], matrix: Matrix) -> Iterator[_Piece]:
        tag, own = element.tag.removeprefix(SVG), element.attrib
        if tag in _IGNORED or tag.startswith("{"):
            return
        if not _TANGLED.isdisjoint(own):
            raise _TangledError
        paint = {**above, **{name: value for name, value in own.items() if name in _INHERITED or name in _FAINT}}
        here = matrix.then(transform(own.get("transform", "")))
        if tag == "g":
            yield from self.pieces(element, paint, here)
        elif tag == "use":
            target = self._named.get(own.get("href", own.get("{http://www.w3.org/1999/xlink}href", "")).strip()[1:])
            if target is not None:
                moved = here.then(Matrix(e=float(own.get("x", 0)), f=float(own.get("y", 0))))
                yield from self._piece(target, paint, moved)
        elif tag in _SHAPES:
            yield from _shape(tag, own, paint, here)
        else:
            raise _TangledError


def _shape(tag: str, own: Mapping[str, str], paint: Mapping[str, str], matrix: Matrix) -> Iterator[_Piece]:
    width = float(paint.get("stroke-width", 1)) * matrix.scale
    if not 0 <= width <= GRID:
        raise ValueError("a stroke is wider than the icon, or less than nothing")
    filled, stroked = paint.get("fill") != "none", paint.get("stroke", "none") != "none" and width > 0
    if filled and paint.get("fill-rule") == "evenodd":
        raise _TangledError
    outlines = subpaths(tag, own, matrix)
    if not outlines or not (filled or stroked):
        return
    circle = None
    if tag == "circle" and matrix.even:
        middle = matrix.point(float(own.get("cx", 0)), float(own.get("cy", 0)))
        circle = (*middle, float(own.get("r", 0)) * matrix.scale)
    yield _Piece(outlines, circle, filled, stroked, width, _is_faint(paint))


def _is_faint(paint: Mapping[str, str]) -> bool:
    return any(float(paint.get(name, 1)) < _SEEN for name in _FAINT)


def _line_drawing(pieces: Sequence[_Piece]) -> Artwork:
    """Centre lines and dots as they are; a filled area among them gets a line around it."""
    from iconbuild.providers.local.packs.derive import solid_and_tint

    accents = tuple(_path(piece.outlines) for piece in pieces if piece.faint and not piece.stroked)
    pieces = [piece for piece in pieces if piece.stroked or not piece.faint]
    width = Counter(piece.width for piece in pieces if piece.stroked).most_common(1)[0][0]
    strokes: list[Shape] = []
    dots: list[Shape] = []
    for piece in pieces:
        dot = _dot(piece, width)
        if dot is not None:
            dots.append(dot)
            continue
        rest = []
        for outline in piece.outlines:
            small = dot_like(outline, width)
            if small is None:
                rest.append(outline)
            else:
                dots.append(disc(*small, width))
        if rest:
            strokes.append(_path(rest))
    if not strokes and not dots:
        raise PictureError("it draws nothing")
    closed = [_path([outline]) for piece in pieces for outline in piece.outlines if _closed(outline, width)]
    solid, tint = solid_and_tint(_painted(pieces), closed, width)
    return Artwork(tuple(strokes), tuple(dots), accents or tint, solid)


def _silhouette(pieces: Sequence[_Piece]) -> Artwork:
    """The shapes as they are, a line along their inner edge, and what is faint among them as the tint."""
    from iconbuild.providers.local.packs.derive import solid_and_contour

    shapes = tuple(_path(piece.outlines) for piece in pieces)
    _, contour = solid_and_contour(_painted(pieces))
    accents = tuple(shape for shape, piece in zip(shapes, pieces, strict=True) if piece.faint)
    return Artwork(strokes=contour, tints=accents or contour, fills=shapes)


def _whole(body: str, frame: Frame) -> Artwork:
    """Whatever is painted, seen as one silhouette."""
    from iconbuild.providers.local.packs.derive import solid_and_contour

    words = " ".join(f"{value:.6g}" for value in frame.matrix)
    solid, contour = solid_and_contour([f'<g transform="matrix({words})">', body, "</g>"])
    if not solid:
        raise PictureError("it draws nothing")
    return Artwork(strokes=contour, tints=contour, fills=solid)


def _painted(pieces: Sequence[_Piece]) -> list[str]:
    lines = []
    for piece in pieces:
        fill = "#00f" if piece.filled else "none"
        stroke = f' stroke="#00f" stroke-width="{piece.width:g}"' if piece.stroked else ""
        lines.append(f'<g fill="{fill}"{stroke} stroke-linecap="round" stroke-linejoin="round">')
        lines += [_path(piece.outlines).markup(), "</g>"]
    return lines


def _closed(outline: Sequence[Segment], width: float) -> bool:
    """Whether an outline ends where it begins, for the eye at least."""
    ends = [values[-2:] for _, values in outline if values]
    return outline[-1][0] == "Z" or dist(ends[0], ends[-1]) < _GAP * width


def _path(outlines: Sequence[Sequence[Segment]]) -> Shape:
    return Shape("path", (("d", path_data(outlines)),))


def _dot(piece: _Piece, width: float) -> Shape | None:
    """A filled circle of a line drawing that is small enough for a dot."""
    if piece.circle is None or not piece.filled:
        return None
    x, y, radius = piece.circle
    radius += piece.width / 2 if piece.stroked else 0.0
    return disc(x, y, radius, width) if radius <= _DOT else None
