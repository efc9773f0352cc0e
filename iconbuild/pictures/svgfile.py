"""A drawing becomes an SVG file to ship: on the 24 grid, ids of its own, no groups that only move, one ink on request.

Moves and even scales are folded into the coordinates on the way down. Whatever else stands in a `transform` stays, in
front of coordinates that are left as they were; where coordinates cannot be folded, the whole drawing is put into the
file as it is, with a box of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from iconbuild.errors import PictureError
from iconbuild.pictures.pathdata import Place, number
from iconbuild.pictures.svgcheck import check_svg
from iconbuild.pictures.svgfold import REFERENCE, Folder, TangledError
from iconbuild.pictures.svgwords import SVG_NAMESPACE, XLINK_NAMESPACE

SIDE = 24.0
_XLINK = f"{{{XLINK_NAMESPACE}}}href"
_LEFT_OUT = frozenset({"title", "desc", "metadata"})
_FRAME = frozenset({
    "id", "class", "role", "focusable", "version", "baseProfile", "x", "y", "width", "height", "viewBox",
    "preserveAspectRatio", "enable-background",
})  # fmt: skip
"""Attributes of the document's own element that say nothing of paint."""
NO_INKS: Mapping[str, float] = MappingProxyType({})
_PAINTS = ("fill", "stroke", "stop-color", "flood-color", "color")


def svg_file(data: bytes, name: str, inks: Mapping[str, float] = NO_INKS) -> bytes:
    """The file of a drawing: UTF-8, `viewBox="0 0 24 24"`, every id beginning with `name`.

    The colours in `inks` (`#rrggbb`) become `currentColor`, as opaque as their number (0..1) says. Raises PictureError
    for what `check_svg` refuses, and for style sheets, whose rules would reach the page around the icon.
    """
    check_svg(data)
    root = ElementTree.fromstring(data)  # noqa: S314 (document types and entities were refused)
    if any(_local(element) == "style" for element in root.iter()):
        raise PictureError(
            "the SVG has a style sheet, which would reach the page around it",
            remedy="save it with presentation attributes",
        )
    _strip(root)
    box, side = _box(root), number(SIDE)
    _paint_inside(root)
    try:
        body = Folder(root).body(_placed(box))
    except TangledError:
        view = " ".join(number(value, 6) for value in box)
        whole = ElementTree.Element("svg", {"viewBox": view, "width": side, "height": side})
        whole.extend(list(root))
        body = [whole]
    lines = [f'<svg xmlns="{SVG_NAMESPACE}" viewBox="0 0 {side} {side}">']
    for element in body:
        lines += _written(element, name, inks, "")
    return ("\n".join([*lines, "</svg>"]) + "\n").encode()


def paints(data: bytes) -> list[str]:
    """The colours of a drawing, lower case, in the order they are met; `none`, references and masks have none."""
    check_svg(data)
    found: dict[str, None] = {}
    waiting = [ElementTree.fromstring(data)]  # noqa: S314 (as above)
    while waiting:
        element = waiting.pop()
        for key in _PAINTS:
            value = element.get(key, "none").strip().lower()
            if value not in ("none", "inherit", "transparent") and not value.startswith("url("):
                found[value] = None
        waiting += [child for child in reversed(element) if _local(child) != "mask"]
    return list(found)


def without_notes(data: bytes) -> bytes:
    """A drawing that passed `check_svg` without comments, titles, metadata and what editors add; itself if it has none.

    It is drawn as before: ids, style sheets and the order of elements stay.
    """
    root = ElementTree.fromstring(data)  # noqa: S314 (as above)
    elements = list(root.iter())
    foreign = any(not element.tag.startswith(f"{{{SVG_NAMESPACE}}}") for element in elements)
    noted = any(_local(element) in _LEFT_OUT or any(map(_is_note, element.keys())) for element in elements)
    if not (foreign or noted or b"<!--" in data):
        return data
    _strip(root)
    root.set("xmlns", SVG_NAMESPACE)
    return ElementTree.tostring(root)


def _is_note(attribute: str) -> bool:
    return attribute.startswith(("{", "data-")) and attribute != _XLINK


def _strip(element: ElementTree.Element) -> None:
    """Without namespaces, notes and white space; editors' own elements and attributes go as well."""
    element.tag = _local(element)
    for key in list(element.attrib):
        value = element.attrib.pop(key)
        if not _is_note(key):
            element.set("href" if key == _XLINK else key, value)
    for child in list(element):
        foreign = child.tag.startswith("{") and not child.tag.startswith(f"{{{SVG_NAMESPACE}}}")
        if foreign or _local(child) in _LEFT_OUT:
            element.remove(child)
        else:
            _strip(child)


def _local(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _paint_inside(root: ElementTree.Element) -> None:
    """What the document's own element says of paint is said by a group in it, since a new one takes its place."""
    paint = {key: value for key, value in root.items() if key not in _FRAME and not key.startswith("aria-")}
    group = ElementTree.Element("g", paint)
    group.extend(list(root))
    root[:] = [group]


def _box(root: ElementTree.Element) -> tuple[float, float, float, float]:
    """Left, top, width and height of the drawing in its own units."""
    box = root.get("viewBox")
    lengths = [root.get(side, "0").rstrip("pxtcmin ") for side in ("width", "height")]
    left, top, width, height = map(float, box.replace(",", " ").split() if box else ["0", "0", *lengths])
    return left, top, width, height


def _placed(box: tuple[float, float, float, float]) -> Place:
    """From the drawing's own box to the 24 grid: aspect kept, centred."""
    left, top, width, height = box
    scale = SIDE / max(width, height)
    return scale, (SIDE - width * scale) / 2 - left * scale, (SIDE - height * scale) / 2 - top * scale


def _written(element: ElementTree.Element, name: str, inks: Mapping[str, float], indent: str) -> list[str]:
    """An element as lines; ids and references get the icon's name in front, groups without a word of their own go."""
    if element.tag == "g" and not element.attrib:
        return [line for child in element for line in _written(child, name, inks, indent)]
    own = NO_INKS if element.tag == "mask" else inks  # what a mask holds are no colours
    words = [element.tag]
    for key, value in element.items():
        opacity = own.get(value.strip().lower()) if key in _PAINTS else None
        words.append(f"{key}={quoteattr(_named(key, value, name) if opacity is None else 'currentColor')}")
        if opacity is not None and opacity < 1:
            words.append(f'{key.removesuffix("-color")}-opacity="{number(opacity)}"')
    inside = [line for child in element for line in _written(child, name, own, f"{indent}  ")]
    if inside:
        return [f"{indent}<{' '.join(words)}>", *inside, f"{indent}</{element.tag}>"]
    return [f"{indent}<{' '.join(words)}/>"]


def _named(key: str, value: str, name: str) -> str:
    if key == "id":
        return f"{name}-{value}"
    if key == "href" and value.startswith("#"):
        return f"#{name}-{value[1:]}"
    return REFERENCE.sub(lambda match: f"url(#{name}-{match[1]})", value)
