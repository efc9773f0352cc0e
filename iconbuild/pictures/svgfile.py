"""A drawing becomes an SVG file to ship: on the 24 grid, ids of its own, no groups that only move, one ink on request.

Moves and even scales are folded into the coordinates on the way down. Whatever else stands in a `transform` stays, in
front of coordinates that are left as they were; where a reference would be seen from two different places, the whole
drawing is wrapped into one group instead.
"""

from __future__ import annotations

from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from iconbuild.errors import PictureError
from iconbuild.pictures.pathdata import Place, number
from iconbuild.pictures.svgcheck import check_svg
from iconbuild.pictures.svgfold import REFERENCE, Folder, TangledError
from iconbuild.pictures.svgwords import SVG_NAMESPACE, XLINK_NAMESPACE

SIDE = 24.0
_LEFT_OUT = frozenset({"title", "desc", "metadata"})
_PAINTS = ("fill", "stroke", "stop-color", "flood-color", "color")


def svg_file(data: bytes, name: str, ink: str | None = None) -> bytes:
    """The file of a drawing: UTF-8, `viewBox="0 0 24 24"`, every id beginning with `name`.

    Where `ink` (`#rrggbb`) is given, that colour becomes `currentColor`. Raises PictureError for what `check_svg`
    refuses, and for style sheets, whose rules would reach the page around the icon.
    """
    check_svg(data)
    root = ElementTree.fromstring(data)  # noqa: S314 (document types and entities were refused)
    if any(_local(element) == "style" for element in root.iter()):
        raise PictureError(
            "the SVG has a style sheet, which would reach the page around it",
            remedy="save it with presentation attributes",
        )
    _strip(root)
    place = _placed(root)
    try:
        body = Folder(root).body(place)
    except TangledError:
        scale, dx, dy = place
        group = ElementTree.Element(
            "g", {"transform": f"translate({number(dx)} {number(dy)}) scale({number(scale, 6)})"}
        )
        group.extend(list(root))
        body = [group]
    side = number(SIDE)
    lines = [f'<svg xmlns="{SVG_NAMESPACE}" viewBox="0 0 {side} {side}">']
    for element in body:
        lines += _written(element, name, ink, "")
    return ("\n".join([*lines, "</svg>"]) + "\n").encode()


def paints(data: bytes) -> list[str]:
    """The colours of a drawing, lower case, in the order they are met; `none` and references are none."""
    check_svg(data)
    found: dict[str, None] = {}
    for element in ElementTree.fromstring(data).iter():  # noqa: S314 (as above)
        for key in _PAINTS:
            value = element.get(key, "none").strip().lower()
            if value not in ("none", "inherit", "transparent") and not value.startswith("url("):
                found[value] = None
    return list(found)


def _strip(element: ElementTree.Element) -> None:
    """Without namespaces, notes and white space; editors' own elements and attributes go as well."""
    element.tag = _local(element)
    for key in list(element.attrib):
        value = element.attrib.pop(key)
        name = "href" if key == f"{{{XLINK_NAMESPACE}}}href" else key
        if not name.startswith(("{", "data-")):
            element.set(name, value)
    for child in list(element):
        foreign = child.tag.startswith("{") and not child.tag.startswith(f"{{{SVG_NAMESPACE}}}")
        if foreign or _local(child) in _LEFT_OUT:
            element.remove(child)
        else:
            _strip(child)


def _local(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _placed(root: ElementTree.Element) -> Place:
    """From the drawing's own box to the 24 grid: aspect kept, centred."""
    box = root.get("viewBox")
    lengths = [root.get(side, "0").rstrip("pxtcmin ") for side in ("width", "height")]
    left, top, width, height = map(float, box.replace(",", " ").split() if box else ["0", "0", *lengths])
    scale = SIDE / max(width, height)
    return scale, (SIDE - width * scale) / 2 - left * scale, (SIDE - height * scale) / 2 - top * scale


def _written(element: ElementTree.Element, name: str, ink: str | None, indent: str) -> list[str]:
    """An element as lines; ids and references get the icon's name in front, groups without a word of their own go."""
    if element.tag == "g" and not element.attrib:
        return [line for child in element for line in _written(child, name, ink, indent)]
    own = None if element.tag == "mask" else ink  # what a mask holds are no colours
    words = [element.tag]
    for key, value in element.items():
        words.append(f"{key}={quoteattr(_named(key, value, name, own))}")
    inside = [line for child in element for line in _written(child, name, own, f"{indent}  ")]
    if inside:
        return [f"{indent}<{' '.join(words)}>", *inside, f"{indent}</{element.tag}>"]
    return [f"{indent}<{' '.join(words)}/>"]


def _named(key: str, value: str, name: str, ink: str | None) -> str:
    if key == "id":
        return f"{name}-{value}"
    if key == "href" and value.startswith("#"):
        return f"#{name}-{value[1:]}"
    if ink is not None and key in _PAINTS and value.strip().lower() == ink:
        return "currentColor"
    return REFERENCE.sub(lambda match: f"url(#{name}-{match[1]})", value)
