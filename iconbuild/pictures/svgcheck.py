"""SVG bytes are read as a stream and refused at the first thing that is active, external or explosive."""

from __future__ import annotations

import re
from math import isfinite
from xml.parsers import expat

from iconbuild.errors import PictureError
from iconbuild.pictures.svgregion import Regions
from iconbuild.pictures.svgtree import Drawing
from iconbuild.pictures.svgwords import (
    CSS_LOADERS,
    EDITORS,
    ELEMENTS,
    LAYERS,
    REMEDIES,
    SVG_NAMESPACE,
    TEXT,
    XLINK_NAMESPACE,
    XML_NAMESPACE,
)

MAX_BYTES = 1 << 20
_URL = re.compile(r"url\(\s*(['\"]?)(.*?)\1\s*\)", re.IGNORECASE | re.DOTALL)
_LAYER = re.compile(rf"(?<![-\w])(?:{'|'.join(sorted(LAYERS))})\s*:", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([0-9.]+(?:[eE][+-]?[0-9]+)?)\s*(?:px|pt|pc|mm|cm|in)?\s*\Z")


def check_svg(data: bytes) -> None:
    """Raise PictureError, naming the element, attribute or feature, unless `data` is a plain, self-contained drawing.

    Refused: over 1 MiB, not UTF-8, not XML, document types and entities, processing instructions, scripts, event
    handlers, animation, text (it needs fonts), pictures in pictures, patterns (unbounded memory), any reference that is
    not `#id` of the same document, nesting over 64, no usable size, and more work than 10 000 shapes once all
    references are followed, where a layer (opacity, mask, clip path) counts 50, and a filter step 100 where it covers
    the whole picture.
    """
    if len(data) > MAX_BYTES:
        raise PictureError(f"the SVG has {len(data)} bytes, the limit is {MAX_BYTES}", remedy="simplify its paths")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise PictureError(f"the SVG is not UTF-8 (byte {error.start})", remedy="save it as UTF-8") from None
    _Check().read(data)


class _Check:
    """One pass over one document: the handlers refuse, the drawing counts."""

    def __init__(self) -> None:
        self.drawing, self.regions = Drawing(), Regions()
        self.style: list[str] | None = None
        # The encoding is forced: a declaration must not make this parser read other text than the renderer does.
        parser = expat.ParserCreate("UTF-8", " ")
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.EntityDeclHandler = _refuse_doctype
        parser.ProcessingInstructionHandler = _refuse_instruction
        self.parser = parser

    def read(self, data: bytes) -> None:
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as error:
            raise PictureError(f"the SVG is not well-formed XML: {error}", remedy="export it again") from None
        self.drawing.check(self.regions.covered)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        layered = not LAYERS.isdisjoint(attributes) or bool(_LAYER.search(attributes.get("style", "")))
        element = _element(namespace, local, self.drawing.depth)
        stretch = self.regions.note(element, attributes)
        share = self.regions.share(attributes) if element == "filter" else None
        self.drawing.open(element, attributes.get("id"), layered=layered, share=share, stretch=stretch)
        if self.drawing.depth == 1:
            _check_size(local, attributes)
        for key, value in attributes.items():
            self.attribute(local, key, value)
        if local == "style":
            self.style = []

    def attribute(self, element: str, key: str, value: str) -> None:
        namespace, _, local = key.rpartition(" ")
        if local.lower().startswith("on"):
            raise PictureError(f"the SVG has the event handler `{local}` on <{element}>", remedy="remove it")
        if local == "base" and namespace == XML_NAMESPACE:
            raise PictureError(f"the SVG has `xml:base` on <{element}>", remedy="remove it")
        if local in {"href", "src"} and namespace in {"", XLINK_NAMESPACE, SVG_NAMESPACE}:
            target = value.strip()
            if not target.startswith("#") or local == "src":
                raise PictureError(
                    f"the SVG refers to something outside itself: `{local}` on <{element}>",
                    remedy="only `#id` of the same document may be referred to",
                )
            self.drawing.refer(target[1:])
        elif not namespace:
            where = f"`{local}` on <{element}>"
            if local == "style":
                _check_css(value, where)
            for target in _targets(value, where):
                self.drawing.refer(target)

    def text(self, text: str) -> None:
        if self.style is not None:
            self.style.append(text)

    def end(self, _name: str) -> None:
        self.drawing.close()
        if self.style is None:
            return
        css, self.style = "".join(self.style), None
        _check_css(css, "<style>")
        if _LAYER.search(css):
            self.drawing.layer_from_style()
        for target in _targets(css, "<style>"):
            self.drawing.refer_from_style(target)


def _element(namespace: str, local: str, depth: int) -> str:
    """The element's name, "" for an editor's own elements, which are never drawn."""
    if namespace in {"", SVG_NAMESPACE}:
        if local in ELEMENTS:
            return local
        if local in TEXT:
            raise PictureError(f"the SVG holds text (<{local}>), which needs fonts", remedy="convert text to paths")
        raise PictureError(f"the SVG holds <{local}>", remedy=REMEDIES.get(local, "save it as plain SVG, without it"))
    if depth > 0 and namespace.startswith(EDITORS):
        return ""
    raise PictureError(f"the SVG holds <{local}> of the foreign namespace {namespace[:80]}", remedy="remove it")


def _check_size(root: str, attributes: dict[str, str]) -> None:
    if root != "svg":
        raise PictureError(f"the document is <{root}>, not <svg>", remedy="export a whole SVG")
    box = attributes.get("viewBox")
    if box is not None:
        numbers = box.replace(",", " ").split()
        sides = [_number(text) for text in numbers[2:]] if len(numbers) == 4 else []
    else:
        sides = [_number(attributes.get(side, "")) for side in ("width", "height")]
    if len(sides) != 2 or not all(1e-3 <= side <= 1e6 for side in sides):
        raise PictureError("the SVG has no usable size", remedy='give it a viewBox, such as viewBox="0 0 24 24"')


def _number(text: str) -> float:
    found = _LENGTH.match(text)
    try:
        value = float(found[1]) if found else 0.0
    except ValueError:
        return 0.0
    return value if isfinite(value) else 0.0


def _check_css(css: str, where: str) -> None:
    if "\\" in css:
        raise PictureError(f"the SVG has an escape (backslash) in {where}", remedy="write the style without escapes")
    for word in CSS_LOADERS:
        if word in css.lower():
            raise PictureError(f"the SVG has `{word}` in {where}", remedy="remove it")


def _targets(value: str, where: str) -> list[str]:
    """The ids that `url(#id)` names in a value; anything else in `url(` is refused."""
    if "url" not in value.lower():
        return []
    found = [match[2].strip() for match in _URL.finditer(value)]
    if len(found) != value.lower().count("url(") or not all(target.startswith("#") for target in found):
        raise PictureError(
            f"the SVG refers to something outside itself: url() in {where}",
            remedy="only url(#id) of the same document may be referred to",
        )
    return [target[1:] for target in found]


def _refuse_doctype(*_parts: object) -> None:
    raise PictureError("the SVG has a document type or entities (<!DOCTYPE>)", remedy="remove the <!DOCTYPE ...>")


def _refuse_instruction(target: str, _data: str) -> None:
    raise PictureError(f"the SVG has a processing instruction (<?{target[:40]}>)", remedy="remove it")
