"""An icon in colours of its own becomes markup on the grid: ids of its own, and no `currentColor`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element
from xml.sax.saxutils import quoteattr

from iconbuild.errors import PictureError
from iconbuild.providers.local.packs.artwork import Artwork
from iconbuild.providers.local.packs.body import SVG, Frame, checked

_INK = "#0f172a"
_URL = re.compile(r"url\(\s*(['\"]?)#(.*?)\1\s*\)")
_CURRENT = re.compile(r"\bcurrentcolor\b", re.IGNORECASE)
_WORDLESS = frozenset({"title", "desc", "metadata"})


def picture_artwork(name: str, body: str, frame: Frame) -> Artwork:
    """The icon's picture; `name` goes before each of its ids. Raises PictureError for what `check_svg` refuses."""
    root = checked(body, frame)
    if root.find(f".//{SVG}style") is not None:
        raise PictureError("it has a <style>, which would reach other icons", remedy="write its paint as attributes")
    lines = [line for child in root for line in _lines(child, name, 1)]
    if not lines:
        raise PictureError("it draws nothing")
    words = " ".join(f"{value:.6g}" for value in frame.matrix)
    return Artwork(picture=(f'<g transform="matrix({words})">', *lines, "</g>"))


def _lines(element: Element, name: str, level: int) -> Iterator[str]:
    """An element and what is in it, one element a line; editors' notes and words are left out."""
    tag = element.tag.removeprefix(SVG)
    if tag.startswith("{") or tag in _WORDLESS:
        return
    words = [tag]
    for key, value in element.items():
        plain = "href" if key.endswith("}href") else key
        if not plain.startswith("{") and plain != "class":
            words.append(f"{plain}={quoteattr(_renamed(plain, value, name))}")
    head, indent = " ".join(words), "  " * level
    below = [line for child in element for line in _lines(child, name, level + 1)]
    yield f"{indent}<{head}>" if below else f"{indent}<{head}/>"
    if below:
        yield from below
        yield f"{indent}</{tag}>"


def _renamed(key: str, value: str, name: str) -> str:
    if key == "id":
        return f"{name}-{value}"
    if key == "href":
        return f"#{name}-{value.strip()[1:]}"
    return _CURRENT.sub(_INK, _URL.sub(lambda match: f"url(#{name}-{match[2].strip()})", value))
